package dev.sluice.server;

import dev.sluice.connection.Http2Plan;
import dev.sluice.connection.ListenerPlan;
import dev.sluice.connection.ReadLimit;
import dev.sluice.connection.TlsPlan;
import dev.sluice.model.Server;
import dev.sluice.modules.core.StatusText;
import dev.sluice.wire.Refusal;
import dev.sluice.wire.http1.Http1OpenListener;
import dev.sluice.wire.http1.Http1Options;
import dev.sluice.wire.http1.ReadRate;
import dev.sluice.wire.http2.Http2OpenListener;
import dev.sluice.wire.http2.Http2Options;
import dev.sluice.wire.http2.Http2Output;
import dev.sluice.wire.tls.ClientAuth;
import dev.sluice.wire.tls.TlsContext;
import dev.sluice.wire.tls.TlsEngine;
import dev.sluice.wire.tls.TlsHost;
import dev.sluice.wire.tls.TlsTerms;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ImmediatePooledByteBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** What speaks on the connections of one virtual host, made from its {@link ListenerPlan}. */
final class Codecs {
    private static final byte[] PLAIN_REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String SPEAKS_PLAIN_HTTP =
            """
            Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />
             Instead use the HTTPS scheme to access this URL, please.<br />
            """;

    private final Http2OpenListener http2;
    private final Http1OpenListener http1;
    private final Http1OpenListener plainOnTls;
    private final @Nullable TlsHost tls;
    private final Duration handshakeTimeout;

    Codecs(Server server, ListenerPlan plan, ByteBufferPool pool, PhaseRunner root) {
        OptionMap options = OptionMap.builder()
                .set(UndertowOptions.ALWAYS_SET_DATE, false)
                .set(UndertowOptions.RECORD_REQUEST_START_TIME, true)
                .getMap();
        http2 = new Http2OpenListener(pool, root, options, () -> http2Options(plan));
        http2.setRefusalHandler(root::refused);
        boolean h2c = plan.protocols().contains("h2c");
        HttpHandler first = h2c && plan.http2().upgrade() ? new UpgradeToHttp2(root, http2) : root;
        http1 = new Http1OpenListener(pool, first, options, () -> http1Options(plan));
        http1.setRefusalHandler(root::refused);
        if (h2c && plan.http2().direct()) {
            http1.setHttp2(http2);
        }
        plainOnTls = new Http1OpenListener(
                pool, exchange -> spokePlainHttp(root, exchange), options, () -> http1Options(plan));
        Duration handshake = plan.handshakeLimit().first();
        handshakeTimeout = handshake.isZero() || handshake.compareTo(plan.timeout()) > 0 ? plan.timeout() : handshake;
        TlsPlan secure = plan.tls();
        tls = secure == null ? null : tlsHost(server, plan, secure, Map.of("http/1.1", http1, "h2", http2));
    }

    /** From accept to the end of a handshake: the shorter of Timeout and what RequestReadTimeout says. */
    Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /** What TLS is spoken, and who takes the connection then; null for a host without TLS. */
    @Nullable
    TlsHost tls() {
        return tls;
    }

    private static TlsHost tlsHost(
            Server server, ListenerPlan plan, TlsPlan tls, Map<String, DelegateOpenListener> listeners) {
        TlsEngine engine = tls.preferOpenSsl() ? TlsEngine.OPENSSL : TlsEngine.JSSE;
        ClientAuth clients =
                switch (tls.clientCertificate()) {
                    case NONE -> ClientAuth.NONE;
                    case WANTED -> ClientAuth.OPTIONAL;
                    case NEEDED -> ClientAuth.REQUIRE;
                };
        List<String> spoken =
                plan.protocols().stream().filter(listeners::containsKey).toList();
        TlsTerms terms = new TlsTerms(
                tls.protocols(), tls.ciphers(), tls.honorCipherOrder(), clients, spoken, plan.honorOrder());
        return new TlsHost(server.toString(), new TlsContext(tls.context(), engine, null), terms, listeners, server);
    }

    private static void spokePlainHttp(PhaseRunner root, HttpServerExchange exchange) {
        exchange.setPersistent(false);
        exchange.setStatusCode(400);
        exchange.putAttachment(Refusal.KEY, new Refusal(400, SPEAKS_PLAIN_HTTP, List.of()));
        root.refused(exchange);
    }

    /**
     * Takes a connection that speaks HTTP in the clear where TLS is spoken. What it asked for is not looked at: mod_ssl
     * puts a request of its own in that place, and its access log has that (ssl_io_filter_error, ssl_hook_ReadReq).
     */
    void plainOnTls(StreamConnection connection) {
        plainOnTls.handleEvent(connection, new ImmediatePooledByteBuffer(ByteBuffer.wrap(PLAIN_REQUEST)));
    }

    /** Takes clear-text connections. */
    ChannelListener<StreamConnection> clear() {
        return http1;
    }

    /** Lets connections end by themselves: those of HTTP/2 are told that this is their last, idle ones are closed. */
    void retire() {
        http1.shutdownGracefully();
        plainOnTls.shutdownGracefully();
        http2.shutdownGracefully();
    }

    private static Http1Options http1Options(ListenerPlan plan) {
        return new Http1Options(
                plan.limitRequestLine(),
                plan.limitRequestFieldSize(),
                plan.limitRequestFields(),
                plan.timeout(),
                plan.keepAliveTimeout(),
                rate(plan.headLimit()),
                rate(plan.bodyLimit()),
                StatusText::of);
    }

    private static ReadRate rate(ReadLimit limit) {
        return new ReadRate(limit.first(), limit.most(), limit.bytesPerSecond());
    }

    private static Http2Options http2Options(ListenerPlan plan) {
        Http2Plan h2 = plan.http2();
        Http2Options base = Http2Options.DEFAULT;
        Duration stream = h2.streamTimeout() == null ? plan.timeout() : h2.streamTimeout();
        return new Http2Options(
                h2.maxSessionStreams(),
                h2.windowSize(),
                base.connectionWindow(),
                base.maxHeaderListSize(),
                plan.limitRequestFields(),
                plan.limitRequestFieldSize(),
                plan.limitRequestLine(),
                h2.maxDataFrameLength(),
                h2.maxStreamErrors(),
                h2.paddingBits(),
                plan.timeout(),
                plan.keepAliveTimeout(),
                stream,
                h2.outputBuffering(),
                h2.webSockets(),
                h2.earlyHints(),
                output(h2));
    }

    private static Http2Output output(Http2Plan h2) {
        int headerBlock = h2.maxHeaderBlockLength();
        return new Http2Output(
                h2.push(),
                h2.pushDiarySize(),
                headerBlock > 0 ? headerBlock : Http2Output.DEFAULT.maxHeaderBlock(),
                h2.streamMemory(),
                h2.warmUp(),
                h2.coolDown(),
                h2.modernTlsOnly());
    }
}
