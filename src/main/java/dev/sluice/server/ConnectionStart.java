package dev.sluice.server;

import dev.sluice.model.Server;
import io.undertow.connector.ByteBufferPool;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.xnio.StreamConnection;

/** What happens to a connection that was accepted: the virtual host of its address says what is spoken on it. */
final class ConnectionStart {
    private final ByteBufferPool pool;
    private final PhaseRunner root;
    private final Supplier<Generation> current;

    ConnectionStart(ByteBufferPool pool, PhaseRunner root, Supplier<Generation> current) {
        this.pool = pool;
        this.root = root;
        this.current = current;
    }

    /** On the connection's I/O thread. */
    void started(StreamConnection connection) {
        Generation generation = current.get();
        Server server = generation.router().route(connection.getLocalAddress(InetSocketAddress.class), null);
        generation.codecs(server, plan -> new Codecs(plan, pool, root)).clear().handleEvent(connection);
    }
}
