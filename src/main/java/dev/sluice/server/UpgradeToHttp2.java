package dev.sluice.server;

import dev.sluice.wire.http2.Http2OpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Locale;

/** Honours {@code Upgrade: h2c} on clear-text HTTP/1.1, for requests without a body as mod_http2 does (h2_switch.c). */
final class UpgradeToHttp2 implements HttpHandler {
    private static final HttpString SETTINGS = new HttpString("HTTP2-Settings");

    private final PhaseRunner next;
    private final Http2OpenListener http2;

    UpgradeToHttp2(PhaseRunner next, Http2OpenListener http2) {
        this.next = next;
        this.http2 = http2;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        String upgrade = headers.getFirst(Headers.UPGRADE);
        String settings = upgrade == null ? null : headers.getFirst(SETTINGS);
        if (upgrade == null || settings == null || !exchange.isHttp11() || !asks(upgrade) || hasBody(headers)) {
            next.handleRequest(exchange);
            return;
        }
        try {
            exchange.upgradeChannel(http2.upgrade(settings));
        } catch (IllegalArgumentException e) {
            next.handleRequest(exchange);
            return;
        }
        next.logged(exchange);
        exchange.getResponseHeaders().put(Headers.UPGRADE, "h2c");
        exchange.endExchange();
    }

    private static boolean asks(String upgrade) {
        for (String protocol : upgrade.toLowerCase(Locale.ROOT).split(",", -1)) {
            if (protocol.strip().equals("h2c")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasBody(HeaderMap headers) {
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        return headers.contains(Headers.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }
}
