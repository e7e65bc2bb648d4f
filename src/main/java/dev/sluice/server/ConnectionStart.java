package dev.sluice.server;

import dev.sluice.connection.ListenerPlan;
import dev.sluice.model.Server;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;

/** What happens to a connection that was accepted: the virtual host of its address says what is spoken on it. */
final class ConnectionStart {
    private final ByteBufferPool pool;
    private final HttpHandler root;
    private final Supplier<Generation> current;

    ConnectionStart(ByteBufferPool pool, HttpHandler root, Supplier<Generation> current) {
        this.pool = pool;
        this.root = root;
        this.current = current;
    }

    /** On the connection's I/O thread. */
    void started(StreamConnection connection) {
        Generation generation = current.get();
        Server server = generation.router().route(connection.getLocalAddress(InetSocketAddress.class), null);
        generation.codecs(server, this::codecs).clear().handleEvent(connection);
    }

    Codecs codecs(ListenerPlan plan) {
        return new Codecs(http1(plan));
    }

    /** The listeners of one virtual host's connections. */
    record Codecs(DelegateOpenListener clear) {}

    private DelegateOpenListener http1(ListenerPlan plan) {
        int timeout = (int) Math.min(Integer.MAX_VALUE, plan.timeout().toMillis());
        int idle = plan.keepAlive() ? (int) Math.max(1, plan.keepAliveTimeout().toMillis()) : 1;
        int fields = plan.limitRequestFields() == 0 ? Integer.MAX_VALUE : plan.limitRequestFields();
        OptionMap options = OptionMap.builder()
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
        HttpOpenListener listener = new HttpOpenListener(pool, options);
        listener.setRootHandler(root);
        return listener;
    }
}
