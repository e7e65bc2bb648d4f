package dev.sluice.wire.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/**
 * Serves HTTP/2 on connections that are known to speak it: by ALPN, by the preface, by an upgrade. Every request becomes an exchange whose
 * URI is kept as it came; handlers run on the I/O thread of the connection.
 */
public final class Http2OpenListener implements DelegateOpenListener {
    private final ByteBufferPool pool;
    private final Supplier<Http2Options> options;
    private final Set<ServerSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile HttpHandler rootHandler;
    private volatile HttpHandler refusalHandler = HttpServerExchange::endExchange;
    private volatile OptionMap undertowOptions;

    /**
     * {@code options} are asked for once a connection. Of the Undertow options {@code MAX_ENTITY_SIZE} (default: no limit),
     * {@code RECORD_REQUEST_START_TIME} and {@code ALWAYS_SET_DATE} have an effect.
     */
    public Http2OpenListener(
            ByteBufferPool pool, HttpHandler rootHandler, OptionMap undertowOptions, Supplier<Http2Options> options) {
        this.pool = pool;
        this.rootHandler = rootHandler;
        this.undertowOptions = undertowOptions;
        this.options = options;
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        accept(connection, null, session -> {});
    }

    /** {@code first} holds what was read before, the preface included; it is closed here. */
    @Override
    public void handleEvent(StreamConnection connection, @Nullable PooledByteBuffer first) {
        accept(connection, first, session -> {});
    }

    /** {@code prepare} may leave attachments with the session before its first request; exchanges find them at their connection. */
    public void accept(StreamConnection connection, @Nullable PooledByteBuffer first, Consumer<Http2Session> prepare) {
        ServerSession session = session(connection);
        prepare.accept(session);
        session.start(first);
    }

    private ServerSession session(StreamConnection connection) {
        ServerSession session = new ServerSession(connection, pool, options.get(), this);
        sessions.add(session);
        return session;
    }

    /**
     * What to give {@link HttpServerExchange#upgradeChannel(HttpUpgradeListener)} for a request with {@code Upgrade: h2c}: after the 101 the
     * same request is answered as the first stream. {@code settings} is the value of its HTTP2-Settings header. Its body must have been
     * read; mod_http2 upgrades no request that has one.
     *
     * @throws IllegalArgumentException where the settings are no base64url of whole settings
     */
    public HttpUpgradeListener upgrade(String settings) {
        byte[] payload = Base64.getUrlDecoder().decode(settings);
        if (payload.length % 6 != 0) {
            throw new IllegalArgumentException(
                    "HTTP2-Settings: " + payload.length + " bytes (expected: a multiple of 6)");
        }
        return (connection, exchange) -> {
            try {
                session(connection).startUpgraded(exchange, ByteBuffer.wrap(payload));
            } catch (IOException e) {
                IoUtils.safeClose(connection);
            }
        };
    }

    void sessionOver(ServerSession session) {
        sessions.remove(session);
    }

    /** Lets every session finish what it has, see {@link Http2Session#shutdownGracefully()}. */
    public void shutdownGracefully() {
        sessions.forEach(Http2Session::shutdownGracefully);
    }

    /** Connections open at this moment. */
    public int activeSessions() {
        return sessions.size();
    }

    @Override
    public void closeConnections() {
        sessions.forEach(Http2Session::close);
    }

    @Override
    public HttpHandler getRootHandler() {
        return rootHandler;
    }

    @Override
    public void setRootHandler(HttpHandler handler) {
        rootHandler = handler;
    }

    HttpHandler refusalHandler() {
        return refusalHandler;
    }

    /**
     * Answers requests whose head is too large (414, 431) or asks for what httpd answers 400: the status is set, the headers may be
     * incomplete. Without it they get the bare status.
     */
    public void setRefusalHandler(HttpHandler handler) {
        refusalHandler = handler;
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
