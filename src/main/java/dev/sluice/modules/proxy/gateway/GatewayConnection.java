package dev.sluice.modules.proxy.gateway;

import dev.sluice.wire.SerialConnection;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientStatistics;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.Option;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A connection to an application server, as pools keep it: one request at a time, spoken by a {@link GatewayExchange}. While it
 * is idle its reads stay resumed, so that a server which closes it is noticed. For its I/O thread alone.
 */
public final class GatewayConnection implements ClientConnection, SerialConnection {
    private final StreamConnection stream;
    private final ByteBufferPool buffers;
    private final List<ChannelListener<ClientConnection>> closeListeners = new ArrayList<>(1);
    private final ChannelListener.SimpleSetter<GatewayConnection> closeSetter = new ChannelListener.SimpleSetter<>();
    private boolean busy;
    private boolean closed;

    public GatewayConnection(StreamConnection stream, ByteBufferPool buffers) {
        this.stream = stream;
        this.buffers = buffers;
        stream.setCloseListener(channel -> closed());
    }

    StreamConnection stream() {
        return stream;
    }

    @Override
    public ByteBufferPool getBufferPool() {
        return buffers;
    }

    /** An exchange takes it. */
    void begin() {
        busy = true;
        stream.getSourceChannel().suspendReads();
    }

    /** The exchange has ended, and left nothing behind. */
    void end() {
        busy = false;
        StreamSourceConduit source = stream.getSourceChannel().getConduit();
        source.setReadReadyHandler(new WhileIdle());
        source.resumeReads();
    }

    @Override
    public boolean isIdle() {
        return !busy && !closed;
    }

    @Override
    public boolean isAlive() {
        if (isIdle()) {
            readIdle();
        }
        return isIdle();
    }

    private void readIdle() {
        try (PooledByteBuffer pooled = buffers.allocate()) {
            if (stream.getSourceChannel().getConduit().read(pooled.getBuffer()) == 0) {
                return;
            }
        } catch (IOException e) {
            // A reset of a connection that nobody uses: it is closed like one that ended.
            busy = false;
        }
        close();
    }

    private void closed() {
        if (!closed) {
            closed = true;
            for (ChannelListener<ClientConnection> listener : closeListeners) {
                listener.handleEvent(this);
            }
        }
    }

    @Override
    public void close() {
        org.xnio.IoUtils.safeClose(stream);
        closed();
    }

    @Override
    public void addCloseListener(ChannelListener<ClientConnection> listener) {
        closeListeners.add(listener);
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isMultiplexingSupported() {
        return false;
    }

    /** Requests are not HTTP's here: a {@link GatewayExchange} sends them. */
    @Override
    public void sendRequest(ClientRequest request, ClientCallback<ClientExchange> callback) {
        callback.failed(new IOException("gateway: an HTTP request (expected: an exchange of its protocol)"));
    }

    @Override
    public StreamConnection performUpgrade() throws IOException {
        throw new IOException("gateway: an upgrade (expected: none)");
    }

    @Override
    public @Nullable SocketAddress getPeerAddress() {
        return stream.getPeerAddress();
    }

    @Override
    public <A extends SocketAddress> @Nullable A getPeerAddress(Class<A> type) {
        return stream.getPeerAddress(type);
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        return stream.getLocalAddress();
    }

    @Override
    public <A extends SocketAddress> @Nullable A getLocalAddress(Class<A> type) {
        return stream.getLocalAddress(type);
    }

    @Override
    public ChannelListener.Setter<? extends GatewayConnection> getCloseSetter() {
        return closeSetter;
    }

    @Override
    public XnioWorker getWorker() {
        return stream.getWorker();
    }

    @Override
    public XnioIoThread getIoThread() {
        return stream.getIoThread();
    }

    @Override
    public boolean supportsOption(Option<?> option) {
        return stream.supportsOption(option);
    }

    @Override
    public <T> @Nullable T getOption(Option<T> option) throws IOException {
        return stream.getOption(option);
    }

    @Override
    public <T> @Nullable T setOption(Option<T> option, T value) throws IOException {
        return stream.setOption(option, value);
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
    public @Nullable ClientStatistics getStatistics() {
        return null;
    }

    private final class WhileIdle implements ReadReadyHandler {
        @Override
        public void readReady() {
            if (isIdle()) {
                readIdle();
            }
        }

        @Override
        public void forceTermination() {
            close();
        }

        @Override
        public void terminated() {
            closed();
        }
    }
}
