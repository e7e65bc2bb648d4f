package dev.sluice.config;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Overrides;
import dev.sluice.directive.Place;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Verdict;
import dev.sluice.model.Configuration;
import dev.sluice.model.Matcher;
import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.module.HttpdModule;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Rule;
import dev.sluice.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Executes the lines of a configuration in the order of reading: each is checked against its row, then its effect gives
 * values to settings. Goes on after an error, so that everything wrong is found at once; the first error is httpd's.
 */
public final class Binder {
    private final Path serverRoot;
    private final Set<String> defines;
    private final List<HttpdModule> loaded;
    private final CommandTable table;
    private final List<Problem> problems = new ArrayList<>();
    private final List<ServerDraft> hosts = new ArrayList<>();

    public Binder(Path serverRoot, Set<String> defines, List<HttpdModule> loaded) {
        this(serverRoot, defines, loaded, new CommandTable(loaded));
    }

    private Binder(Path serverRoot, Set<String> defines, List<HttpdModule> loaded, CommandTable table) {
        this.serverRoot = serverRoot;
        this.defines = defines;
        this.loaded = loaded;
        this.table = table;
    }

    /** Another one by the same tables, for the lines of one access file. */
    Binder forAccessFile() {
        return new Binder(serverRoot, defines, loaded, table);
    }

    /** What was found while binding, in the order of the lines. */
    public List<Problem> problems() {
        return problems;
    }

    /** Executes {@code lines} and merges what they gave. With an error among {@link #problems()} it must not be served. */
    public Configuration bind(String file, List<Line> lines) {
        ServerDraft main = new ServerDraft();
        execute(lines, new SectionScope(this, main, Place.TOP, main));
        return configuration(file, main);
    }

    private Configuration configuration(String file, ServerDraft main) {
        Settings settings = main.settings.build();
        Settings defaults = main.directory.build();
        Server mainServer = new Server(List.of(), settings, defaults, List.copyOf(main.sections), null);
        List<Server> servers = new ArrayList<>();
        for (ServerDraft host : hosts) {
            servers.add(host.mergedWith(mainServer));
        }
        List<String> ids = loaded.stream().map(HttpdModule::id).toList();
        return new Configuration(serverRoot, file, mainServer, List.copyOf(servers), Set.copyOf(defines), ids);
    }

    /** Executes the lines of an access file; what they gave belongs to {@code directory}. */
    Section bindAccessFile(List<Line> lines, String directory, Overrides admitted, Span span) {
        SectionDraft draft = SectionDraft.shortLived();
        Matcher below = path -> path.startsWith(directory);
        execute(lines, SectionScope.ofAccessFile(this, draft, admitted, directory, below));
        return draft.section(Section.Kind.DIRECTORY, directory, below, span);
    }

    /** Executes the lines of an access file where AllowOverride admits every class; what they give are the main server's defaults. */
    Configuration bindAccessFile(String file, List<Line> lines) {
        ServerDraft main = new ServerDraft();
        Overrides all = Overrides.of(EnumSet.allOf(AllowOverride.class));
        execute(lines, SectionScope.ofAccessFile(this, main, all, "", path -> true));
        return configuration(file, main);
    }

    void execute(List<Line> lines, SectionScope scope) {
        for (Line line : lines) {
            execute(line, scope);
        }
    }

    private void execute(Line line, SectionScope scope) {
        List<Directive> rows = table.of(line);
        if (rows.isEmpty()) {
            String name = (line.isSection() ? "<" : "") + line.name();
            if (scope.place().overrides().skipsUnknown()) {
                report(
                        Findings.HTTPD_WARNING,
                        line,
                        line.span(),
                        "AH02296: Unknown directive " + name.toLowerCase(Locale.ROOT)
                                + " perhaps misspelled or defined by a module not included in the server configuration");
                return;
            }
            report(
                    Findings.UNKNOWN,
                    line,
                    line.span(),
                    "Invalid command '" + name
                            + "', perhaps misspelled or defined by a module not included in the server configuration");
            return;
        }
        for (Directive row : rows) {
            if (!executed(row, line, scope)) {
                return;
            }
        }
    }

    private boolean executed(Directive directive, Line line, SectionScope scope) {
        Place place = scope.place();
        if (!directive.places().admit(place, directive.name())) {
            if (place.overrides().skipsForbidden()) {
                report(
                        Findings.HTTPD_WARNING,
                        line,
                        line.span(),
                        "AH02295: " + directive.name() + " in .htaccess forbidden by AllowOverride");
                return true;
            }
            report(Findings.PLACE, line, line.span(), directive.name() + notAllowed(place));
            return false;
        }
        String complaint = directive.complaint(line, () -> Catalogue.get().help(directive.name()));
        if (complaint != null) {
            report(Findings.ARGUMENTS, line, line.span(), complaint);
            return false;
        }
        if (directive.places().mainOnly() && !place.sections().isEmpty()) {
            String name = directive.name() + (directive.isSection() ? ">" : "");
            report(
                    Findings.PLACE,
                    line,
                    line.span(),
                    name + " cannot occur within <" + place.innermost() + "> section");
            return false;
        }
        if (!line.hasClosingBracket()) {
            report(Findings.ARGUMENTS, line, line.span(), directive.name() + "> directive missing closing '>'");
            return false;
        }
        return applied(directive, line, scope);
    }

    private boolean applied(Directive directive, Line line, SectionScope scope) {
        Line outer = scope.executing(line);
        try {
            directive.does().effect().apply(line, scope);
        } catch (BadArgument e) {
            Span span = e.span();
            report(rule(e), line, span == null ? line.span() : span, e.message());
            return false;
        } finally {
            scope.executing(outer);
        }
        Verdict verdict = directive.does().verdict();
        if (verdict.kind() == Verdict.Kind.PARTLY) {
            report(Findings.PARTLY, line, line.span(), directive.name() + " works but for this: " + verdict.reason());
        }
        return true;
    }

    private static Rule rule(BadArgument error) {
        if (error.isOfMachine()) {
            return Findings.MACHINE;
        }
        return error.isRefusal() ? Findings.NOT_SUPPORTED : Findings.ARGUMENTS;
    }

    private static String notAllowed(Place place) {
        boolean anonymous = place.sections().isEmpty();
        return anonymous ? " not allowed here" : " not allowed in <" + place.innermost() + "> context";
    }

    private void report(Rule rule, @Nullable Line line, Span span, String message) {
        report(line, new Diagnostic(rule, span, message));
    }

    void report(@Nullable Line line, Diagnostic finding) {
        problems.add(new Problem(finding, line));
    }

    void openServer(Line section, SectionScope outer) {
        List<String> addresses = section.words().stream().map(w -> w.text()).toList();
        ServerDraft host = new ServerDraft(addresses, section);
        hosts.add(host);
        execute(
                section.children(),
                new SectionScope(this, host, outer.place().inside(section.name(), Place.Kind.SERVER), host));
    }

    Scope.Known known(String directive) {
        return table.known(directive);
    }

    Path serverRoot() {
        return serverRoot;
    }

    Set<String> defines() {
        return defines;
    }

    List<HttpdModule> loaded() {
        return loaded;
    }
}
