package dev.sluice.modules.proxy;

import dev.sluice.request.Request;
import io.undertow.client.ClientRequest;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the head of the request a backend sees from the one that came (ap_proxy_create_hdrbrgd). */
final class ForwardedHead {
    static final HttpString X_FORWARDED_FOR = new HttpString("X-Forwarded-For");
    static final HttpString X_FORWARDED_HOST = new HttpString("X-Forwarded-Host");
    static final HttpString X_FORWARDED_SERVER = new HttpString("X-Forwarded-Server");
    private static final HttpString KEEP_ALIVE = new HttpString("Keep-Alive");
    private static final HttpString PROXY_CONNECTION = new HttpString("Proxy-Connection");
    private static final HttpString HTTP2_SETTINGS = new HttpString("HTTP2-Settings");

    /** What belongs to the client's connection, or is written anew for the backend's. */
    private static final Set<HttpString> HOP_BY_HOP = Set.of(
            Headers.HOST,
            Headers.CONNECTION,
            Headers.CONTENT_LENGTH,
            KEEP_ALIVE,
            Headers.TE,
            Headers.TRAILER,
            Headers.TRANSFER_ENCODING,
            Headers.UPGRADE,
            Headers.EXPECT,
            HTTP2_SETTINGS,
            PROXY_CONNECTION);

    private final ProxySettings settings;
    private final LocationSettings location;

    ForwardedHead(ProxySettings settings, LocationSettings location) {
        this.settings = settings;
        this.location = location;
    }

    /**
     * The head without the fields that tell how long the body is; those are the caller's.
     *
     * @param upgrade the protocol the client may upgrade to; null for none
     * @param expects whether the backend is asked for 100 before the body is sent
     */
    ClientRequest of(HttpServerExchange exchange, ProxyTarget target, @Nullable String upgrade, boolean expects) {
        ClientRequest request = new ClientRequest()
                .setMethod(exchange.getRequestMethod())
                .setPath(target.uri())
                .setProtocol(Protocols.HTTP_1_1);
        HeaderMap in = exchange.getRequestHeaders();
        HeaderMap out = request.getRequestHeaders();
        HeaderValues connection = in.get(Headers.CONNECTION);
        boolean http2 = exchange.getProtocol().equals(Protocols.HTTP_2_0);
        boolean toHttp2 = target.url().isHttp2();
        for (long cookie = in.fastIterateNonEmpty(); cookie != -1L; cookie = in.fiNextNonEmpty(cookie)) {
            HeaderValues values = in.fiCurrent(cookie);
            HttpString name = values.getHeaderName();
            if (!HOP_BY_HOP.contains(name) && !isNamed(connection, name)) {
                out.putAll(http2 && !toHttp2 ? CamelCase.of(name) : name, values);
            }
        }
        host(target, in, out);
        if (expects) {
            out.put(Headers.EXPECT, "100-continue");
        }
        maxForwards(out);
        via(exchange, out);
        if (location.addHeaders() && !ForwardProxy.isMeant(exchange)) {
            forwarded(exchange, in, out);
        }
        if (upgrade != null) {
            out.put(Headers.CONNECTION, "Upgrade");
            out.put(Headers.UPGRADE, upgrade);
        } else if (toHttp2) {
            // Trailers are read, and dropped where the client's side has no place for them (mod_proxy_http2 says so,
            // too).
            out.put(Headers.TE, "trailers");
        } else {
            keepAlive(exchange, target.worker().parameters().reuse(), request);
        }
        return request;
    }

    /** {@code force-proxy-request-1.0} and {@code proxy-nokeepalive} are environment variables of the request. */
    private static void keepAlive(HttpServerExchange exchange, boolean reuse, ClientRequest request) {
        Request own = Request.of(exchange);
        if (own != null && own.environment().has("force-proxy-request-1.0")) {
            // HTTP/1.0 closes unless it is asked not to.
            request.setProtocol(Protocols.HTTP_1_0);
            return;
        }
        boolean closes = !reuse || (own != null && own.environment().has("proxy-nokeepalive"));
        request.getRequestHeaders().put(Headers.CONNECTION, closes ? "close" : "Keep-Alive");
    }

    /** Whether a Connection field names {@code name} (RFC 9110, 7.6.1). */
    static boolean isNamed(@Nullable HeaderValues connection, HttpString name) {
        if (connection == null) {
            return false;
        }
        int length = name.length();
        for (int i = 0; i < connection.size(); i++) {
            String value = connection.get(i);
            int start = 0;
            while (start < value.length()) {
                int end = start;
                while (end < value.length() && value.charAt(end) != ',' && value.charAt(end) > ' ') {
                    end++;
                }
                if (end - start == length && matches(value, start, name)) {
                    return true;
                }
                start = end + 1;
            }
        }
        return false;
    }

    private static boolean matches(String value, int start, HttpString name) {
        for (int i = 0; i < name.length(); i++) {
            int a = value.charAt(start + i);
            int b = name.byteAt(i);
            if (a != b && Character.toLowerCase(a) != Character.toLowerCase(b)) {
                return false;
            }
        }
        return true;
    }

    private void host(ProxyTarget target, HeaderMap in, HeaderMap out) {
        String own = location.preserveHost() ? in.getFirst(Headers.HOST) : null;
        if (own == null && location.preserveHost()) {
            // AH01092: no HTTP 0.9 request with a host line; httpd takes the server's name.
            own = settings.serverName();
        }
        out.put(Headers.HOST, own == null ? target.url().authority() : own);
    }

    private void maxForwards(HeaderMap out) {
        String given = out.getFirst(Headers.MAX_FORWARDS);
        if (given != null) {
            out.put(Headers.MAX_FORWARDS, String.valueOf(Math.max(0, Numbers.atoi(given) - 1)));
        } else if (settings.maxForwards() >= 0) {
            out.put(Headers.MAX_FORWARDS, String.valueOf(settings.maxForwards()));
        }
    }

    private void via(HttpServerExchange exchange, HeaderMap out) {
        switch (settings.via()) {
            case OFF -> {}
            case BLOCK -> out.remove(Headers.VIA);
            default -> append(out, Headers.VIA, settings.viaEntry(version(exchange), exchange));
        }
    }

    static String version(HttpServerExchange exchange) {
        String protocol = exchange.getProtocol().toString();
        int slash = protocol.indexOf('/');
        return slash < 0 ? "1.1" : protocol.substring(slash + 1).toLowerCase(Locale.ROOT);
    }

    private void forwarded(HttpServerExchange exchange, HeaderMap in, HeaderMap out) {
        InetSocketAddress peer = exchange.getSourceAddress();
        if (peer != null && peer.getAddress() != null) {
            append(out, X_FORWARDED_FOR, peer.getAddress().getHostAddress());
        }
        String host = in.getFirst(Headers.HOST);
        if (host != null) {
            append(out, X_FORWARDED_HOST, host);
        }
        append(out, X_FORWARDED_SERVER, settings.serverName());
    }

    private static void append(HeaderMap headers, HttpString name, String value) {
        String before = headers.getFirst(name);
        headers.put(name, before == null ? value : before + ", " + value);
    }
}
