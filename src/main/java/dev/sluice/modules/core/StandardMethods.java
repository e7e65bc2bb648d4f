package dev.sluice.modules.core;

import dev.sluice.request.Request;
import io.undertow.util.Headers;
import java.util.Set;

/** The methods that httpd knows, and what Allow says of them for a file. */
public final class StandardMethods {
    private static final Set<String> KNOWN = Set.of(
            "GET",
            "HEAD",
            "PUT",
            "POST",
            "DELETE",
            "CONNECT",
            "OPTIONS",
            "TRACE",
            "PATCH",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "VERSION-CONTROL",
            "CHECKOUT",
            "UNCHECKOUT",
            "CHECKIN",
            "UPDATE",
            "LABEL",
            "REPORT",
            "MKWORKSPACE",
            "MKACTIVITY",
            "BASELINE-CONTROL",
            "MERGE");

    private StandardMethods() {}

    /** As ap_method_number_of knows them; upper and lower case differ. */
    public static boolean isKnown(String method) {
        return KNOWN.contains(method);
    }

    /** The order is arbitrary in httpd, too. */
    public static void allow(Request request) {
        allow(request, isTraced(request) ? "GET,POST,OPTIONS,HEAD,TRACE" : "GET,POST,OPTIONS,HEAD");
    }

    /** Where the method is refused before anybody says which there are: TRACE needs nobody (make_allow, http_protocol.c). */
    public static void allowNone(Request request) {
        allow(request, isTraced(request) ? "TRACE" : "");
    }

    private static void allow(Request request, String methods) {
        request.exchange().getResponseHeaders().put(Headers.ALLOW, methods);
    }

    private static boolean isTraced(Request request) {
        return request.server().settings().get(CoreModule.TRACE_ENABLE) != CoreModule.Trace.OFF;
    }
}
