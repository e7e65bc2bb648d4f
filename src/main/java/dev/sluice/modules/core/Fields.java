package dev.sluice.modules.core;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/** Header fields as httpd's tables show them. */
public final class Fields {
    private static final int HTTP_2 = "HTTP/2.0".length();

    private Fields() {}

    /**
     * A field of the request, its lines joined by a comma: httpd joins them when it reads the head. The crumbs of a cookie
     * that HTTP/2 splits are joined by a semicolon.
     */
    public static @Nullable String request(HttpServerExchange exchange, HttpString name) {
        HeaderValues values = exchange.getRequestHeaders().get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() == 1) {
            return values.getFirst();
        }
        boolean crumbs = name.equals(Headers.COOKIE) && isHttp2(exchange);
        return joined(values, crumbs ? "; " : ", ");
    }

    /** All lines of a field, joined by a comma; null where there is none. */
    public static @Nullable String joined(HeaderMap headers, HttpString name) {
        HeaderValues values = headers.get(name);
        return values == null || values.isEmpty() ? null : joined(values, ", ");
    }

    /** The lines of a field that is there, joined by a comma. */
    public static String joined(HeaderValues values) {
        return joined(values, ", ");
    }

    private static String joined(HeaderValues values, String separator) {
        if (values.size() == 1) {
            return values.getFirst();
        }
        return String.join(separator, values);
    }

    private static boolean isHttp2(HttpServerExchange exchange) {
        HttpString protocol = exchange.getProtocol();
        return protocol.length() == HTTP_2 && protocol.byteAt(5) == '2';
    }
}
