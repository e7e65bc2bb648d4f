package dev.sluice.modules.filters;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.filters.ssi.IncludesFilter;
import dev.sluice.request.Filter;
import dev.sluice.request.FilterType;
import dev.sluice.request.Filters;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;

/** mod_include: server-side includes. */
public final class IncludeModule implements HttpdModule {
    public static final Setting<String> START_TAG = perServer("SSIStartTag", "<!--#");
    public static final Setting<String> END_TAG = perServer("SSIEndTag", "-->");
    public static final Setting<String> ERROR_MESSAGE =
            perDirectory("SSIErrorMsg", "[an error occurred while processing this directive]");
    public static final Setting<String> TIME_FORMAT = perDirectory("SSITimeFormat", "%A, %d-%b-%Y %H:%M:%S %Z");
    public static final Setting<String> UNDEFINED_ECHO = perDirectory("SSIUndefinedEcho", "(none)");
    public static final Setting<Boolean> LAST_MODIFIED = perDirectory("SSILastModified", false);
    public static final Setting<Boolean> ETAG = perDirectory("SSIETag", false);
    public static final Setting<XBit> XBIT_HACK = perDirectory("XBitHack", XBit.OFF);

    private boolean runsPrograms;

    /** Whether a file that its owner may execute is looked through, and keeps its date where its group may, too. */
    public enum XBit {
        OFF,
        ON,
        FULL
    }

    @Override
    public String id() {
        return "include_module";
    }

    @Override
    public String file() {
        return "mod_include.c";
    }

    @Override
    public List<Directive> directives() {
        Places all = anywhere(
                AllowOverride.LIMIT,
                AllowOverride.OPTIONS,
                AllowOverride.FILE_INFO,
                AllowOverride.AUTH_CONFIG,
                AllowOverride.INDEXES);
        Places limit = anywhere(AllowOverride.LIMIT);
        return List.of(
                directive(
                        "XBitHack", anywhere(AllowOverride.OPTIONS), reads(Args.TAKE1, IncludeModule::xbit, XBIT_HACK)),
                directive("SSIErrorMsg", all, sets(ERROR_MESSAGE, word())),
                directive("SSITimeFormat", all, sets(TIME_FORMAT, word())),
                directive("SSIStartTag", Places.SERVERS, sets(START_TAG, word())),
                directive("SSIEndTag", Places.SERVERS, sets(END_TAG, word())),
                directive("SSIUndefinedEcho", all, sets(UNDEFINED_ECHO, word())),
                directive(
                        "SSILegacyExprParser",
                        limit,
                        reads(Args.FLAG, IncludeModule::legacy).partly("On is refused")),
                directive("SSILastModified", limit, sets(LAST_MODIFIED, flag())),
                directive("SSIEtag", limit, sets(ETAG, flag())));
    }

    private static void xbit(Line line, Scope scope) throws BadArgument {
        XBit value =
                switch (line.words().get(0).text().toLowerCase(Locale.ROOT)) {
                    case "off" -> XBit.OFF;
                    case "on" -> XBit.ON;
                    case "full" -> XBit.FULL;
                    default -> throw new BadArgument("XBitHack must be set to Off, On, or Full");
                };
        scope.give(XBIT_HACK, value, line.span());
    }

    private static void legacy(Line line, Scope scope) throws BadArgument {
        if (line.words().get(0).text().equalsIgnoreCase("on")) {
            throw BadArgument.refusal(
                    "SSILegacyExprParser On is not supported: expressions are read as everywhere else");
        }
    }

    /** {@code exec} is an element of mod_cgi's. */
    @Override
    public void start(Start start) {
        List<String> modules = start.configuration().modules();
        runsPrograms = modules.contains("cgi_module") || modules.contains("cgid_module");
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.FIXUPS, Hooks.Turn.LAST, IncludeModule::fixup)
                .at(Phase.INSERT_FILTER, Hooks.Turn.REALLY_LAST, IncludeModule::setUp);
    }

    /** A file of HTML that its owner may execute is looked through (include_fixup). */
    private static Outcome fixup(Request request) {
        if ("server-parsed".equals(request.handler())) {
            // A page like any other, but for its filter.
            request.handler(null);
            request.addOutputFilter("INCLUDES");
            return Outcome.DECLINED;
        }
        String name = request.filename();
        if (request.settings().get(XBIT_HACK) == XBit.OFF || request.file() == null || name == null) {
            return Outcome.DECLINED;
        }
        String type = request.contentType();
        boolean page =
                type != null && type.startsWith("text/html") && request.file().isRegularFile();
        if (page && mayExecute(name, PosixFilePermission.OWNER_EXECUTE)) {
            request.addOutputFilter("INCLUDES");
        }
        return Outcome.DECLINED;
    }

    /** What a page comes to hangs on more than its file's date (includes_setup). */
    private static Outcome setUp(Request request) {
        Filter.Kind includes = request.hasOutputFilters() ? request.filters().output("INCLUDES") : null;
        if (includes != null && request.hasOutputFilter(includes) && !IncludesFilter.keepsDate(request)) {
            request.noLocalCopy(true);
        }
        return Outcome.DECLINED;
    }

    /** Blocks. {@code name} is one byte a char. */
    public static boolean mayExecute(String name, PosixFilePermission who) {
        try {
            Path path = FileNames.path(name);
            return path != null && Files.getPosixFilePermissions(path).contains(who);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void filters(Filters filters) {
        filters.addOutput("INCLUDES", FilterType.RESOURCE, request -> IncludesFilter.begin(request, runsPrograms));
    }
}
