package dev.sluice.server;

import dev.sluice.modules.core.CoreModule;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.util.Locale;
import java.util.Set;

/**
 * What is refused before any phase runs: requests that two servers could read in two ways. The codecs are not trusted to
 * have seen to it.
 */
final class RequestChecks {
    /** More digits do not fit a long. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private static final Set<String> HTTP2_FORBIDDEN =
            Set.of("connection", "proxy-connection", "keep-alive", "upgrade", "transfer-encoding");

    private RequestChecks() {}

    /** The request's target without scheme and host, as the client sent it, query included. */
    static String target(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (exchange.isHostIncludedInRequestURI()) {
            int host = uri.indexOf("://");
            int slash = host < 0 ? -1 : uri.indexOf('/', host + 3);
            uri = slash < 0 ? "/" : uri.substring(slash);
        }
        String query = exchange.getQueryString();
        return query.isEmpty() ? uri : uri + "?" + query;
    }

    /** The status that ends the request at once, or 0. */
    static int status(Request request, RequestTarget target) {
        HttpServerExchange exchange = request.exchange();
        int bad = headers(exchange);
        if (bad != 0) {
            exchange.setPersistent(false);
            return bad;
        }
        if (exchange.getRequestMethod().equals(Methods.CONNECT)) {
            return 405;
        }
        if (target.status() != 0) {
            return target.status();
        }
        return bodyTooLong(request) ? 413 : 0;
    }

    private static boolean bodyTooLong(Request request) {
        long limit = request.server().defaults().get(CoreModule.LIMIT_REQUEST_BODY);
        return limit > 0 && request.exchange().getRequestContentLength() > limit;
    }

    private static int headers(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        boolean http2 = exchange.getProtocol().equals(Protocols.HTTP_2_0);
        for (long at = headers.fastIterateNonEmpty(); at != -1L; at = headers.fiNextNonEmpty(at)) {
            HeaderValues values = headers.fiCurrent(at);
            if (!isClean(values)) {
                return 400;
            }
            if (http2
                    && HTTP2_FORBIDDEN.contains(
                            values.getHeaderName().toString().toLowerCase(Locale.ROOT))) {
                return 400;
            }
        }
        return framing(headers, exchange);
    }

    private static boolean isClean(HeaderValues values) {
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            for (int c = 0; c < value.length(); c++) {
                char at = value.charAt(c);
                if ((at < ' ' && at != '\t') || at == 0x7f) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int framing(HeaderMap headers, HttpServerExchange exchange) {
        HeaderValues codings = headers.get(Headers.TRANSFER_ENCODING);
        if (codings != null && (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked"))) {
            return 400;
        }
        HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
        if (lengths != null && (lengths.size() != 1 || !isLength(lengths.getFirst()))) {
            return 400;
        }
        if (codings != null && lengths != null) {
            headers.remove(Headers.CONTENT_LENGTH);
            exchange.setPersistent(false);
        }
        HeaderValues hosts = headers.get(Headers.HOST);
        return hosts != null && hosts.size() > 1 ? 400 : 0;
    }

    private static boolean isLength(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH_DIGITS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
