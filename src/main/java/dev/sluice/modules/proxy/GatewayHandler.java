package dev.sluice.modules.proxy;

import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers with what an application server answers. The exchange carries the {@link ProxyTarget#KEY}. What must look at the disk
 * first, or read a body whose length nobody knows, is done on a worker thread; all else on the exchange's I/O thread.
 */
final class GatewayHandler implements HttpHandler {
    private final ProxySettings settings;
    private final LocationSettings location;

    GatewayHandler(ProxySettings settings, LocationSettings location) {
        this.settings = settings;
        this.location = location;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        ProxyTarget target = exchange.getAttachment(ProxyTarget.KEY);
        Request request = Request.of(exchange);
        if (target == null || request == null) {
            throw new IllegalStateException("ProxyTarget.KEY: nothing (expected: where the request goes)");
        }
        begin(request, target);
    }

    /** Takes the request to {@code target}. On the exchange's I/O thread, or a worker's. */
    void begin(Request request, ProxyTarget target) {
        HttpServerExchange exchange = request.exchange();
        GatewayProtocol protocol = GatewayProtocol.of(target.url().scheme());
        if (protocol == null) {
            throw new IllegalStateException(target.url().origin() + " (expected: a gateway's)");
        }
        if (!protocol.takesChunks() && exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
            request.fail(411);
        } else if (!protocol.hasVariables()) {
            start(new GatewayCall(request, target, protocol, new RequestEntity(exchange), settings, location), request);
        } else if (ScriptVariables.blocks(request) || isOfUnknownLength(exchange)) {
            exchange.dispatch(waiting -> prepareOnWorker(request, target, protocol));
        } else {
            ScriptVariables.add(request);
            start(new GatewayCall(request, target, protocol, new RequestEntity(exchange), settings, location), request);
        }
    }

    private static boolean isOfUnknownLength(HttpServerExchange exchange) {
        return !exchange.isRequestComplete()
                && (exchange.getRequestContentLength() < 0
                        || exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING));
    }

    private void prepareOnWorker(Request request, ProxyTarget target, GatewayProtocol protocol) {
        HttpServerExchange exchange = request.exchange();
        RequestEntity entity;
        if (isOfUnknownLength(exchange)) {
            SpooledBody spooled = spool(request, target, protocol);
            if (spooled == null) {
                return;
            }
            exchange.getRequestHeaders().remove(Headers.TRANSFER_ENCODING);
            exchange.getRequestHeaders()
                    .put(Headers.CONTENT_LENGTH, Long.toString(spooled.bytes().remaining()));
            entity = new RequestEntity(exchange);
            entity.whole(spooled.bytes(), spooled.channel());
        } else {
            entity = new RequestEntity(exchange);
        }
        ScriptVariables.add(request);
        start(new GatewayCall(request, target, protocol, entity, settings, location), request);
    }

    /** Null where the body did not come, and the request has ended. */
    private static @Nullable SpooledBody spool(Request request, ProxyTarget target, GatewayProtocol protocol) {
        try {
            SpooledBody body = SpooledBody.read(request.exchange());
            if (body == null) {
                request.log(Level.ERROR, protocol.module(), "body of the request: read by somebody else");
                request.fail(500);
            }
            return body;
        } catch (IOException e) {
            new GatewayFailures(request, target, protocol, status -> false).requestBody(e);
            return null;
        }
    }

    private static void start(GatewayCall call, Request request) {
        HttpServerExchange exchange = request.exchange();
        exchange.dispatch(exchange.isInIoThread() ? SameThreadExecutor.INSTANCE : exchange.getIoThread(), call::start);
    }

    @Override
    public String toString() {
        return "proxy-server";
    }
}
