package dev.sluice.modules.loggers;

import dev.sluice.modules.core.Fields;
import dev.sluice.request.Request;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/** The letters that print header fields, cookies and trailers. */
final class LogHeaders {
    private LogHeaders() {}

    static LogItem request(String argument) {
        HttpString name = new HttpString(argument);
        return (r, line) -> LogLetters.escaped(line, Fields.request(r.exchange(), name));
    }

    /**
     * The first line of a field; all of them for Set-Cookie; Content-Type without its parameters. Server and Date have
     * left httpd's table when the line is written, so they are never there (log_header_out, mod_log_config.c).
     */
    static LogItem response(String argument) {
        HttpString name = new HttpString(argument);
        if (name.equals(Headers.SERVER) || name.equals(Headers.DATE)) {
            return (r, line) -> false;
        }
        if (name.equals(Headers.SET_COOKIE)) {
            return (r, line) -> LogLetters.escaped(line, Fields.joined(headers(r), name));
        }
        if (name.equals(Headers.CONTENT_TYPE)) {
            return (r, line) ->
                    LogLetters.escaped(line, withoutParameters(headers(r).getFirst(name)));
        }
        return (r, line) -> LogLetters.escaped(line, headers(r).getFirst(name));
    }

    private static HeaderMap headers(Request request) {
        return request.exchange().getResponseHeaders();
    }

    private static @Nullable String withoutParameters(@Nullable String type) {
        int semicolon = type == null ? -1 : type.indexOf(';');
        return type == null || semicolon < 0
                ? type
                : type.substring(0, semicolon).stripTrailing();
    }

    static LogItem requestTrailer(String argument) {
        HttpString name = new HttpString(argument);
        return (r, line) -> trailer(line, r.exchange().getAttachment(HttpAttachments.REQUEST_TRAILERS), name);
    }

    static LogItem responseTrailer(String argument) {
        HttpString name = new HttpString(argument);
        return (r, line) -> trailer(line, r.exchange().getAttachment(HttpAttachments.RESPONSE_TRAILERS), name);
    }

    private static boolean trailer(LineBuffer line, @Nullable HeaderMap trailers, HttpString name) {
        return trailers != null && LogLetters.escaped(line, Fields.joined(trailers, name));
    }

    /** The first cookie of that name, in any case, that has a value (log_cookie, mod_log_config.c). */
    static LogItem cookie(String argument) {
        return (r, line) -> {
            String cookies = Fields.request(r.exchange(), Headers.COOKIE);
            return cookies != null && LogLetters.escaped(line, cookie(cookies, argument));
        };
    }

    static @Nullable String cookie(String cookies, String wanted) {
        int from = 0;
        while (from < cookies.length()) {
            int semicolon = cookies.indexOf(';', from);
            int end = semicolon < 0 ? cookies.length() : semicolon;
            int equals = cookies.indexOf('=', from);
            if (equals > from
                    && equals < end - 1
                    && cookies.substring(from, equals).strip().equalsIgnoreCase(wanted)) {
                return cookies.substring(equals + 1, end).strip();
            }
            from = end + 1;
        }
        return null;
    }
}
