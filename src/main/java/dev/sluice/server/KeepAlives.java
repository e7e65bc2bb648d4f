package dev.sluice.server;

import dev.sluice.model.Settings;
import dev.sluice.modules.core.CoreModule;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Locale;

/** Whether an HTTP/1 connection is kept, and what the client is told of it (ap_set_keepalive, http_core.c). */
final class KeepAlives {
    /** As httpd writes it; Undertow's constant is in small letters. */
    private static final HttpString KEEP_ALIVE = new HttpString("Keep-Alive");

    private static final AttachmentKey<int[]> ANSWERED = AttachmentKey.create(int[].class);

    private KeepAlives() {}

    /** Called once for each response, just before its head is written. */
    static void decide(HttpServerExchange exchange, Settings settings) {
        if (!exchange.isHttp11() && !exchange.isHttp10()) {
            return;
        }
        ServerConnection connection = exchange.getConnection();
        int[] answered = connection.getAttachment(ANSWERED);
        if (answered == null) {
            answered = new int[1];
            connection.putAttachment(ANSWERED, answered);
        }
        int count = ++answered[0];
        int most = settings.get(CoreModule.MAX_KEEP_ALIVE_REQUESTS);
        boolean kept = settings.get(CoreModule.KEEP_ALIVE) && (most <= 0 || count < most + 1);
        if (!kept || ErrorResponses.dropsConnection(exchange.getStatusCode())) {
            exchange.setPersistent(false);
            return;
        }
        if (exchange.isPersistent() && asksToKeep(exchange.getRequestHeaders())) {
            tell(exchange.getResponseHeaders(), settings, most - count + 1);
        }
    }

    private static void tell(HeaderMap headers, Settings settings, int left) {
        long seconds = settings.get(CoreModule.KEEP_ALIVE_TIMEOUT).toSeconds();
        String wait = "timeout=" + seconds;
        headers.put(KEEP_ALIVE, settings.get(CoreModule.MAX_KEEP_ALIVE_REQUESTS) > 0 ? wait + ", max=" + left : wait);
        headers.put(Headers.CONNECTION, "Keep-Alive");
    }

    private static boolean asksToKeep(HeaderMap headers) {
        HeaderValues values = headers.get(Headers.CONNECTION);
        if (values == null) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).toLowerCase(Locale.ROOT).contains("keep-alive")) {
                return true;
            }
        }
        return false;
    }
}
