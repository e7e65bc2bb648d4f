package dev.sluice.server;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.server.SSLSessionInfo;
import io.undertow.server.ServerConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.Option;
import org.xnio.OptionMap;
import org.xnio.Pool;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.ConnectedChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;

/** A connection that nobody is at the other end of: it has addresses and, perhaps, TLS, and carries nothing. */
final class TrialConnection extends ServerConnection {
    private static final String NOTHING = "a connection without a client carries nothing";

    private final XnioIoThread thread;
    private final ByteBufferPool pool;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private @Nullable SSLSessionInfo tls;

    TrialConnection(
            XnioIoThread thread,
            ByteBufferPool pool,
            InetSocketAddress local,
            InetSocketAddress peer,
            @Nullable SSLSessionInfo tls) {
        this.thread = thread;
        this.pool = pool;
        this.local = local;
        this.peer = peer;
        this.tls = tls;
    }

    @Override
    @SuppressWarnings("deprecation")
    public Pool<ByteBuffer> getBufferPool() {
        throw new UnsupportedOperationException(NOTHING);
    }

    @Override
    public ByteBufferPool getByteBufferPool() {
        return pool;
    }

    @Override
    public XnioWorker getWorker() {
        return thread.getWorker();
    }

    @Override
    public XnioIoThread getIoThread() {
        return thread;
    }

    @Override
    public HttpServerExchange sendOutOfBandResponse(HttpServerExchange exchange) {
        throw new UnsupportedOperationException(NOTHING);
    }

    @Override
    public boolean isContinueResponseSupported() {
        return false;
    }

    @Override
    public void terminateRequestChannel(HttpServerExchange exchange) {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean supportsOption(Option<?> option) {
        return false;
    }

    @Override
    public <T> @Nullable T getOption(Option<T> option) {
        return null;
    }

    @Override
    public <T> @Nullable T setOption(Option<T> option, T value) {
        return null;
    }

    @Override
    public void close() {}

    @Override
    public SocketAddress getPeerAddress() {
        return peer;
    }

    @Override
    public <A extends SocketAddress> @Nullable A getPeerAddress(Class<A> type) {
        return type.isInstance(peer) ? type.cast(peer) : null;
    }

    @Override
    public ChannelListener.Setter<? extends ConnectedChannel> getCloseSetter() {
        throw new UnsupportedOperationException(NOTHING);
    }

    @Override
    public SocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public <A extends SocketAddress> @Nullable A getLocalAddress(Class<A> type) {
        return type.isInstance(local) ? type.cast(local) : null;
    }

    @Override
    public OptionMap getUndertowOptions() {
        return OptionMap.create(UndertowOptions.ALWAYS_SET_DATE, false);
    }

    @Override
    public int getBufferSize() {
        return 0;
    }

    @Override
    public @Nullable SSLSessionInfo getSslSessionInfo() {
        return tls;
    }

    @Override
    public void setSslSessionInfo(SSLSessionInfo info) {
        tls = info;
    }

    @Override
    public void addCloseListener(CloseListener listener) {}

    @Override
    protected StreamConnection upgradeChannel() {
        throw new UnsupportedOperationException(NOTHING);
    }

    @Override
    protected ConduitStreamSinkChannel getSinkChannel() {
        throw new UnsupportedOperationException(NOTHING);
    }

    @Override
    protected ConduitStreamSourceChannel getSourceChannel() {
        throw new UnsupportedOperationException(NOTHING);
    }

    @Override
    protected StreamSinkConduit getSinkConduit(HttpServerExchange exchange, StreamSinkConduit conduit) {
        throw new UnsupportedOperationException(NOTHING);
    }

    @Override
    protected boolean isUpgradeSupported() {
        return false;
    }

    @Override
    protected boolean isConnectSupported() {
        return false;
    }

    @Override
    protected void exchangeComplete(HttpServerExchange exchange) {}

    @Override
    protected void setUpgradeListener(HttpUpgradeListener listener) {}

    @Override
    protected void setConnectListener(HttpUpgradeListener listener) {}

    @Override
    protected void maxEntitySizeUpdated(HttpServerExchange exchange) {}

    @Override
    public String getTransportProtocol() {
        return "http/1.1";
    }

    @Override
    public boolean isRequestTrailerFieldsSupported() {
        return false;
    }
}
