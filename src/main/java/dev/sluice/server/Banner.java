package dev.sluice.server;

import dev.sluice.model.Configuration;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.Product;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/** The headers that every response carries: Date and Server, unless a backend's answer brought its own. */
final class Banner {
    private final String server;

    Banner(Configuration configuration) {
        server = Product.tokens(configuration.main().settings().get(CoreModule.SERVER_TOKENS));
    }

    void putInto(HttpServerExchange exchange, Request request) {
        if (exchange.getStatusCode() == StatusCodes.SWITCHING_PROTOCOLS) {
            return;
        }
        HeaderMap headers = exchange.getResponseHeaders();
        if (!request.isProxied() || !headers.contains(Headers.SERVER)) {
            headers.put(Headers.SERVER, server);
        }
        if (!headers.contains(Headers.DATE)) {
            headers.put(Headers.DATE, DateUtils.getCurrentDateTime(exchange));
        }
    }
}
