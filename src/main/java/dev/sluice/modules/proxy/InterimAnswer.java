package dev.sluice.modules.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;

/** Passes an interim response on to the client. */
final class InterimAnswer {
    private InterimAnswer() {}

    static void send(HttpServerExchange exchange, int status, HeaderMap headers, ReturnedHead head) {}
}
