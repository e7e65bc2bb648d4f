package dev.sluice.modules.proxy;

import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/** Ends a request that could not be proxied. */
final class ProxyFailure {
    /**
     * The reason httpd's error page gives beside the status ({@code error-notes} of ap_proxyerror), as text; absent where
     * the page is the status's own.
     */
    static final AttachmentKey<String> REASON = AttachmentKey.create(String.class);

    private ProxyFailure() {}

    /** The page that is made for the status to come is a "Proxy Error" with this reason. */
    static void page(Request request, String reason) {
        request.exchange().putAttachment(REASON, reason);
        request.statusText("Proxy Error");
        request.errorNotes("The proxy server could not handle the request<p>Reason: <strong>" + escaped(reason)
                + "</strong></p>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * Answers {@code status}.
     *
     * @param reason makes it a "Proxy Error" with this reason; null for the plain error
     */
    static void answer(HttpServerExchange exchange, int status, @Nullable String reason) {
        exchange.getResponseHeaders().clear();
        // The backend's, where its head had come.
        exchange.setReasonPhrase(null);
        Request request = Request.of(exchange);
        if (request != null) {
            if (reason != null) {
                page(request, reason);
            }
            request.fail(status);
            return;
        }
        exchange.setStatusCode(status);
        exchange.setReasonPhrase(reason == null ? null : "Proxy Error");
        if (reason != null) {
            exchange.putAttachment(REASON, reason);
        }
        exchange.endExchange();
    }

    /** Answers in the place of the backend, with the server's own document for {@code status}; the reason stays. */
    static void override(HttpServerExchange exchange, int status, @Nullable String reason, @Nullable String challenge) {
        exchange.getResponseHeaders().clear();
        if (challenge != null) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, challenge);
        }
        Request request = Request.of(exchange);
        if (request != null) {
            if (reason != null && !reason.equals(StatusCodes.getReason(status))) {
                request.statusText(reason.isEmpty() ? "Unknown Reason" : reason);
            }
            request.fail(status);
            return;
        }
        exchange.setStatusCode(status);
        exchange.setReasonPhrase(reason);
        exchange.endExchange();
    }
}
