package dev.sluice.modules.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import org.jspecify.annotations.Nullable;

/** Ends a request that could not be proxied. */
final class ProxyFailure {
    /**
     * The reason httpd's error page gives beside the status ({@code error-notes} of ap_proxyerror), as text; absent where
     * the page is the status's own.
     */
    static final AttachmentKey<String> REASON = AttachmentKey.create(String.class);

    private ProxyFailure() {}

    /**
     * Answers {@code status}.
     *
     * @param reason makes it a "Proxy Error" with this reason; null for the plain error
     */
    static void answer(HttpServerExchange exchange, int status, @Nullable String reason) {
        exchange.getResponseHeaders().clear();
        exchange.setStatusCode(status);
        exchange.setReasonPhrase(reason == null ? null : "Proxy Error");
        if (reason != null) {
            exchange.putAttachment(REASON, reason);
        }
        exchange.endExchange();
    }
}
