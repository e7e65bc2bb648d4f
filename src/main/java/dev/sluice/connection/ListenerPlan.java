package dev.sluice.connection;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the connections that a virtual host answers for are spoken. Each module sets what is its own; the server reads the
 * result, and nothing else, when it opens listeners.
 */
public final class ListenerPlan {
    private @Nullable TlsPlan tls;
    private @Nullable ProxyTlsPlan proxyTls;
    private List<String> protocols = List.of("http/1.1");
    private boolean honorOrder = true;
    private Duration timeout = Duration.ofSeconds(60);
    private Duration keepAliveTimeout = Duration.ofSeconds(5);
    private boolean keepAlive = true;
    private int maxKeepAliveRequests = 100;
    private int limitRequestLine = 8190;
    private int limitRequestFieldSize = 8190;
    private int limitRequestFields = 100;
    private ReadLimit handshakeLimit = ReadLimit.NONE;
    private ReadLimit headLimit = ReadLimit.NONE;
    private ReadLimit bodyLimit = ReadLimit.NONE;
    private Http2Plan http2 = Http2Plan.DEFAULT;

    /** Null for clear text. */
    public @Nullable TlsPlan tls() {
        return tls;
    }

    public void tls(TlsPlan plan) {
        tls = plan;
    }

    /** Null where SSLProxyEngine is off. Complete once every module was asked: read it when serving begins, not before. */
    public @Nullable ProxyTlsPlan proxyTls() {
        return proxyTls;
    }

    public void proxyTls(ProxyTlsPlan plan) {
        proxyTls = plan;
    }

    /** Of {@code h2}, {@code h2c} and {@code http/1.1}, in the order of Protocols. */
    public List<String> protocols() {
        return protocols;
    }

    /** True where the server's order of protocols decides. */
    public boolean honorOrder() {
        return honorOrder;
    }

    public void protocols(List<String> names, boolean serverDecides) {
        protocols = List.copyOf(names);
        honorOrder = serverDecides;
    }

    /** The longest wait for one read or write. */
    public Duration timeout() {
        return timeout;
    }

    /** The longest wait for the next request on a connection; zero where connections are not kept. */
    public Duration keepAliveTimeout() {
        return keepAliveTimeout;
    }

    public boolean keepAlive() {
        return keepAlive;
    }

    /** Requests on one connection; 0 for any number. */
    public int maxKeepAliveRequests() {
        return maxKeepAliveRequests;
    }

    public void waits(Duration io, boolean keep, Duration betweenRequests, int maxRequests) {
        timeout = io;
        keepAlive = keep;
        keepAliveTimeout = betweenRequests;
        maxKeepAliveRequests = maxRequests;
    }

    /** Bytes of the request line. */
    public int limitRequestLine() {
        return limitRequestLine;
    }

    /** Bytes of one header field. */
    public int limitRequestFieldSize() {
        return limitRequestFieldSize;
    }

    /** Number of header fields; 0 for any number. */
    public int limitRequestFields() {
        return limitRequestFields;
    }

    public void limits(int line, int fieldSize, int fields) {
        limitRequestLine = line;
        limitRequestFieldSize = fieldSize;
        limitRequestFields = fields;
    }

    /** How long a client may take for the handshake of TLS. */
    public ReadLimit handshakeLimit() {
        return handshakeLimit;
    }

    /** The same for the head of a request. */
    public ReadLimit headLimit() {
        return headLimit;
    }

    /** The same for its body. */
    public ReadLimit bodyLimit() {
        return bodyLimit;
    }

    public void readLimits(ReadLimit handshake, ReadLimit head, ReadLimit body) {
        handshakeLimit = handshake;
        headLimit = head;
        bodyLimit = body;
    }

    public Http2Plan http2() {
        return http2;
    }

    public void http2(Http2Plan plan) {
        http2 = plan;
    }
}
