package dev.sluice.wire.tls;

import dev.sluice.wire.http1.Http1OpenListener;
import dev.sluice.wire.http1.Http1Options;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.SSLSessionInfo;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A TLS port on loopback whose requests are answered with the host, the SNI and the protocol that they came by. */
public final class TestServer implements AutoCloseable, HandshakeLog {
    static final byte[] PLAIN =
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    final List<String> log = new CopyOnWriteArrayList<>();
    final TlsFront front;
    private final XnioWorker worker;
    private final ByteBufferPool pool = new DefaultByteBufferPool(true, 16 * 1024, -1, 0);
    private final ByteBufferPool records = new DefaultByteBufferPool(true, 17 * 1024, -1, 0);
    private final AcceptingChannel<StreamConnection> channel;

    public TestServer(HostChoice hosts, Duration timeout) throws IOException {
        this(hosts, timeout, null);
    }

    TestServer(HostChoice hosts, Duration timeout, @Nullable Executor tasks) throws IOException {
        worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 2));
        front = new TlsFront(
                hosts,
                new PlainAnswer(() -> PLAIN),
                pool,
                records,
                tasks == null ? worker : tasks,
                connection -> timeout,
                this);
        ChannelListener<AcceptingChannel<StreamConnection>> accept = ChannelListeners.openListenerAdapter(front);
        channel = worker.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), accept, OptionMap.EMPTY);
        channel.resumeAccepts();
    }

    public int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** A host whose HTTP/2 is Undertow's own. */
    static TlsHost host(String name, TlsContext context, TlsTerms terms) {
        HttpHandler answer = exchange -> exchange.getResponseSender().send(description(exchange));
        return host(name, context, terms, answer, "virtual host " + name);
    }

    public static TlsHost host(
            String name, TlsContext context, TlsTerms terms, HttpHandler answer, Object virtualHost) {
        ByteBufferPool pool = new DefaultByteBufferPool(true, 16 * 1024, -1, 0);
        Http1OpenListener http1 = new Http1OpenListener(pool, answer, OptionMap.EMPTY, () -> Http1Options.DEFAULT);
        Http2OpenListener http2 = new Http2OpenListener(pool, OptionMap.create(UndertowOptions.ENABLE_HTTP2, true));
        http2.setRootHandler(answer);
        Map<String, DelegateOpenListener> listeners = Map.of("http/1.1", http1, "h2", http2);
        return new TlsHost(name, context, terms, listeners, virtualHost);
    }

    private static String description(HttpServerExchange exchange) {
        SSLSessionInfo info = exchange.getConnection().getSslSessionInfo();
        SSLSession session = info.getSSLSession();
        TlsHost host = TlsHost.of(info);
        return (host == null ? "none" : host.name() + ", " + host.virtualHost()) + ", SNI "
                + TlsHost.serverName(session) + ", " + exchange.getProtocol();
    }

    @Override
    public void failed(@Nullable TlsHost host, @Nullable SocketAddress peer, Throwable why) {
        log.add("failed " + (host == null ? "" : host.name()));
    }

    @Override
    public void timedOut(@Nullable TlsHost host, @Nullable SocketAddress peer) {
        log.add("timed out");
    }

    @Override
    public void spokePlainHttp(@Nullable SocketAddress peer) {
        log.add("plain HTTP");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        worker.shutdownNow();
        pool.close();
        records.close();
    }
}
