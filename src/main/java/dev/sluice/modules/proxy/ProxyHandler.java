package dev.sluice.modules.proxy;

import dev.sluice.request.ErrorLog;
import dev.sluice.request.Explains;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.client.ClientRequest;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers with what a backend answers. The exchange carries the {@link ProxyTarget#KEY}; one handler serves all requests
 * of the same settings. Never blocks: everything happens on the exchange's I/O thread.
 */
public final class ProxyHandler implements HttpHandler, Explains {
    private final ProxySettings settings;
    private final LocationSettings location;
    private final ErrorLog log;
    private final GatewayHandler gateways;

    public ProxyHandler(ProxySettings settings, LocationSettings location, ErrorLog log) {
        this.settings = settings;
        this.location = location;
        this.log = log;
        this.gateways = new GatewayHandler(settings, location);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        BalancedRequest balanced = exchange.getAttachment(BalancedRequest.KEY);
        ProxyTarget target = exchange.getAttachment(ProxyTarget.KEY);
        if (target == null && balanced == null) {
            throw new IllegalStateException("ProxyTarget.KEY: nothing (expected: where the request goes)");
        }
        String complaint = maxForwards(exchange.getRequestHeaders());
        if (complaint != null) {
            log.log(
                    Level.ERROR,
                    "proxy",
                    exchange,
                    "AH00898: " + complaint + " returned by " + ForwardProxy.asked(exchange));
            ProxyFailure.answer(exchange, 400, complaint);
            return;
        }
        BackendFailures.Served.one(exchange);
        Runnable call = target != null ? () -> call(exchange, target) : () -> choose(exchange, balanced);
        exchange.dispatch(exchange.isInIoThread() ? SameThreadExecutor.INSTANCE : exchange.getIoThread(), call);
    }

    private void choose(HttpServerExchange exchange, BalancedRequest balanced) {
        balanced.start(target -> {
            if (!balanced.isSpoken(target)) {
                ProxyFailure.answer(exchange, 500, null);
            } else if (target.url().isGateway()) {
                new GatewayHandler(settings, location).handleRequest(exchange);
            } else {
                call(exchange, target);
            }
        });
    }

    private void call(HttpServerExchange exchange, ProxyTarget target) {
        Request request = target.url().isGateway() ? Request.of(exchange) : null;
        if (request == null) {
            new BackendCall(exchange, target, settings, location, log).start();
        } else {
            gateways.begin(request, target);
        }
    }

    private static @Nullable String maxForwards(HeaderMap headers) {
        String given = headers.getFirst(Headers.MAX_FORWARDS);
        if (given == null) {
            return null;
        }
        String digits = given.trim();
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return "Max-Forwards request header could not be parsed";
        }
        return Integer.parseInt(digits) == 0 ? "Max-Forwards has reached zero - proxy loop?" : null;
    }

    /** The worker, the request line and the fields that the backend would get. */
    @Override
    public List<String> explain(HttpServerExchange exchange) {
        ProxyTarget target = exchange.getAttachment(ProxyTarget.KEY);
        if (target == null) {
            return List.of("proxied");
        }
        ClientRequest head = new ForwardedHead(settings, location).of(exchange, target, null, false);
        List<String> lines = new ArrayList<>();
        lines.add("worker " + target.worker());
        lines.add(head.getMethod() + " " + head.getPath() + " "
                + (target.url().isHttp2() ? "HTTP/2" : head.getProtocol()));
        for (HeaderValues values : head.getRequestHeaders()) {
            values.forEach(value -> lines.add(values.getHeaderName() + ": " + value));
        }
        return lines;
    }

    @Override
    public String toString() {
        return "proxy-server";
    }
}
