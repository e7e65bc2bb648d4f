package dev.sluice.wire.tls;

import dev.sluice.wire.Deadlines;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.ssl.SslConnection;

/**
 * Takes the connections of a TLS port: reads the ClientHello, has the virtual host chosen, does the handshake on that
 * host's terms and hands the connection to the codec that ALPN chose. {@link TlsHost#of} finds the host again.
 *
 * <p>A connection that does not get through in time is closed without a word, whether it has sent nothing, half a
 * ClientHello or half a handshake. It holds no pooled buffer before the ClientHello is there.
 */
public final class TlsFront implements ChannelListener<StreamConnection> {
    /** Handshakes on one thread that have the same time. */
    private record Clock(XnioIoThread thread, Duration timeout) {}

    final HostChoice hosts;
    final ChannelListener<StreamConnection> plainHttp;
    final ByteBufferPool pool;
    final HandshakeLog log;
    private final ByteBufferPool records;
    private final Executor tasks;
    private final Function<StreamConnection, Duration> timeout;
    private final Map<Clock, Deadlines> deadlines = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param plainHttp gets a connection that speaks HTTP in the clear, with all it said still to be read
     * @param pool of the buffers that codecs are handed their first bytes in
     * @param records of the buffers for TLS records; 17 kB at least
     * @param tasks where signatures are made: the worker, or {@code Runnable::run} to make them on the I/O thread
     * @param timeout from accept to the end of the handshake, by the connection; of few different values
     */
    public TlsFront(
            HostChoice hosts,
            ChannelListener<StreamConnection> plainHttp,
            ByteBufferPool pool,
            ByteBufferPool records,
            Executor tasks,
            Function<StreamConnection, Duration> timeout,
            HandshakeLog log) {
        this.hosts = hosts;
        this.plainHttp = plainHttp;
        this.pool = pool;
        this.records = records;
        this.tasks = tasks;
        this.timeout = timeout;
        this.log = log;
    }

    /** Called on the connection's I/O thread, as XNIO does. */
    @Override
    public void handleEvent(StreamConnection connection) {
        Clock clock = new Clock(connection.getIoThread(), timeout.apply(connection));
        Deadlines mine = deadlines.computeIfAbsent(
                clock, c -> new Deadlines(c.thread(), c.timeout().toNanos()));
        underWay.incrementAndGet();
        new Handshake(this, connection, mine).start();
    }

    /** How many connections are between accept and the end of their handshake. */
    public int handshakesUnderWay() {
        return underWay.get();
    }

    void ended() {
        underWay.decrementAndGet();
    }

    /** @param gathering what {@code connection} writes through */
    SslConnection wrap(StreamConnection connection, TlsHost host, RecordGathering gathering) {
        connection.getSinkChannel().setConduit(gathering);
        UndertowXnioSsl ssl = new UndertowXnioSsl(
                connection.getWorker().getXnio(),
                OptionMap.EMPTY,
                records,
                host.context().context(),
                tasks);
        SslConnection wrapped = ssl.wrapExistingConnection(connection, OptionMap.EMPTY, false);
        host.terms()
                .applyTo(UndertowXnioSsl.getSslEngine(wrapped), host.context().engine());
        return wrapped;
    }
}
