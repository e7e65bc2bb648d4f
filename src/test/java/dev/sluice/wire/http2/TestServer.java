package dev.sluice.wire.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListeners;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A server of ours on a free port, and connections to it. */
final class TestServer implements AutoCloseable {
    static final XnioWorker WORKER = worker();
    static final ByteBufferPool POOL = new DefaultByteBufferPool(true, 16 * 1024 - 20, -1, 12);

    private final AcceptingChannel<StreamConnection> channel;
    final Http2OpenListener listener;

    TestServer(Http2Options options, HttpHandler handler) throws IOException {
        listener = new Http2OpenListener(POOL, handler, OptionMap.EMPTY, () -> options);
        OptionMap server = OptionMap.create(Options.TCP_NODELAY, true, Options.REUSE_ADDRESSES, true);
        channel = WORKER.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ChannelListeners.openListenerAdapter(listener),
                server);
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

    InetSocketAddress address() {
        return channel.getLocalAddress(InetSocketAddress.class);
    }

    /** A raw connection that has not said anything. */
    RawClient connect() throws IOException {
        return new RawClient(address());
    }

    /** A raw connection that has exchanged SETTINGS. */
    RawClient greet() throws IOException {
        RawClient client = connect();
        client.preface();
        return client;
    }

    /** Our own client. */
    Http2ClientConnection client(Http2Options options) throws Exception {
        return client(address(), options);
    }

    /** Our own client to whatever listens there. */
    static Http2ClientConnection client(InetSocketAddress address, Http2Options options) throws Exception {
        CompletableFuture<Http2ClientConnection> made = new CompletableFuture<>();
        IoFuture<StreamConnection> opening = WORKER.getIoThread()
                .openStreamConnection(
                        address,
                        connection -> made.complete(Http2ClientConnection.start(connection, POOL, options)),
                        OptionMap.create(Options.TCP_NODELAY, true));
        opening.addNotifier(
                (future, ignored) -> {
                    if (future.getStatus() == IoFuture.Status.FAILED) {
                        made.completeExceptionally(future.getException());
                    }
                },
                null);
        return made.get(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        IoUtils.safeClose(channel);
        listener.closeConnections();
    }
}
