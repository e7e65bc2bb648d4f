package dev.sluice.server;

import dev.sluice.connection.Http2Plan;
import dev.sluice.connection.ListenerPlan;
import dev.sluice.wire.PrefaceFront;
import dev.sluice.wire.http2.Http2OpenListener;
import dev.sluice.wire.http2.Http2Options;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.time.Duration;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;

/** What speaks on the connections of one virtual host, made from its {@link ListenerPlan}. */
final class Codecs {
    private final HttpOpenListener http1;
    private final Http2OpenListener http2;
    private final ChannelListener<StreamConnection> clear;

    Codecs(ListenerPlan plan, ByteBufferPool pool, PhaseRunner root) {
        OptionMap options = http1Options(plan);
        http2 = new Http2OpenListener(pool, root, options, () -> http2Options(plan));
        http2.setRefusalHandler(root::refused);
        boolean h2c = plan.protocols().contains("h2c");
        HttpHandler first = h2c && plan.http2().upgrade() ? new UpgradeToHttp2(root, http2) : root;
        http1 = new HttpOpenListener(pool, options);
        http1.setRootHandler(first);
        clear = h2c && plan.http2().direct() ? new PrefaceFront(http1, http2, pool, plan.timeout()) : http1;
    }

    /** Takes clear-text connections. */
    ChannelListener<StreamConnection> clear() {
        return clear;
    }

    HttpOpenListener http1() {
        return http1;
    }

    Http2OpenListener http2() {
        return http2;
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
