package dev.sluice.wire.http1;

import dev.sluice.wire.SerialConnection;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientStatistics;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.ImmediatePooledByteBuffer;
import io.undertow.util.PooledAdaptor;
import io.undertow.util.Protocols;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.Option;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.conduits.PushBackStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * An HTTP/1.1 connection to a backend: one request at a time on a connected stream, clear or TLS. Reads of the stream
 * stay resumed while it is idle, so that a backend which closes it is noticed at once. Everything happens on the
 * stream's I/O thread; it is not safe for any other.
 */
public final class Http1ClientConnection implements ClientConnection, SerialConnection {
    private final StreamConnection connection;
    private final ByteBufferPool pool;
    private final StreamSourceConduit source;
    private final StreamSinkConduit sink;
    private final RequestHead requestHead = new RequestHead();
    private final ResponseHead head = new ResponseHead();
    private final List<ChannelListener<ClientConnection>> closeListeners = new ArrayList<>(1);
    private final ChannelListener.SimpleSetter<Http1ClientConnection> closeSetter =
            new ChannelListener.SimpleSetter<>();
    private ResponseLimits limits = ResponseLimits.DEFAULT;
    private @Nullable Http1ClientExchange current;
    private @Nullable PooledByteBuffer received;
    private boolean switching;
    private boolean upgraded;
    private boolean closed;
    private boolean unexpectedData;
    private int requests;

    /** Takes over {@code connection}, which must be connected and, for TLS, wrapped; its I/O thread must be the caller. */
    public Http1ClientConnection(StreamConnection connection, ByteBufferPool pool) {
        this.connection = connection;
        this.pool = pool;
        this.source = connection.getSourceChannel().getConduit();
        this.sink = connection.getSinkChannel().getConduit();
        source.setReadReadyHandler(new OnRead());
        connection.setCloseListener(channel -> closed());
        source.resumeReads();
    }

    /** What is read of the responses to come; set it before a request. */
    public void setLimits(ResponseLimits limits) {
        this.limits = limits;
    }

    /** Requests sent so far: a failure of the first one is no stale connection. */
    public int requests() {
        return requests;
    }

    /** Whether it is open and its last exchange has ended so that another may follow. */
    @Override
    public boolean isIdle() {
        return !closed && !upgraded && current == null && !unexpectedData;
    }

    /**
     * Asks the socket whether the backend has closed an idle connection: the I/O thread may not have come to it yet.
     * One read; for connections that were idle for a while.
     *
     * @return whether it is still good
     */
    @Override
    public boolean isAlive() {
        if (isIdle()) {
            readIdle();
        }
        return isIdle();
    }

    /** Whether the connection was closed because the backend sent something nobody asked for. */
    public boolean sentUnexpectedData() {
        return unexpectedData;
    }

    @Override
    public void sendRequest(ClientRequest request, ClientCallback<ClientExchange> callback) {
        if (!isIdle()) {
            callback.failed(new ClosedChannelException());
            return;
        }
        Http1ClientExchange exchange;
        boolean bodyless;
        try {
            BodyFraming framing = BodyFraming.ofRequest(request.getRequestHeaders());
            bodyless = framing.isEmpty();
            exchange = new Http1ClientExchange(this, request, framing, requestHead.write(request, pool));
        } catch (IOException e) {
            callback.failed(e);
            return;
        }
        current = exchange;
        requests++;
        head.start();
        source.resumeReads();
        callback.completed(exchange);
        if (bodyless && !closed) {
            sendHead(exchange);
        }
    }

    private void sendHead(Http1ClientExchange exchange) {
        try {
            RequestBody body = exchange.requestBody();
            body.terminateWrites();
            if (!body.flush()) {
                sink.setWriteReadyHandler(new OnWrite(exchange));
                sink.resumeWrites();
            }
        } catch (IOException e) {
            failed(exchange, e);
        }
    }

    /** A part of {@code exchange} has ended: the connection becomes idle, or is closed, or waits for the other part. */
    void progressed(Http1ClientExchange exchange) {
        if (exchange != current) {
            return;
        }
        if (exchange.hasResponseEnded() && !exchange.isReusable()) {
            current = null;
            close();
        } else if (exchange.hasEnded()) {
            current = null;
            source.resumeReads();
        }
    }

    private void readIdle() {
        try (PooledByteBuffer pooled = pool.allocate()) {
            int count = source.read(pooled.getBuffer());
            if (count == 0) {
                return;
            }
            unexpectedData = count > 0;
        } catch (IOException e) {
            // A reset of a connection nobody uses; it is closed like one that ended.
            unexpectedData = false;
        }
        close();
    }

    private void readHead(Http1ClientExchange exchange) {
        PooledByteBuffer pooled = pool.allocate();
        received = pooled;
        try {
            ByteBuffer buffer = pooled.getBuffer();
            while (true) {
                buffer.clear();
                int count = source.read(buffer);
                if (count <= 0) {
                    free();
                    if (count < 0) {
                        failed(exchange, endedInHead());
                    }
                    return;
                }
                buffer.flip();
                while (head.read(buffer, limits)) {
                    if (isFinal(exchange)) {
                        respond(exchange, buffer);
                        return;
                    }
                }
            }
        } catch (IOException e) {
            free();
            failed(exchange, e instanceof ResponseException ? e : readFailure(e));
        }
    }

    private ResponseException endedInHead() {
        return new ResponseException(
                head.hasStatus() ? ResponseException.Reason.HEAD_ENDED : ResponseException.Reason.NO_STATUS_LINE,
                "connection closed by the backend");
    }

    private ResponseException readFailure(IOException e) {
        return new ResponseException(
                head.hasStatus() ? ResponseException.Reason.HEAD_ENDED : ResponseException.Reason.NO_STATUS_LINE,
                String.valueOf(e.getMessage()),
                e);
    }

    /** Whether the head read is the final one; an interim one has been told and the next may be read. */
    private boolean isFinal(Http1ClientExchange exchange) throws ResponseException {
        int status = head.status();
        if (status < 100 || status >= 200 || status == 101) {
            return true;
        }
        if (exchange.interim(status, head) >= limits.interimResponses()) {
            throw new ResponseException(
                    ResponseException.Reason.TOO_MANY_INTERIM, String.valueOf(limits.interimResponses()));
        }
        head.start();
        return false;
    }

    private void respond(Http1ClientExchange exchange, ByteBuffer buffer) throws ResponseException {
        BodyFraming framing = BodyFraming.ofResponse(
                exchange.getRequest().getMethod(), head.status(), head.protocol(), head.headers());
        PooledByteBuffer rest = received;
        byte[] bodyStart = head.bodyStart();
        if (bodyStart != null) {
            ByteBuffer joined = ByteBuffer.allocate(bodyStart.length + buffer.remaining());
            joined.put(bodyStart).put(buffer).flip();
            free();
            rest = new ImmediatePooledByteBuffer(joined);
        } else if (!buffer.hasRemaining()) {
            free();
            rest = null;
        }
        received = null;
        if (head.status() == 101) {
            switching = true;
            received = rest;
            rest = null;
            source.suspendReads();
        }
        exchange.respond(head, source, framing, rest);
    }

    private void failed(Http1ClientExchange exchange, IOException e) {
        if (exchange == current) {
            current = null;
            close();
        }
        exchange.fail(e);
    }

    private void closed() {
        if (closed) {
            return;
        }
        closed = true;
        free();
        Http1ClientExchange exchange = current;
        current = null;
        if (exchange != null) {
            exchange.fail(new ClosedChannelException());
        }
        for (ChannelListener<ClientConnection> listener : closeListeners) {
            ChannelListeners.<ClientConnection>invokeChannelListener(this, listener);
        }
        ChannelListeners.invokeChannelListener(this, closeSetter.get());
    }

    private void free() {
        IoUtils.safeClose(received);
        received = null;
    }

    /** After a 101: the stream as it is, what came behind the head is read first. The connection knows it no more. */
    @Override
    public StreamConnection performUpgrade() {
        boolean fresh = isIdle() && requests == 0;
        if (upgraded || !(switching || fresh)) {
            throw new IllegalStateException(
                    "performUpgrade: no upgrade (expected: a response with status 101, or no request so far)");
        }
        upgraded = true;
        current = null;
        PushBackStreamSourceConduit pushBack = new PushBackStreamSourceConduit(source);
        if (received != null) {
            pushBack.pushBack(new PooledAdaptor(received));
            received = null;
        }
        connection.getSourceChannel().setConduit(pushBack);
        pushBack.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(connection.getSourceChannel()));
        sink.setWriteReadyHandler(new WriteReadyHandler.ChannelListenerHandler<>(connection.getSinkChannel()));
        return connection;
    }

    /** Closes the stream at once; an exchange under way fails. */
    @Override
    public void close() {
        IoUtils.safeClose(connection);
        closed();
    }

    static boolean isPersistent(HttpString protocol, HeaderMap headers) {
        if (protocol.equals(Protocols.HTTP_1_1)) {
            return !hasToken(headers, "close");
        }
        return hasToken(headers, "keep-alive") && !hasToken(headers, "close");
    }

    /** Whether the Connection fields of {@code headers} name {@code token}, in any case. */
    static boolean hasToken(HeaderMap headers, String token) {
        HeaderValues values = headers.get(Headers.CONNECTION);
        if (values == null) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            int start = 0;
            while (start < value.length()) {
                int comma = value.indexOf(',', start);
                int end = comma < 0 ? value.length() : comma;
                int from = start;
                while (from < end && value.charAt(from) <= ' ') {
                    from++;
                }
                int to = end;
                while (to > from && value.charAt(to - 1) <= ' ') {
                    to--;
                }
                if (to - from == token.length() && value.regionMatches(true, from, token, 0, token.length())) {
                    return true;
                }
                start = end + 1;
            }
        }
        return false;
    }

    StreamConnection channel() {
        return connection;
    }

    StreamSinkConduit sink() {
        return sink;
    }

    @Override
    public ByteBufferPool getBufferPool() {
        return pool;
    }

    @Override
    public SocketAddress getPeerAddress() {
        return connection.getPeerAddress();
    }

    @Override
    public <A extends SocketAddress> A getPeerAddress(Class<A> type) {
        return connection.getPeerAddress(type);
    }

    @Override
    public SocketAddress getLocalAddress() {
        return connection.getLocalAddress();
    }

    @Override
    public <A extends SocketAddress> A getLocalAddress(Class<A> type) {
        return connection.getLocalAddress(type);
    }

    @Override
    public ChannelListener.Setter<? extends ClientConnection> getCloseSetter() {
        return closeSetter;
    }

    @Override
    public void addCloseListener(ChannelListener<ClientConnection> listener) {
        closeListeners.add(listener);
    }

    @Override
    public XnioWorker getWorker() {
        return connection.getWorker();
    }

    @Override
    public XnioIoThread getIoThread() {
        return connection.getIoThread();
    }

    @Override
    public boolean isOpen() {
        return !closed && connection.isOpen();
    }

    @Override
    public boolean supportsOption(Option<?> option) {
        return connection.supportsOption(option);
    }

    @Override
    public <T> T getOption(Option<T> option) throws IOException {
        return connection.getOption(option);
    }

    @Override
    public <T> T setOption(Option<T> option, T value) throws IOException {
        return connection.setOption(option, value);
    }

    @Override
    public boolean isUpgraded() {
        return upgraded;
    }

    @Override
    public boolean isPushSupported() {
        return false;
    }

    @Override
    public boolean isMultiplexingSupported() {
        return false;
    }

    /** Not kept. */
    @Override
    public @Nullable ClientStatistics getStatistics() {
        return null;
    }

    @Override
    public boolean isUpgradeSupported() {
        return true;
    }

    private final class OnRead implements ReadReadyHandler {
        @Override
        public void readReady() {
            Http1ClientExchange exchange = current;
            if (exchange == null) {
                readIdle();
                return;
            }
            ResponseBody body = exchange.responseBody();
            if (body == null) {
                readHead(exchange);
            } else {
                body.readReady();
            }
        }

        @Override
        public void forceTermination() {
            close();
        }

        @Override
        public void terminated() {
            // The stream's close listener tells of its end.
        }
    }

    private final class OnWrite implements WriteReadyHandler {
        private final Http1ClientExchange exchange;

        OnWrite(Http1ClientExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void writeReady() {
            try {
                if (exchange.requestBody().flush()) {
                    sink.suspendWrites();
                }
            } catch (IOException e) {
                sink.suspendWrites();
                failed(exchange, e);
            }
        }

        @Override
        public void forceTermination() {
            close();
        }

        @Override
        public void terminated() {
            // As for reads.
        }
    }
}
