package dev.sluice.modules.proxy;

import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.wire.Refused;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/** What went wrong between the proxy and an application server: httpd's lines for the log and httpd's status. */
final class GatewayFailures {
    private final Request request;
    private final HttpServerExchange exchange;
    private final ProxyTarget target;
    private final GatewayProtocol protocol;

    GatewayFailures(Request request, ProxyTarget target, GatewayProtocol protocol) {
        this.request = request;
        this.exchange = request.exchange();
        this.target = target;
        this.protocol = protocol;
    }

    private void error(String message) {
        request.log(Level.ERROR, protocol.module(), message);
    }

    private void proxyError(String message) {
        request.log(Level.ERROR, "proxy", message);
    }

    private String host() {
        return target.url().host();
    }

    private String hostPort() {
        return host() + ":" + target.url().port();
    }

    private String function() {
        return protocol.name().toUpperCase(Locale.ROOT);
    }

    void disabled() {
        proxyError("AH00940: " + function() + ": disabled connection for (" + hostPort() + ")");
        ProxyFailure.answer(exchange, 503, null);
    }

    void acquire(AcquireFailure failure) {
        switch (failure.kind()) {
            case UNRESOLVED -> {
                String reason = "DNS lookup failure for: " + host();
                proxyError(failure.reason() + "AH00898: " + reason + " returned by " + exchange.getRequestPath());
                ProxyFailure.answer(exchange, 500, reason);
            }
            case EXHAUSTED, CLOSED -> {
                proxyError(failure.reason() + "AH00941: " + function() + ": failed to acquire connection for ("
                        + hostPort() + ")");
                ProxyFailure.answer(exchange, 503, null);
            }
            default -> notConnected();
        }
    }

    private void notConnected() {
        if (target.worker().state().failed()) {
            request.errorLog()
                    .log(
                            Level.ERROR,
                            "proxy",
                            "AH00959: ap_proxy_connect_backend disabling worker for (" + hostPort() + ") for "
                                    + target.worker().parameters().retry().toSeconds() + "s");
        }
        switch (protocol) {
            case FCGI -> error("AH01079: failed to make connection to backend: " + host());
            case SCGI -> error("AH00866: failed to make connection to backend: " + host());
            case UWSGI -> error("AH10101: failed to make connection to backend: " + hostPort());
        }
        ProxyFailure.answer(exchange, 503, null);
    }

    /** The body of the client's request did not come whole. */
    void requestBody(IOException e) {
        int status = 400;
        if (e instanceof RequestTooBigException) {
            status = 413;
        } else if (e instanceof Refused refused) {
            status = refused.refusal().status();
        }
        endRequest(status);
    }

    void clientTimeout() {
        endRequest(408);
    }

    private void endRequest(int status) {
        if (exchange.isResponseStarted()) {
            Disconnects.abort(exchange);
            return;
        }
        exchange.setPersistent(false);
        ProxyFailure.answer(exchange, status, null);
    }

    /** The answer did not come in time. */
    void timeout() {
        if (protocol == GatewayProtocol.FCGI) {
            error(Errno.TIMEOUT + "AH01075: Error dispatching request to : (polling)");
        }
        broken(504);
    }

    /** The connection failed, or ended before the answer did. */
    void reading(IOException e) {
        if (protocol == GatewayProtocol.FCGI) {
            String errno = e instanceof EOFException ? Errno.END_OF_FILE : Errno.of(e);
            error(errno + "AH01075: Error dispatching request to : ");
        }
        broken(503);
    }

    private void broken(int status) {
        if (exchange.isResponseStarted()) {
            Disconnects.abort(exchange);
        } else {
            ProxyFailure.answer(exchange, status, null);
        }
    }

    /** What came is no head; the log knows already. httpd answers with what it has, and no page. */
    void malformed() {
        if (protocol == GatewayProtocol.FCGI) {
            error("AH01070: Error parsing script headers");
            error("(22)Invalid argument: AH01075: Error dispatching request to : ");
        }
        exchange.setStatusCode(500);
        exchange.setPersistent(false);
        exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, "0");
        exchange.endExchange();
    }

    /** The head holds what no header may hold. */
    void unfitHead() {
        if (protocol == GatewayProtocol.FCGI) {
            error("(-102)Unknown error -102: AH01075: Error dispatching request to : (passing brigade to output filters)");
        }
        ProxyFailure.answer(exchange, 500, null);
    }
}
