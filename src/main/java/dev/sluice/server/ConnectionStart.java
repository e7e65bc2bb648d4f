package dev.sluice.server;

import dev.sluice.model.Server;
import dev.sluice.wire.BufferPool;
import dev.sluice.wire.tls.ClientHello;
import dev.sluice.wire.tls.TlsFront;
import dev.sluice.wire.tls.TlsHost;
import io.undertow.connector.ByteBufferPool;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;

/** What happens to a connection that was accepted: the virtual host of its address says what is spoken on it. */
final class ConnectionStart {
    /** Room for one TLS record. */
    private static final int RECORD = 17 * 1024;

    private final XnioWorker worker;
    private final ByteBufferPool pool;
    private final ByteBufferPool records = BufferPool.onHeap(RECORD);
    private final PhaseRunner root;
    private final Supplier<Generation> current;
    private volatile @Nullable Front front;

    /** The TLS front of one generation. */
    private record Front(Generation generation, TlsFront tls) {}

    ConnectionStart(XnioWorker worker, ByteBufferPool pool, PhaseRunner root, Supplier<Generation> current) {
        this.worker = worker;
        this.pool = pool;
        this.root = root;
        this.current = current;
    }

    /** On the connection's I/O thread. */
    void started(StreamConnection connection) {
        Generation generation = current.get();
        Codecs codecs = codecs(generation, first(generation, connection.getLocalAddress()));
        if (codecs.tls() == null) {
            codecs.clear().handleEvent(connection);
        } else {
            front(generation).handleEvent(connection);
        }
    }

    private static Server first(Generation generation, SocketAddress local) {
        return generation.router().route((InetSocketAddress) local, null);
    }

    private Codecs codecs(Generation generation, Server server) {
        return generation.codecs(server, (s, plan) -> new Codecs(s, plan, pool, root));
    }

    private TlsFront front(Generation generation) {
        Front known = front;
        if (known == null || !known.generation.equals(generation)) {
            known = new Front(generation, newFront(generation));
            front = known;
        }
        return known.tls;
    }

    private TlsFront newFront(Generation generation) {
        Server main = generation.configuration().main();
        return new TlsFront(
                (hello, local) -> choose(generation, hello, local),
                connection -> codecs(generation, first(generation, connection.getLocalAddress()))
                        .plainOnTls(connection),
                pool,
                records,
                worker,
                connection -> codecs(generation, first(generation, connection.getLocalAddress()))
                        .handshakeTimeout(),
                new TlsLog(generation.errorLog(main)));
    }

    /** The host that goes by the name asked for, if it speaks TLS; else the first of the address. */
    private @Nullable TlsHost choose(Generation generation, ClientHello hello, SocketAddress local) {
        Server named = generation.router().route((InetSocketAddress) local, hello.serverName());
        TlsHost host = codecs(generation, named).tls();
        return host != null
                ? host
                : codecs(generation, first(generation, local)).tls();
    }
}
