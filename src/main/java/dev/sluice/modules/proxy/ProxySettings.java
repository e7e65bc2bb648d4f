package dev.sluice.modules.proxy;

import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Request;
import dev.sluice.wire.http1.BadHeader;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about its proxied requests; built once.
 *
 * @param timeout ProxyTimeout, else Timeout: longest wait for a backend, each time
 * @param clientTimeout Timeout: longest wait for the client, each time
 * @param via ProxyVia
 * @param serverName ServerName without port, for X-Forwarded-Server and Via
 * @param version what {@code ProxyVia Full} shows in parentheses
 * @param badHeader ProxyBadHeader
 * @param ioBufferSize ProxyIOBufferSize in bytes (8192)
 * @param receiveBufferSize ProxyReceiveBufferSize in bytes; 0: the system's
 * @param maxForwards ProxyMaxForwards; negative: none is set
 * @param sourceAddress ProxySourceAddress; null: the system's choice
 * @param tls gives how https backends are spoken to, once serving has begun; null where SSLProxyEngine is off
 */
public record ProxySettings(
        Duration timeout,
        Duration clientTimeout,
        Via via,
        String serverName,
        String version,
        BadHeader badHeader,
        int ioBufferSize,
        int receiveBufferSize,
        int maxForwards,
        @Nullable InetSocketAddress sourceAddress,
        Supplier<@Nullable ProxyTlsPlan> tls) {
    /** ProxyVia. */
    public enum Via {
        OFF,
        ON,
        FULL,
        BLOCK
    }

    /** The defaults, for a server of that name. */
    public static ProxySettings ofDefaults(String serverName) {
        return new ProxySettings(
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Via.OFF,
                serverName,
                "Apache/2.4.71",
                BadHeader.IS_ERROR,
                8192,
                0,
                -1,
                null,
                () -> null);
    }

    public ProxySettings withTimeout(Duration changed) {
        return new ProxySettings(
                changed,
                clientTimeout,
                via,
                serverName,
                version,
                badHeader,
                ioBufferSize,
                receiveBufferSize,
                maxForwards,
                sourceAddress,
                tls);
    }

    public ProxySettings withTls(Supplier<@Nullable ProxyTlsPlan> changed) {
        return new ProxySettings(
                timeout,
                clientTimeout,
                via,
                serverName,
                version,
                badHeader,
                ioBufferSize,
                receiveBufferSize,
                maxForwards,
                sourceAddress,
                changed);
    }

    public ProxySettings withVia(Via changed) {
        return new ProxySettings(
                timeout,
                clientTimeout,
                changed,
                serverName,
                version,
                badHeader,
                ioBufferSize,
                receiveBufferSize,
                maxForwards,
                sourceAddress,
                tls);
    }

    public ProxySettings withBadHeader(BadHeader changed) {
        return new ProxySettings(
                timeout,
                clientTimeout,
                via,
                serverName,
                version,
                changed,
                ioBufferSize,
                receiveBufferSize,
                maxForwards,
                sourceAddress,
                tls);
    }

    /** The Via entry for a message of HTTP version {@code version} (ap_proxy_create_hdrbrgd). */
    String viaEntry(String version, HttpServerExchange exchange) {
        Request request = Request.of(exchange);
        int port = request == null ? 0 : SelfReference.port(request);
        boolean usual = port == 0 || port == SelfReference.defaultPort(exchange.getRequestScheme());
        String host = usual ? serverName : serverName + ":" + port;
        String entry = version + " " + host;
        return via == Via.FULL ? entry + " (" + this.version + ")" : entry;
    }
}
