package dev.sluice.wire.http1;

import dev.sluice.wire.Refusal;
import dev.sluice.wire.Refused;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A server of ours on a free port. */
final class TestServer implements AutoCloseable {
    static final XnioWorker WORKER = worker();
    static final ByteBufferPool POOL = new DefaultByteBufferPool(true, 16 * 1024, -1, 12);
    static final Http1Options OPTIONS = new Http1Options(
            8190,
            8190,
            100,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            ReadRate.ANY,
            ReadRate.ANY,
            StatusCodes::getReason);

    /** Sends the body back; what broke it is the answer where it cannot be read. */
    static final HttpHandler ECHO = exchange -> exchange.getRequestReceiver()
            .receiveFullBytes((answered, body) -> send(answered, body), TestServer::broken);

    private final AcceptingChannel<StreamConnection> channel;
    final Http1OpenListener listener;

    /** What the refusal handler was given, in order. */
    final List<Refusal> refused = new CopyOnWriteArrayList<>();

    TestServer(HttpHandler handler) throws IOException {
        this(OPTIONS, handler);
    }

    TestServer(Http1Options options, HttpHandler handler) throws IOException {
        listener = new Http1OpenListener(POOL, handler, OptionMap.EMPTY, () -> options);
        listener.setRefusalHandler(this::refuse);
        channel = WORKER.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ChannelListeners.openListenerAdapter(listener),
                OptionMap.create(Options.TCP_NODELAY, true, Options.REUSE_ADDRESSES, true));
        channel.resumeAccepts();
    }

    private static XnioWorker worker() {
        try {
            return Xnio.getInstance()
                    .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 2, Options.THREAD_DAEMON, true));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Http1Options timeouts(Duration io, Duration idle) {
        return new Http1Options(8190, 8190, 100, io, idle, ReadRate.ANY, ReadRate.ANY, StatusCodes::getReason);
    }

    private void refuse(HttpServerExchange exchange) {
        Refusal refusal = exchange.getAttachment(Refusal.KEY);
        refused.add(refusal);
        String log = refusal.log().isEmpty() ? "" : refusal.log().get(0).text();
        exchange.getResponseSender().send(refusal.notes() + "#" + log);
    }

    private static void broken(HttpServerExchange exchange, IOException why) {
        // Undertow's receiver wraps what it was thrown.
        Throwable cause = why.getCause() == null ? why : why.getCause();
        if (cause instanceof Refused known) {
            exchange.setStatusCode(known.refusal().status());
            exchange.getResponseSender().send(known.refusal().notes() + "#" + log(known.refusal()));
        } else {
            exchange.setStatusCode(500);
            exchange.getResponseSender().send(why.toString());
        }
    }

    private static String log(Refusal refusal) {
        return refusal.log().isEmpty() ? "" : refusal.log().get(0).text();
    }

    static void send(HttpServerExchange exchange, byte[] body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, Integer.toString(body.length));
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    RawClient connect() throws IOException {
        return new RawClient(port());
    }

    /** Everything that comes for {@code request} until the connection ends, or 150 ms after it paused. */
    RawClient.Answers ask(String request) throws IOException {
        try (RawClient client = connect()) {
            client.send(request);
            return client.answers();
        }
    }

    @Nullable
    static String header(HttpServerExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        listener.closeConnections();
    }
}
