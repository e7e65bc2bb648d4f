package dev.sluice.modules.mappers.rewrite;

import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import java.util.Locale;

/** The flags T and H: remembered when a rule matches, in force once every other module has had its say. */
final class ForcedType {
    private static final String TYPE = "rewrite-forced-mimetype";
    private static final String HANDLER = "rewrite-forced-handler";

    private ForcedType() {}

    static void remember(String type, Request request, Trace trace) {
        if (!type.isEmpty()) {
            String lower = type.toLowerCase(Locale.ROOT);
            trace.inDirectory(2, "remember " + request.filename() + " to have MIME-type '" + lower + "'");
            request.notes().set(TYPE, lower);
        }
    }

    static void rememberHandler(String handler, Request request, Trace trace) {
        if (!handler.isEmpty()) {
            String lower = handler.toLowerCase(Locale.ROOT);
            trace.inDirectory(2, "remember " + request.filename() + " to have Content-handler '" + lower + "'");
            request.notes().set(HANDLER, lower);
        }
    }

    /** hook_mimetype of mod_rewrite.c. */
    static Outcome force(Request request) {
        if (!request.hasNotes()) {
            return Outcome.DECLINED;
        }
        String type = request.notes().get(TYPE);
        if (type != null) {
            new Trace(request, null)
                    .log(1, "force filename " + request.filename() + " to have MIME-type '" + type + "'");
            request.contentType(type);
        }
        String handler = request.notes().get(HANDLER);
        if (handler != null) {
            new Trace(request, null)
                    .log(1, "force filename " + request.filename() + " to have the Content-handler '" + handler + "'");
            request.handler(handler);
        }
        return Outcome.OK;
    }
}
