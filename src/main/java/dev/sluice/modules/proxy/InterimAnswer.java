package dev.sluice.modules.proxy;

import dev.sluice.wire.InterimSender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;

/** Passes an interim response on to the client, where the client's connection can carry one. */
final class InterimAnswer {
    private InterimAnswer() {}

    static void send(HttpServerExchange exchange, int status, String reason, HeaderMap headers, ReturnedHead head) {
        if (exchange.getConnection() instanceof InterimSender sender && !exchange.isResponseStarted()) {
            HeaderMap shown = new HeaderMap();
            head.copy(headers, exchange, shown);
            sender.sendInterim(status, reason, shown);
        }
    }
}
