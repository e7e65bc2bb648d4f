package dev.sluice.modules.mappers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Places.SERVERS_AND_DIRECTORIES;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** mod_actions: a URL that answers in place of files of a type, or for a method. */
public final class ActionsModule implements HttpdModule {
    /**
     * Where requests go.
     *
     * @param virtual also where there is no file
     */
    record Target(String url, boolean virtual) {}

    /** By handler or media type in lower case. */
    static final Setting<Map<String, Target>> BY_TYPE =
            perDirectory("Action", Map.<String, Target>of(), Merge.overlay());

    /** By method. */
    static final Setting<Map<String, String>> BY_METHOD =
            perDirectory("Script", Map.<String, String>of(), Merge.overlay());

    @Override
    public String id() {
        return "actions_module";
    }

    @Override
    public String file() {
        return "mod_actions.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive(
                        "Action",
                        anywhere(AllowOverride.FILE_INFO),
                        reads(Args.TAKE23, ActionsModule::action, BY_TYPE)),
                directive("Script", SERVERS_AND_DIRECTORIES, reads(Args.TAKE2, ActionsModule::script, BY_METHOD)));
    }

    private static void action(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        boolean virtual = words.size() == 3;
        if (virtual && !words.get(2).text().equalsIgnoreCase("virtual")) {
            throw new BadArgument(
                    "unrecognized option '" + words.get(2).text() + "'",
                    words.get(2).span());
        }
        String type = words.get(0).text().toLowerCase(Locale.ROOT);
        scope.give(BY_TYPE, Map.of(type, new Target(words.get(1).text(), virtual)), line.span());
    }

    private static void script(Line line, Scope scope) throws BadArgument {
        String method = line.words().get(0).text();
        if (method.equals("TRACE")) {
            throw new BadArgument("TRACE not allowed for Script");
        }
        scope.give(BY_METHOD, Map.of(method, line.words().get(1).text()), line.span());
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.HANDLER, ActionsModule::answer);
    }

    /** action_handler, mod_actions.c. */
    private static Outcome answer(Request request) {
        if (request.isProxied()) {
            return Outcome.DECLINED;
        }
        String url = ofMethod(request);
        Request before = request.previous();
        if (url != null && before != null && before.previous() != null) {
            return Outcome.DECLINED;
        }
        Map<String, Target> byType = request.settings().get(BY_TYPE);
        String handler = byType.isEmpty() ? null : handler(request);
        Target target = handler == null ? null : byType.get(handler.toLowerCase(Locale.ROOT));
        if (target != null) {
            if (!target.virtual && request.file() == null) {
                if (request.errorLog().keeps(Level.INFO, "actions")) {
                    request.log(Level.INFO, "actions", "AH00652: File does not exist: " + request.filename());
                }
                return Outcome.status(404);
            }
            url = target.url;
            request.environment().set("HANDLER", handler == null ? "" : handler);
        }
        if (url == null) {
            return Outcome.DECLINED;
        }
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return Outcome.internalRedirect(url + UrlPath.escaped(request.path()) + query);
    }

    /** A GET without a query is not for scripts. */
    private static @Nullable String ofMethod(Request request) {
        Map<String, String> byMethod = request.settings().get(BY_METHOD);
        if (byMethod.isEmpty()) {
            return null;
        }
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        return method.equals("GET") && request.query().isEmpty() ? null : byMethod.get(method);
    }

    /** The handler's name, or the media type without parameters, which stands for one (ap_invoke_handler). */
    private static @Nullable String handler(Request request) {
        String handler = request.handler();
        String type = request.contentType();
        if (handler != null || type == null) {
            return handler;
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip();
    }
}
