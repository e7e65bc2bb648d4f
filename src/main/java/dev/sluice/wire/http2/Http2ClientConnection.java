package dev.sluice.wire.http2;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientStatistics;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.Option;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * A connection to an HTTP/2 server, shared by as many requests at a time as the server allows. Requests may be sent from any thread, but
 * their callbacks run on the connection's I/O thread: an exchange should use a connection of its own I/O thread.
 *
 * <p>A request has a body when its headers say so: {@code Content-Length} other than 0, or {@code Transfer-Encoding} (which is not sent).
 * A response listener that fails with {@link dev.sluice.wire.NotProcessed} may send its request elsewhere.
 */
public final class Http2ClientConnection implements ClientConnection {
    private final ClientSession session;
    private final List<ChannelListener<? super ClientConnection>> closeListeners = new ArrayList<>();
    private @Nullable Runnable whenFree;
    private boolean closed;

    private Http2ClientConnection(StreamConnection connection, ByteBufferPool pool, Http2Options options) {
        this.session = new ClientSession(connection, pool, options, this);
    }

    /**
     * Begins to speak HTTP/2 on a connection that is to do so: by prior knowledge, or after ALPN has said {@code h2}. Requests may be sent at
     * once. Of {@code options} the limits of requests have no meaning here.
     */
    public static Http2ClientConnection start(StreamConnection connection, ByteBufferPool pool, Http2Options options) {
        Http2ClientConnection made = new Http2ClientConnection(connection, pool, options);
        made.session.execute(made.session::start);
        return made;
    }

    @Override
    public void sendRequest(ClientRequest request, ClientCallback<ClientExchange> callback) {
        session.execute(() -> session.open(request, callback));
    }

    /** How many more requests can be sent now; exact on the I/O thread only. 0 once either side is leaving. */
    public int availableStreams() {
        return session.available();
    }

    /** Requests under way; exact on the I/O thread only. */
    public int activeStreams() {
        return session.activeStreams();
    }

    /** Run on the I/O thread whenever {@link #availableStreams()} may have grown. Must be set there. */
    public void whenStreamsAreFree(Runnable task) {
        whenFree = task;
    }

    /** Sends no more requests, and closes when those under way are done. */
    public void shutdownGracefully() {
        session.shutdownGracefully();
    }

    void streamFreed() {
        Runnable task = whenFree;
        if (task != null) {
            task.run();
        }
    }

    void closed() {
        List<ChannelListener<? super ClientConnection>> listeners;
        synchronized (closeListeners) {
            closed = true;
            listeners = List.copyOf(closeListeners);
            closeListeners.clear();
        }
        for (ChannelListener<? super ClientConnection> listener : listeners) {
            ChannelListeners.invokeChannelListener(this, listener);
        }
    }

    @Override
    public void addCloseListener(ChannelListener<ClientConnection> listener) {
        listen(listener);
    }

    @Override
    public ChannelListener.Setter<ClientConnection> getCloseSetter() {
        return this::listen;
    }

    private void listen(@Nullable ChannelListener<? super ClientConnection> listener) {
        if (listener == null) {
            return;
        }
        synchronized (closeListeners) {
            if (!closed) {
                closeListeners.add(listener);
                return;
            }
        }
        ChannelListeners.invokeChannelListener(this, listener);
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public boolean isPingSupported() {
        return true;
    }

    @Override
    public void sendPing(PingListener listener, long timeout, TimeUnit unit) {
        session.execute(() -> session.ping(listener, timeout, unit));
    }

    @Override
    public boolean isMultiplexingSupported() {
        return true;
    }

    @Override
    public boolean isUpgraded() {
        return false;
    }

    @Override
    public boolean isPushSupported() {
        return false;
    }

    @Override
    public boolean isUpgradeSupported() {
        return false;
    }

    @Override
    public StreamConnection performUpgrade() throws IOException {
        throw new IOException("HTTP/2 has no upgrade");
    }

    /** Null: none are kept. */
    @Override
    public @Nullable ClientStatistics getStatistics() {
        return null;
    }

    @Override
    public ByteBufferPool getBufferPool() {
        return session.pool;
    }

    @Override
    public SocketAddress getPeerAddress() {
        return session.connection.getPeerAddress();
    }

    @Override
    public <A extends SocketAddress> A getPeerAddress(Class<A> type) {
        return session.connection.getPeerAddress(type);
    }

    @Override
    public SocketAddress getLocalAddress() {
        return session.connection.getLocalAddress();
    }

    @Override
    public <A extends SocketAddress> A getLocalAddress(Class<A> type) {
        return session.connection.getLocalAddress(type);
    }

    @Override
    public XnioWorker getWorker() {
        return session.ioThread.getWorker();
    }

    @Override
    public XnioIoThread getIoThread() {
        return session.ioThread;
    }

    @Override
    public boolean supportsOption(Option<?> option) {
        return session.connection.supportsOption(option);
    }

    @Override
    public <T> @Nullable T getOption(Option<T> option) throws IOException {
        return session.connection.getOption(option);
    }

    @Override
    public <T> @Nullable T setOption(Option<T> option, T value) throws IOException {
        return session.connection.setOption(option, value);
    }
}
