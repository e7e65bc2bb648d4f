package dev.sluice.server;

import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Level;
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
 * What is refused before any phase runs. Requests of HTTP/1 that two servers could read in two ways have been refused by
 * their codec; those of HTTP/2 are judged here as well, since what is forwarded of them becomes HTTP/1.
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
    static int status(Request request, RequestTarget target, VirtualHostRouter router) {
        HttpServerExchange exchange = request.exchange();
        if (exchange.getProtocol().equals(Protocols.HTTP_2_0)) {
            int bad = headers(exchange);
            if (bad != 0) {
                return bad;
            }
        }
        if (exchange.getRequestMethod().equals(Methods.CONNECT) && !request.isProxied()) {
            // httpd lists what it has methods for.
            boolean traces = request.server().settings().get(CoreModule.TRACE_ENABLE) != CoreModule.Trace.OFF;
            String allow = traces ? "GET,HEAD,OPTIONS,POST,TRACE" : "GET,HEAD,OPTIONS,POST";
            exchange.getResponseHeaders().put(Headers.ALLOW, allow);
            return 405;
        }
        if (router.isStranger(exchange)) {
            logStranger(request);
            return 400;
        }
        if (request.isProxied()) {
            return 0;
        }
        if (target.status() == 400) {
            request.log(Level.ERROR, "core", "AH10244: invalid URI path (" + request.unparsedUri() + ")");
        } else if (target.status() == 404 && request.errorLog().keeps(Level.INFO, "core")) {
            request.log(
                    Level.INFO,
                    "core",
                    "AH00026: found %2f (encoded '/') in URI path (" + request.unparsedUri() + "), returning 404");
        }
        return target.status();
    }

    private static void logStranger(Request request) {
        String host = SelfReference.askedHost(request.exchange());
        String place = request.server().isMain()
                ? "AH10156: Requested hostname '" + host
                        + "' did not match any ServerName/ServerAlias in the global server configuration "
                : "AH10157: Requested hostname '" + host
                        + "' did not match any ServerName/ServerAlias in the matching virtual host"
                        + " (default vhost for current connection is "
                        + request.server().place() + ")";
        request.log(Level.WARN, "core", place);
    }

    private static int headers(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        for (long at = headers.fastIterateNonEmpty(); at != -1L; at = headers.fiNextNonEmpty(at)) {
            HeaderValues values = headers.fiCurrent(at);
            if (!isClean(values)) {
                return 400;
            }
            if (HTTP2_FORBIDDEN.contains(values.getHeaderName().toString().toLowerCase(Locale.ROOT))) {
                return 400;
            }
        }
        return framing(headers);
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

    private static int framing(HeaderMap headers) {
        HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
        if (lengths != null && (lengths.size() != 1 || !isLength(lengths.getFirst()))) {
            return 400;
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
