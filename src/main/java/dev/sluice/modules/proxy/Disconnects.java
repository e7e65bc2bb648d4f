package dev.sluice.modules.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Protocols;
import org.xnio.IoUtils;

/** Ends a response that cannot be completed, so that the client notices. */
final class Disconnects {
    private Disconnects() {}

    /** Over HTTP/1.x the connection is closed, over HTTP/2 the stream is reset; the exchange ends with it. */
    static void abort(HttpServerExchange exchange) {
        if (exchange.getProtocol().equals(Protocols.HTTP_2_0) && exchange.isResponseStarted()) {
            IoUtils.safeClose(exchange.getResponseChannel());
            IoUtils.safeClose(exchange.getConnection());
        } else {
            IoUtils.safeClose(exchange.getConnection());
        }
        exchange.endExchange();
    }
}
