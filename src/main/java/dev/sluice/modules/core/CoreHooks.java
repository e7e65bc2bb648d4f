package dev.sluice.modules.core;

import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.model.View;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Core's part in the phases. */
final class CoreHooks {
    /** The document root as the bytes of its name, one a char, without a slash behind it. */
    private static final View<String> ROOT = View.of(settings -> {
        String root = new String(
                settings.get(CoreModule.DOCUMENT_ROOT).toString().getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        return root.equals("/") ? "" : root;
    });

    private CoreHooks() {}

    /** The last to translate: the path below DocumentRoot (ap_core_translate). */
    static Outcome translate(Request request) {
        String path = request.path();
        if (!path.startsWith("/")) {
            return path.equals("*") ? Outcome.OK : Outcome.status(400);
        }
        request.filename(request.server().settings().view(ROOT) + withoutServerPath(request, path));
        return Outcome.OK;
    }

    /** What ServerPath put in front of a path to name the host is no folder. */
    private static String withoutServerPath(Request request, String path) {
        Server server = request.server();
        String prefix = server.settings().get(CoreModule.SERVER_PATH);
        int length = prefix.length();
        if (length == 0 || !path.startsWith(prefix) || !server.gives(CoreModule.SERVER_PATH)) {
            return path;
        }
        boolean whole = prefix.endsWith("/") || path.length() == length || path.charAt(length) == '/';
        if (!whole) {
            return path;
        }
        int at = length;
        while (at < path.length() && path.charAt(at) == '/') {
            at++;
        }
        return "/" + path.substring(at);
    }

    /** SetHandler and ForceType have the last word on what the names of files said (core_override_type). */
    static Outcome overrideType(Request request) {
        Settings settings = request.settings();
        if (settings.has(CoreModule.FORCE_TYPE)) {
            String type = settings.get(CoreModule.FORCE_TYPE);
            if (!type.equalsIgnoreCase("none")) {
                request.contentType(type);
            }
        }
        if (settings.has(CoreModule.SET_HANDLER)) {
            HandlerName handler = settings.get(CoreModule.SET_HANDLER);
            if (handler.blocks() && request.exchange().isInIoThread()) {
                return Outcome.ON_WORKER;
            }
            return handler.giveTo(request);
        }
        return Outcome.OK;
    }

    /** What SetOutputFilter and SetInputFilter name (core_insert_filter, core.c). */
    static Outcome insertFilters(Request request) {
        List<String> output = request.settings().get(CoreModule.SET_OUTPUT_FILTER);
        for (int i = 0; i < output.size(); i++) {
            request.addOutputFilter(output.get(i));
        }
        List<String> input = request.settings().get(CoreModule.SET_INPUT_FILTER);
        for (int i = 0; i < input.size(); i++) {
            request.addInputFilter(input.get(i));
        }
        return Outcome.OK;
    }
}
