package dev.sluice.modules.proxy;

import dev.sluice.wire.http1.BadHeader;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about its proxied requests; built once.
 *
 * @param timeout ProxyTimeout, else Timeout: longest wait for a backend, each time
 * @param clientTimeout Timeout: longest wait for the client, each time
 * @param via ProxyVia
 * @param serverName ServerName without port, for X-Forwarded-Server and Via
 * @param serverPort the port Via shows; 0 where it is the scheme's own
 * @param version what {@code ProxyVia Full} shows in parentheses
 * @param badHeader ProxyBadHeader
 * @param ioBufferSize ProxyIOBufferSize in bytes (8192)
 * @param receiveBufferSize ProxyReceiveBufferSize in bytes; 0: the system's
 * @param maxForwards ProxyMaxForwards; negative: none is set
 * @param sourceAddress ProxySourceAddress; null: the system's choice
 * @param tls how https backends are spoken to; null where SSLProxyEngine is off
 */
public record ProxySettings(
        Duration timeout,
        Duration clientTimeout,
        Via via,
        String serverName,
        int serverPort,
        String version,
        BadHeader badHeader,
        int ioBufferSize,
        int receiveBufferSize,
        int maxForwards,
        @Nullable InetSocketAddress sourceAddress,
        @Nullable BackendTls tls) {
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
                0,
                "Apache/2.4.71",
                BadHeader.IS_ERROR,
                8192,
                0,
                -1,
                null,
                null);
    }

    public ProxySettings withTimeout(Duration changed) {
        return new ProxySettings(
                changed, clientTimeout, via, serverName, serverPort, version, badHeader, ioBufferSize,
                receiveBufferSize, maxForwards, sourceAddress, tls);
    }

    public ProxySettings withTls(@Nullable BackendTls changed) {
        return new ProxySettings(
                timeout, clientTimeout, via, serverName, serverPort, version, badHeader, ioBufferSize,
                receiveBufferSize, maxForwards, sourceAddress, changed);
    }

    public ProxySettings withVia(Via changed) {
        return new ProxySettings(
                timeout, clientTimeout, changed, serverName, serverPort, version, badHeader, ioBufferSize,
                receiveBufferSize, maxForwards, sourceAddress, tls);
    }

    public ProxySettings withBadHeader(BadHeader changed) {
        return new ProxySettings(
                timeout, clientTimeout, via, serverName, serverPort, version, changed, ioBufferSize,
                receiveBufferSize, maxForwards, sourceAddress, tls);
    }

    /** The Via entry for a message of HTTP/{@code major}.{@code minor} (ap_proxy_create_hdrbrgd). */
    String viaEntry(String version) {
        String host = serverPort == 0 ? serverName : serverName + ":" + serverPort;
        String entry = version + " " + host;
        return via == Via.FULL ? entry + " (" + this.version + ")" : entry;
    }
}
