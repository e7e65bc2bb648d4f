package dev.sluice.server;

import dev.sluice.connection.Http2Plan;
import dev.sluice.connection.ListenerPlan;
import dev.sluice.connection.TlsPlan;
import dev.sluice.model.Server;
import dev.sluice.wire.PrefaceFront;
import dev.sluice.wire.http2.Http2OpenListener;
import dev.sluice.wire.http2.Http2Options;
import dev.sluice.wire.tls.ClientAuth;
import dev.sluice.wire.tls.TlsContext;
import dev.sluice.wire.tls.TlsEngine;
import dev.sluice.wire.tls.TlsHost;
import dev.sluice.wire.tls.TlsTerms;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;

/** What speaks on the connections of one virtual host, made from its {@link ListenerPlan}. */
final class Codecs {
    private final Http2OpenListener http2;
    private final ChannelListener<StreamConnection> clear;
    private final @Nullable TlsHost tls;

    Codecs(Server server, ListenerPlan plan, ByteBufferPool pool, PhaseRunner root) {
        OptionMap options = http1Options(plan);
        http2 = new Http2OpenListener(pool, root, options, () -> http2Options(plan));
        http2.setRefusalHandler(root::refused);
        boolean h2c = plan.protocols().contains("h2c");
        HttpHandler first = h2c && plan.http2().upgrade() ? new UpgradeToHttp2(root, http2) : root;
        HttpOpenListener http1 = new HttpOpenListener(pool, options);
        http1.setRootHandler(first);
        TlsPlan secure = plan.tls();
        tls = secure == null ? null : tlsHost(server, plan, secure, Map.of("http/1.1", http1, "h2", http2));
        clear = h2c && plan.http2().direct() ? new PrefaceFront(http1, http2, pool, plan.timeout()) : http1;
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

    /** Takes clear-text connections. */
    ChannelListener<StreamConnection> clear() {
        return clear;
    }

    /** Lets connections end by themselves: those of HTTP/2 are told that this is their last. */
    void retire() {
        http2.shutdownGracefully();
    }

    private static OptionMap http1Options(ListenerPlan plan) {
        int timeout = millis(plan.timeout());
        int idle = plan.keepAlive() ? millis(plan.keepAliveTimeout()) : 1;
        int fields = plan.limitRequestFields() == 0 ? Integer.MAX_VALUE : plan.limitRequestFields();
        return OptionMap.builder()
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .set(UndertowOptions.MAX_PARAMETERS, Integer.MAX_VALUE)
                .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .set(UndertowOptions.MAX_HEADERS, fields)
                .set(UndertowOptions.MAX_HEADER_SIZE, plan.limitRequestLine() + 16 * plan.limitRequestFieldSize())
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .set(UndertowOptions.ALWAYS_SET_DATE, false)
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, timeout)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, idle)
                .set(UndertowOptions.RECORD_REQUEST_START_TIME, true)
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .set(Options.READ_TIMEOUT, timeout)
                .set(Options.WRITE_TIMEOUT, timeout)
                .getMap();
    }

    private static int millis(Duration wait) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, wait.toMillis()));
    }

    private static Http2Options http2Options(ListenerPlan plan) {
        Http2Plan h2 = plan.http2();
        Http2Options base = Http2Options.DEFAULT;
        Duration stream = h2.streamTimeout() == null ? plan.timeout() : h2.streamTimeout();
        return new Http2Options(
                h2.maxSessionStreams(),
                h2.windowSize(),
                base.connectionWindow(),
                h2.maxHeaderBlockLength() > 0 ? h2.maxHeaderBlockLength() : base.maxHeaderListSize(),
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
                false);
    }
}
