package dev.sluice.wire.http2;

import dev.sluice.wire.InterimSender;
import dev.sluice.wire.ResponseConduits;
import dev.sluice.wire.TlsSession;
import io.undertow.conduits.HeadStreamSinkConduit;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.server.SSLSessionInfo;
import io.undertow.server.ServerConnection;
import io.undertow.server.XnioBufferPoolAdaptor;
import io.undertow.util.AttachmentKey;
import io.undertow.util.AttachmentList;
import io.undertow.util.DateUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.Option;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.Configurable;
import org.xnio.channels.ConnectedChannel;
import org.xnio.channels.SslChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.EmptyStreamSourceConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * What an exchange takes for its connection: one stream of the session. Closing it resets the stream, and a close listener hears of the end
 * of the stream before its time. Attachments are the session's, shared by its streams.
 */
public final class Http2ServerConnection extends ServerConnection implements InterimSender, ResponseConduits {
    /** {@code :protocol} of an extended CONNECT (RFC 8441), attached to the exchange: {@code websocket}. */
    public static final AttachmentKey<String> CONNECT_PROTOCOL = AttachmentKey.create(String.class);

    private static final int EARLY_HINTS = 103;
    private static final HttpString ACCEPT_KEY = new HttpString("Sec-WebSocket-Accept");

    private final ServerSession session;
    private final ServerStream stream;
    private final ConduitStreamSinkChannel sinkChannel;
    private @Nullable ConduitStreamSourceChannel sourceChannel;
    private @Nullable SSLSessionInfo tls;
    private @Nullable List<CloseListener> closeListeners;
    private volatile @Nullable HttpUpgradeListener tunnelListener;
    private volatile @Nullable Consumer<HeaderMap> hintsListener;
    private volatile boolean failed;

    Http2ServerConnection(ServerSession session, ServerStream stream) {
        this.session = session;
        this.stream = stream;
        this.sinkChannel = new ConduitStreamSinkChannel(Configurable.EMPTY, stream.sink);
    }

    /** The session, for its graceful end. */
    public Http2Session session() {
        return session;
    }

    /** Whether answers may be pushed to the client: both sides have a say in it. */
    public boolean pushes() {
        return session.pushes();
    }

    /** The stream that this one was pushed on; 0 where the client asked for it. */
    public int pushedOn() {
        return stream.pushedOn();
    }

    /** Has {@code push} announced, and answered, if the client takes it, does not have it, and there is room. Any thread. */
    public void push(Push push) {
        session.execute(() -> session.push(stream, push));
    }

    /** Where a pushed answer stands among others, once it is known what it is. Any thread. */
    public void place(boolean before, boolean after, int weight) {
        SendOrder.Pushed how =
                before ? SendOrder.Pushed.BEFORE : after ? SendOrder.Pushed.AFTER : SendOrder.Pushed.INTERLEAVED;
        session.execute(() -> {
            if (!stream.closed() && !stream.critical() && session.streams.get(stream.pushedOn()) != null) {
                session.order.push(stream.id, stream.pushedOn(), how, weight);
            }
        });
    }

    /** Told of each 103 response, sent or not (H2EarlyHints), before it is. */
    public void onHints(Consumer<HeaderMap> listener) {
        hintsListener = listener;
    }

    /** The stream's number, as H2_STREAM_ID has it. */
    public int streamId() {
        return stream.id;
    }

    void streamFailed() {
        failed = true;
        List<CloseListener> listeners;
        synchronized (this) {
            listeners = closeListeners;
            closeListeners = null;
        }
        if (listeners != null) {
            listeners.forEach(listener -> listener.closed(this));
        }
    }

    @Override
    public void sendInterim(int status, String reason, HeaderMap headers) {
        Consumer<HeaderMap> listener = hintsListener;
        if (status == EARLY_HINTS && listener != null) {
            listener.accept(headers);
        }
        if (status == EARLY_HINTS && !session.options.earlyHints()) {
            return;
        }
        session.execute(() -> {
            if (!stream.closed() && !stream.sink.headWritten()) {
                session.out.response(stream.id, status, headers, false);
                session.flushSoon();
            }
        });
    }

    @Override
    public HttpServerExchange sendOutOfBandResponse(HttpServerExchange exchange) {
        HttpServerExchange interim = new HttpServerExchange(this);
        interim.setProtocol(exchange.getProtocol());
        interim.setRequestMethod(exchange.getRequestMethod());
        interim.setPersistent(true);
        Connectors.terminateRequest(interim);
        interim.addResponseWrapper((factory, current) -> new InterimConduit(stream.sink, this, current));
        return interim;
    }

    @Override
    public void lateStatus(int status) {
        stream.lateStatus(status);
    }

    @Override
    public StreamSinkConduit responseConduit() {
        return stream.sink;
    }

    @Override
    protected StreamSinkConduit getSinkConduit(HttpServerExchange exchange, StreamSinkConduit conduit) {
        DateUtils.addDateHeaderIfRequired(exchange);
        if (tunnelListener != null) {
            return tunnelHead(exchange);
        }
        boolean bodyAllowed = Connectors.isEntityBodyAllowed(exchange);
        if (!bodyAllowed) {
            exchange.getResponseHeaders().remove(Headers.CONTENT_LENGTH);
        }
        boolean headOnly = !bodyAllowed || exchange.getRequestMethod().equals(Methods.HEAD);
        return headOnly ? new HeadStreamSinkConduit(stream.sink, null, true) : stream.sink;
    }

    /** Switching protocols is 200 here, and says nothing of HTTP/1.1 (RFC 8441 section 5). */
    private StreamSinkConduit tunnelHead(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.remove(Headers.UPGRADE);
        headers.remove(Headers.CONNECTION);
        headers.remove(ACCEPT_KEY);
        headers.remove(Headers.CONTENT_LENGTH);
        exchange.setStatusCode(StatusCodes.OK);
        return new TunnelHead(stream.sink, exchange);
    }

    /** Whether the exchange ends in a tunnel. */
    boolean tunnels() {
        return tunnelListener != null && !failed;
    }

    void openTunnel(HttpServerExchange exchange) {
        HttpUpgradeListener listener = tunnelListener;
        StreamSource source = stream.source;
        if (listener != null && source != null) {
            source.maxLength(-1);
            listener.handleUpgrade(new StreamTunnel(session, stream, source), exchange);
        }
    }

    @Override
    protected ConduitStreamSinkChannel getSinkChannel() {
        return sinkChannel;
    }

    @Override
    protected ConduitStreamSourceChannel getSourceChannel() {
        ConduitStreamSourceChannel channel = sourceChannel;
        if (channel == null) {
            StreamSource source = stream.source;
            channel = new ConduitStreamSourceChannel(
                    Configurable.EMPTY, source == null ? new EmptyStreamSourceConduit(session.ioThread) : source);
            sourceChannel = channel;
        }
        return channel;
    }

    @Override
    public void terminateRequestChannel(HttpServerExchange exchange) {
        StreamSource source = stream.source;
        if (source != null) {
            source.terminateReads();
        }
    }

    @Override
    protected void exchangeComplete(HttpServerExchange exchange) {
        stream.exchangeEnded(exchange);
    }

    @Override
    protected void maxEntitySizeUpdated(HttpServerExchange exchange) {
        StreamSource source = stream.source;
        if (source != null) {
            source.maxLength(exchange.getMaxEntitySize());
        }
    }

    @Override
    public boolean isOpen() {
        return !failed && session.isOpen();
    }

    /** Resets the stream, if it is not over. */
    @Override
    public void close() {
        session.execute(() -> session.reset(stream, stream.abortCode(), new IOException("the stream was closed")));
    }

    @Override
    public synchronized void addCloseListener(CloseListener listener) {
        List<CloseListener> listeners = closeListeners;
        if (listeners == null) {
            listeners = new ArrayList<>(1);
            closeListeners = listeners;
        }
        listeners.add(listener);
    }

    @Override
    public @Nullable SSLSessionInfo getSslSessionInfo() {
        if (tls == null && session.connection instanceof SslChannel secure) {
            tls = new TlsSession(secure.getSslSession());
        }
        return tls;
    }

    @Override
    public void setSslSessionInfo(SSLSessionInfo info) {
        tls = info;
    }

    @Override
    public @Nullable SSLSession getSslSession() {
        return session.connection instanceof SslChannel secure ? secure.getSslSession() : null;
    }

    // --- what is the session's

    @Override
    @SuppressWarnings("deprecation")
    public org.xnio.Pool<ByteBuffer> getBufferPool() {
        return new XnioBufferPoolAdaptor(session.pool);
    }

    @Override
    public ByteBufferPool getByteBufferPool() {
        return session.pool;
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
    public ChannelListener.Setter<? extends ConnectedChannel> getCloseSetter() {
        return listener -> {
            if (listener != null) {
                throw new UnsupportedOperationException("close listener of a stream: use addCloseListener");
            }
        };
    }

    @Override
    public OptionMap getUndertowOptions() {
        return session.undertowOptions;
    }

    @Override
    public int getBufferSize() {
        return session.pool.getBufferSize();
    }

    @Override
    public String getTransportProtocol() {
        return session.transport.secure() ? "h2" : "h2c";
    }

    @Override
    public <T> @Nullable T getAttachment(AttachmentKey<T> key) {
        return session.getAttachment(key);
    }

    @Override
    public <T> @Nullable List<T> getAttachmentList(AttachmentKey<? extends List<T>> key) {
        return session.getAttachmentList(key);
    }

    @Override
    public <T> @Nullable T putAttachment(AttachmentKey<T> key, T value) {
        return session.putAttachment(key, value);
    }

    @Override
    public <T> @Nullable T removeAttachment(AttachmentKey<T> key) {
        return session.removeAttachment(key);
    }

    @Override
    public <T> void addToAttachmentList(AttachmentKey<AttachmentList<T>> key, T value) {
        session.addToAttachmentList(key, value);
    }

    // --- what HTTP/2 has not

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
    public boolean isContinueResponseSupported() {
        return true;
    }

    @Override
    public boolean isRequestTrailerFieldsSupported() {
        return true;
    }

    /** An extended CONNECT is shown as the HTTP/1.1 upgrade that it stands for. */
    @Override
    protected boolean isUpgradeSupported() {
        return stream.source != null && session.options.connectProtocol();
    }

    /** A CONNECT needs no upgrade here: the bodies of its request and its answer are the tunnel. */
    @Override
    protected boolean isConnectSupported() {
        return false;
    }

    @Override
    protected StreamConnection upgradeChannel() {
        throw new UnsupportedOperationException("upgrade of a stream: the listener is handed what it becomes");
    }

    @Override
    protected void setUpgradeListener(HttpUpgradeListener listener) {
        tunnelListener = listener;
    }

    @Override
    protected void setConnectListener(HttpUpgradeListener listener) {
        throw new UnsupportedOperationException("CONNECT of a stream: HTTP/2 needs no upgrade for it");
    }
}
