package dev.sluice.modules.core;

import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;

/** The client's request line. */
public final class RequestLine {
    private RequestLine() {}

    /** As it was sent: a client that takes the server for a proxy sends a whole URL. */
    public static String target(Request request) {
        HttpServerExchange exchange = request.exchange();
        if (!exchange.isHostIncludedInRequestURI()) {
            return request.unparsedUri();
        }
        String query = exchange.getQueryString();
        return query.isEmpty() ? exchange.getRequestURI() : exchange.getRequestURI() + "?" + query;
    }
}
