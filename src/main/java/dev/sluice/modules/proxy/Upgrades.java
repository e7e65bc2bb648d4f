package dev.sluice.modules.proxy;

import dev.sluice.wire.http2.Http2ServerConnection;
import io.undertow.client.ClientConnection;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSinkChannel;

/** HTTP/1.1 Upgrade through the proxy: {@code upgrade=}, and WebSocket for ws: and wss: workers. */
final class Upgrades {
    private Upgrades() {}

    /** The protocol the client asks for, where the worker admits it; null for none (ap_proxy_worker_can_upgrade). */
    static @Nullable String requested(HttpServerExchange exchange, Worker worker) {
        String admitted = worker.parameters().upgrade();
        if (admitted.isEmpty()) {
            if (!worker.url().scheme().startsWith("ws")) {
                return null;
            }
            admitted = "WebSocket";
        }
        // An extended CONNECT of HTTP/2 (RFC 8441) is shown as the upgrade it stands for.
        boolean connect = exchange.getAttachment(Http2ServerConnection.CONNECT_PROTOCOL) != null;
        if ((!exchange.isHttp11() && !connect)
                || !ForwardedHead.isNamed(exchange.getRequestHeaders().get(Headers.CONNECTION), Headers.UPGRADE)) {
            return null;
        }
        String wanted = exchange.getRequestHeaders().getFirst(Headers.UPGRADE);
        if (wanted == null) {
            return null;
        }
        boolean any = admitted.equals("*") || admitted.equalsIgnoreCase("ANY");
        return any || admitted.equalsIgnoreCase(wanted) ? wanted : null;
    }

    /** Answers 101 with the head already in {@code exchange}, then carries bytes both ways until both sides ended. */
    static void tunnel(
            HttpServerExchange exchange, ClientConnection backend, String protocol, long idleNanos, Runnable released) {
        exchange.upgradeChannel(protocol, (client, upgraded) -> {
            StreamConnection raw;
            try {
                raw = backend.performUpgrade();
            } catch (IOException e) {
                IoUtils.safeClose(backend, client);
                released.run();
                return;
            }
            new Tunnel(client, raw, exchange.getConnection().getByteBufferPool(), idleNanos, released).start();
        });
        exchange.endExchange();
    }

    /** Answers CONNECT with the head already in {@code exchange}, then carries bytes as {@link #tunnel} does. */
    static void connected(HttpServerExchange exchange, ClientConnection server, long idleNanos, Runnable released) {
        exchange.acceptConnectRequest((client, connected) -> {
            StreamConnection raw;
            try {
                raw = server.performUpgrade();
            } catch (IOException e) {
                IoUtils.safeClose(server, client);
                released.run();
                return;
            }
            new Tunnel(client, raw, exchange.getConnection().getByteBufferPool(), idleNanos, released).start();
        });
        exchange.endExchange();
    }

    /** Two streams joined; each direction ends by itself, a failure or silence ends both. */
    private static final class Tunnel extends Deadlines.Watch {
        private final StreamConnection client;
        private final StreamConnection backend;
        private final ByteBufferPool pool;
        private final long idleNanos;
        private final Runnable released;
        private int open = 2;

        Tunnel(
                StreamConnection client,
                StreamConnection backend,
                ByteBufferPool pool,
                long idleNanos,
                Runnable released) {
            this.client = client;
            this.backend = backend;
            this.pool = pool;
            this.idleNanos = idleNanos;
            this.released = released;
        }

        void start() {
            arm(idleNanos);
            carry(client, backend);
            carry(backend, client);
        }

        private void carry(StreamConnection from, StreamConnection to) {
            new BodyPump(from.getSourceChannel(), pool, false, new Direction(to.getSinkChannel())).start(null, false);
        }

        private void end() {
            if (open < 0) {
                return;
            }
            open = -1;
            stop();
            IoUtils.safeClose(client, backend);
            released.run();
        }

        @Override
        void expired() {
            end();
        }

        private final class Direction implements BodyPump.Listener {
            private final StreamSinkChannel sink;

            Direction(StreamSinkChannel sink) {
                this.sink = sink;
            }

            @Override
            public StreamSinkChannel sink() {
                return sink;
            }

            @Override
            public void waitsForSource() {
                moved();
            }

            @Override
            public void waitsForSink() {
                moved();
            }

            private void moved() {
                if (open > 0) {
                    arm(idleNanos);
                }
            }

            @Override
            public void done() {
                if (--open == 0) {
                    end();
                }
            }

            @Override
            public void readFailed(IOException e) {
                end();
            }

            @Override
            public void writeFailed(IOException e) {
                end();
            }
        }
    }
}
