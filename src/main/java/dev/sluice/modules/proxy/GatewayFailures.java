package dev.sluice.modules.proxy;

import dev.sluice.modules.proxy.gateway.GatewayHead;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.wire.Refused;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.Headers;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What went wrong between the proxy and an application server: httpd's lines for the log and httpd's status. */
final class GatewayFailures {
    /** What httpd prints for AJP_ENO_HEADER. */
    private static final String NO_HEADER = "(120006)APR does not understand this error code: ";

    private final Request request;
    private final HttpServerExchange exchange;
    private final ProxyTarget target;
    private final GatewayProtocol protocol;
    private final BackendFailures.Elsewhere elsewhere;

    GatewayFailures(
            Request request, ProxyTarget target, GatewayProtocol protocol, BackendFailures.Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
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
        return protocol.function();
    }

    void disabled() {
        proxyError("AH00940: " + function() + ": disabled connection for (" + hostPort() + ")");
        answer(503, null);
    }

    void acquire(AcquireFailure failure) {
        switch (failure.kind()) {
            case UNRESOLVED -> {
                String reason = "DNS lookup failure for: " + host();
                proxyError(failure.reason() + "AH00898: " + reason + " returned by " + exchange.getRequestPath());
                answer(500, reason);
            }
            case EXHAUSTED, CLOSED -> {
                proxyError(failure.reason() + "AH00941: " + function() + ": failed to acquire connection for ("
                        + hostPort() + ")");
                answer(503, null);
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
            case SCGI -> error("AH00866: failed to make connection to backend: " + hostPort());
            case UWSGI -> error("AH10101: failed to make connection to backend: " + hostPort());
            case AJP -> error("AH00896: failed to make connection to backend: " + host());
        }
        answer(503, null);
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

    /** The answer did not come in time; {@code head} is as far as it has come. */
    void timeout(GatewayHead head) {
        switch (protocol) {
            case FCGI -> {
                error(Errno.TIMEOUT + "AH01075: Error dispatching request to : (polling)");
                broken(504);
            }
            case SCGI -> {
                if (!exchange.isResponseStarted()) {
                    head.timedOut();
                    headers();
                }
                broken(504);
            }
            case UWSGI -> broken(500);
            case AJP -> {
                request.errorLog()
                        .log(
                                Level.ERROR,
                                protocol.module(),
                                Errno.TIMEOUT + "AH01030: ajp_ilink_receive() can't receive header");
                error("AH00992: ajp_read_header: ajp_ilink_receive failed");
                dialog(Errno.TIMEOUT);
                broken(500);
            }
        }
    }

    private void dialog(String errno) {
        String who = hostPort() + " (" + hostPort() + ")";
        error(
                exchange.isResponseStarted()
                        ? errno + "AH00893: dialog to " + who + " failed"
                        : errno + "AH00878: read response failed from " + who);
    }

    private void headers() {
        error("AH00860: error reading response headers from " + hostPort());
    }

    /** The connection failed, or ended before the answer did. */
    void reading(IOException e) {
        switch (protocol) {
            case FCGI -> {
                String errno = e instanceof EOFException ? Errno.END_OF_FILE : Errno.of(e);
                error(errno + "AH01075: Error dispatching request to : ");
                broken(503);
            }
            case SCGI -> {
                if (!exchange.isResponseStarted()) {
                    error("End of script output before headers: " + script());
                    headers();
                }
                broken(500);
            }
            case UWSGI -> broken(500);
            case AJP -> {
                String errno = e instanceof EOFException ? Errno.END_OF_FILE : Errno.of(e);
                request.errorLog()
                        .log(
                                Level.ERROR,
                                protocol.module(),
                                errno + "AH01030: ajp_ilink_receive() can't receive header");
                error("AH00992: ajp_read_header: ajp_ilink_receive failed");
                dialog(NO_HEADER);
                broken(500);
            }
        }
    }

    private String script() {
        String file = String.valueOf(request.filename());
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private void broken(int status) {
        if (exchange.isResponseStarted()) {
            Disconnects.abort(exchange);
        } else {
            answer(status, null);
        }
    }

    private void answer(int status, @Nullable String reason) {
        if (!elsewhere.goes(status)) {
            ProxyFailure.answer(exchange, status, reason);
        }
    }

    /** What came is no head; the log knows already. httpd answers for FastCGI with what it has, and no page. */
    void malformed() {
        switch (protocol) {
            case FCGI -> {
                error("AH01070: Error parsing script headers");
                error("(22)Invalid argument: AH01075: Error dispatching request to : ");
                exchange.setStatusCode(500);
                exchange.setPersistent(false);
                exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, "0");
                exchange.endExchange();
            }
            case SCGI -> {
                headers();
                ProxyFailure.answer(exchange, 500, null);
            }
            case UWSGI, AJP -> ProxyFailure.answer(exchange, 502, null);
        }
    }

    /** The head holds what no header may hold. */
    void unfitHead() {
        if (protocol == GatewayProtocol.FCGI) {
            error(
                    "(-102)Unknown error -102: AH01075: Error dispatching request to : (passing brigade to output filters)");
        }
        ProxyFailure.answer(exchange, 500, null);
    }
}
