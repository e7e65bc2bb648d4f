package dev.sluice.wire.http1;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * Serves HTTP/1.1, 1.0 and 0.9, clear or behind TLS, and decides what is a request as httpd does. Every request becomes an
 * exchange whose URI is kept as it came, broken ones included: those go to the refusal handler. Handlers begin on the I/O
 * thread of the connection.
 */
public final class Http1OpenListener implements DelegateOpenListener {
    private static final int STATUSES = 1000;

    private final ByteBufferPool pool;
    private final Http1Options options;
    private final Map<XnioIoThread, IoThreadState> threads = new ConcurrentHashMap<>();
    private final Set<Http1ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReferenceArray<byte[]> statusLines = new AtomicReferenceArray<>(STATUSES);
    private volatile HttpHandler rootHandler;
    private volatile HttpHandler refusalHandler = HttpServerExchange::endExchange;
    private volatile OptionMap undertowOptions;
    private volatile @Nullable DelegateOpenListener http2;
    private volatile boolean retired;

    /**
     * Of the Undertow options {@code MAX_ENTITY_SIZE} (default: no limit), {@code RECORD_REQUEST_START_TIME} and
     * {@code ALWAYS_SET_DATE} have an effect.
     */
    public Http1OpenListener(
            ByteBufferPool pool, HttpHandler rootHandler, OptionMap undertowOptions, Supplier<Http1Options> options) {
        this.pool = pool;
        this.rootHandler = rootHandler;
        this.undertowOptions = undertowOptions;
        this.options = options.get();
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        handleEvent(connection, null);
    }

    /** {@code first} holds what was read before; it is closed here. On the connection's I/O thread. */
    @Override
    public void handleEvent(StreamConnection connection, @Nullable PooledByteBuffer first) {
        IoThreadState thread = threads.computeIfAbsent(connection.getIoThread(), t -> new IoThreadState(t, options));
        Http1ServerConnection served = new Http1ServerConnection(this, connection, thread);
        connections.add(served);
        served.start(first);
    }

    /** Takes connections that begin with the preface of HTTP/2 (RFC 9113, 3.4); without one the preface is a bad request. */
    public void setHttp2(DelegateOpenListener listener) {
        http2 = listener;
    }

    @Nullable
    DelegateOpenListener http2() {
        return http2;
    }

    /**
     * Answers requests that are refused: their status is set, {@link dev.sluice.wire.Refusal} is attached, what they have of
     * method, URI and headers is what was understood. Without it they get the bare status.
     */
    public void setRefusalHandler(HttpHandler handler) {
        refusalHandler = handler;
    }

    HttpHandler refusalHandler() {
        return refusalHandler;
    }

    /** Lets every connection end with the answer under way; closes those that wait for a request. Any thread. */
    public void shutdownGracefully() {
        retired = true;
        connections.forEach(Http1ServerConnection::closeWhenIdle);
    }

    boolean retired() {
        return retired;
    }

    /** Connections open at this moment. */
    public int activeConnections() {
        return connections.size();
    }

    void connectionOver(Http1ServerConnection connection) {
        connections.remove(connection);
    }

    Http1Options options() {
        return options;
    }

    /**
     * {@code HTTP/1.1 200 OK} with its line end, by the reason phrases of the options. A status that has none there is
     * written as 500 (ap_get_status_line_ex).
     */
    byte[] statusLine(int status) {
        byte[] known = statusLines.get(status);
        if (known == null) {
            String reason = options.reasons().apply(status);
            known = reason.isEmpty() ? statusLine(StatusCodes.INTERNAL_SERVER_ERROR) : statusLine(status, reason);
            statusLines.set(status, known);
        }
        return known;
    }

    static byte[] statusLine(int status, @Nullable String reason) {
        String phrase = reason == null ? "" : reason;
        return ("HTTP/1.1 " + status + ' ' + phrase + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void closeConnections() {
        connections.forEach(connection -> IoUtils.safeClose(connection));
    }

    @Override
    public HttpHandler getRootHandler() {
        return rootHandler;
    }

    @Override
    public void setRootHandler(HttpHandler handler) {
        rootHandler = handler;
    }

    @Override
    public OptionMap getUndertowOptions() {
        return undertowOptions;
    }

    @Override
    public void setUndertowOptions(OptionMap options) {
        undertowOptions = options;
    }

    @Override
    public ByteBufferPool getBufferPool() {
        return pool;
    }

    /** Null: none are kept. */
    @Override
    public @Nullable ConnectorStatistics getConnectorStatistics() {
        return null;
    }
}
