package dev.sluice.modules.proxy;

import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.Product;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.client.ClientConnection;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** Makes a tunnel between the client and the server that it names (proxy_connect_handler). On the exchange's I/O thread. */
final class ConnectHandler implements HttpHandler {
    private static final HttpString PROXY_AGENT = new HttpString("Proxy-agent");

    private static final int MOST = 1000;

    /** Failures are told with the request that they end. */
    private static final ErrorLog SILENT = new ErrorLog() {
        @Override
        public boolean keeps(Level level, String module) {
            return false;
        }

        @Override
        public void log(Level level, String module, @Nullable HttpServerExchange exchange, String message) {}
    };

    private final ProxySettings settings;

    /** By host and port; their connections are used once. */
    private final Map<String, Worker> workers = new ConcurrentHashMap<>();

    ConnectHandler(ProxySettings settings) {
        this.settings = settings;
    }

    Worker worker(ProxyUrl url) {
        if (workers.size() > MOST) {
            workers.clear();
        }
        return workers.computeIfAbsent(url.origin(), origin -> {
            WorkerParameters.Reader reader = new WorkerParameters.Reader();
            reader.set("disablereuse", "on");
            return new Worker("proxy:forward", url, reader.parameters(), settings, SILENT);
        });
    }

    void close() {
        workers.values().forEach(Worker::close);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        ProxyTarget target = exchange.getAttachment(ProxyTarget.KEY);
        Request request = Request.of(exchange);
        if (target == null || request == null) {
            throw new IllegalStateException("ProxyTarget.KEY: nothing (expected: where the request goes)");
        }
        exchange.dispatch(
                exchange.isInIoThread() ? SameThreadExecutor.INSTANCE : exchange.getIoThread(),
                () -> connect(request, target));
    }

    private void connect(Request request, ProxyTarget target) {
        HttpServerExchange exchange = request.exchange();
        WorkerPool pool = target.worker().pool();
        pool.acquire(
                exchange.getIoThread(),
                exchange.getConnection().getByteBufferPool(),
                true,
                new WorkerPool.Borrower() {
                    @Override
                    public void acquired(ClientConnection connection, boolean reused) {
                        tunnel(request, connection, () -> pool.release(connection));
                    }

                    @Override
                    public void failed(AcquireFailure failure) {
                        refused(request, target, failure);
                    }
                });
    }

    private void tunnel(Request request, ClientConnection connection, Runnable released) {
        HttpServerExchange exchange = request.exchange();
        if (!exchange.getConnection().isOpen()) {
            IoUtils.safeClose(connection);
            released.run();
            return;
        }
        exchange.setStatusCode(200);
        exchange.setReasonPhrase("Connection Established");
        exchange.getResponseHeaders()
                .put(PROXY_AGENT, Product.tokens(request.server().settings().get(CoreModule.SERVER_TOKENS)));
        Upgrades.connected(exchange, connection, settings.timeout().toNanos(), released);
    }

    private static void refused(Request request, ProxyTarget target, AcquireFailure failure) {
        String host = target.url().host();
        if (failure.kind() == AcquireFailure.Kind.UNRESOLVED) {
            String reason = "DNS lookup failure for: " + host;
            request.log(
                    Level.ERROR,
                    "proxy_connect",
                    failure.reason() + "AH02327: failed to resolve hostname '" + host + "'");
            request.log(Level.ERROR, "proxy", "AH00898: " + reason + " returned by " + request.path());
            ProxyFailure.answer(request.exchange(), 502, reason);
            return;
        }
        request.log(
                Level.ERROR,
                "proxy",
                failure.reason() + "AH00939: CONNECT: attempt to connect to " + host + ":" + target.url().port() + " ("
                        + host + ") failed");
        ProxyFailure.answer(request.exchange(), 503, null);
    }

    @Override
    public String toString() {
        return "proxy-server";
    }
}
