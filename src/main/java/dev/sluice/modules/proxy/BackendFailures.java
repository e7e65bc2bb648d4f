package dev.sluice.modules.proxy;

import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.wire.Refused;
import dev.sluice.wire.http1.ResponseException;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What went wrong between proxy and backend: httpd's line for the log and httpd's status for the client. */
final class BackendFailures {
    private static final String HTTP = "proxy_http";
    private static final String PROXY = "proxy";

    private final HttpServerExchange exchange;
    private final ProxyTarget target;
    private final ErrorLog log;
    private final Elsewhere elsewhere;

    /** Somebody else who may be asked. */
    interface Elsewhere {
        /** True where another is asked, as this one came to {@code status}; else the request ends with it. */
        boolean goes(int status);
    }

    BackendFailures(HttpServerExchange exchange, ProxyTarget target, ErrorLog log, Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
        this.exchange = exchange;
        this.target = target;
        this.log = log;
    }

    private String hostPort() {
        return target.url().host() + ":" + target.url().port();
    }

    private String scheme() {
        return target.url().scheme();
    }

    private void error(String module, String message) {
        log.log(Level.ERROR, module, exchange, message);
    }

    private void warn(String message) {
        log.log(Level.WARN, HTTP, exchange, message);
    }

    private void debug(String module, String message) {
        if (log.keeps(Level.DEBUG, module)) {
            log.log(Level.DEBUG, module, exchange, message);
        }
    }

    private void answer(int status, @Nullable String reason) {
        if (!elsewhere.goes(status)) {
            ProxyFailure.answer(exchange, status, reason);
        }
    }

    /** As ap_proxyerror: the reason is logged and shown. */
    private void proxyError(int status, String errno, String reason) {
        error(PROXY, errno + "AH00898: " + reason + " returned by " + ForwardProxy.asked(exchange));
        answer(status, reason);
    }

    void disabled() {
        error(PROXY, "AH00940: " + scheme() + ": disabled connection for (" + hostPort() + ")");
        answer(503, null);
    }

    /** The body came in a coding that is undone by nobody: passed on as chunks alone it would be another. */
    void coding(String codings) {
        error(HTTP, "AH01093: " + codings + " Transfer-Encoding is not supported");
        answer(500, null);
    }

    void retried() {
        debug(PROXY, "AH00932: " + scheme() + ": worker for (" + hostPort() + ") has been marked for retry");
    }

    void acquire(AcquireFailure failure) {
        switch (failure.kind()) {
            case UNRESOLVED ->
                proxyError(
                        500,
                        failure.reason(),
                        "DNS lookup failure for: " + target.url().host());
            case CONNECT -> connect();
            case HANDSHAKE -> {
                error(
                        PROXY,
                        failure.reason() + "AH01084: pass request body failed to " + hostPort() + " ("
                                + target.url().host() + ")");
                error(
                        HTTP,
                        "AH01097: pass request body failed to " + hostPort() + " ("
                                + target.url().host() + ") from " + peer() + " ()");
                proxyError(500, "", "Error during SSL Handshake with remote server");
            }
            case NO_TLS -> answer(500, null);
            case EXHAUSTED, CLOSED -> {
                error(
                        PROXY,
                        failure.reason() + "AH00941: " + scheme() + ": failed to acquire connection for (" + hostPort()
                                + ")");
                answer(503, null);
            }
        }
    }

    private void connect() {
        if (target.worker().state().failed()) {
            log.log(
                    Level.ERROR,
                    PROXY,
                    "AH00959: ap_proxy_connect_backend disabling worker for (" + hostPort() + ") for "
                            + target.worker().parameters().retry().toSeconds() + "s");
        }
        error(
                HTTP,
                "AH01114: HTTP: failed to make connection to backend: "
                        + (target.worker().isTemporary() ? target.worker().url() : target.url()).host());
        answer(503, null);
    }

    /** The request holds what no request may hold; none of it was sent. */
    void refused(IOException e) {
        error(HTTP, "request not forwarded to " + hostPort() + ": " + e.getMessage());
        answer(400, null);
    }

    /**
     * The client's body could not be read.
     *
     * @param early whether httpd, which reads some of a body before it turns to the backend, would not have done so yet
     */
    void requestBody(IOException e, boolean early) {
        int status = e instanceof RequestTooBigException ? 413 : 400;
        String errno = Errno.GENERAL;
        if (e instanceof Refused refused) {
            status = refused.refusal().status();
            errno = refused.refusal().log().isEmpty() ? status == 408 ? Errno.TIMEOUT : Errno.INCOMPLETE : Errno.FILTER;
            errno = refused.reason() == null ? errno : refused.reason();
        }
        requestBody(status, errno, early);
    }

    void clientTimeout(boolean early) {
        requestBody(408, Errno.TIMEOUT, early);
    }

    private void requestBody(int status, String errno, boolean early) {
        String what = early ? "AH01095: prefetch request body failed to " : "AH02608: read request body failed to ";
        error(PROXY, errno + what + hostPort() + " (" + target.url().host() + ") from " + peer() + " ()");
        if (exchange.isResponseStarted()) {
            Disconnects.abort(exchange);
            return;
        }
        exchange.setPersistent(false);
        answer(status, null);
    }

    /** The backend did not take the request, and did not answer either. */
    void sending(IOException e) {
        error(
                PROXY,
                Errno.of(e) + "AH01084: pass request body failed to " + hostPort() + " ("
                        + target.url().host() + ")");
        error(
                HTTP,
                "AH01097: pass request body failed to " + hostPort() + " ("
                        + target.url().host() + ") from " + peer() + " ()");
        answer(502, null);
    }

    void timeout() {
        error(HTTP, Errno.TIMEOUT + "AH01102: error reading status line from remote server " + hostPort());
        debug(HTTP, "AH01103: read timeout");
        notClosing();
    }

    /** No 100 in the time of {@code ping}, or in that of the worker where the client asked for it. */
    void continueTimeout() {
        error(HTTP, Errno.TIMEOUT + "AH01102: error reading status line from remote server " + hostPort());
        debug(HTTP, "AH01103: read timeout");
        proxyError(503, "", "Timeout on 100-Continue");
    }

    private void notClosing() {
        debug(
                HTTP,
                "AH01105: NOT Closing connection to client although reading from backend server " + hostPort()
                        + " failed.");
        proxyError(502, "", "Error reading from remote server");
    }

    void unexpectedUpgrade(@Nullable String given, @Nullable String expected) {
        proxyError(
                502,
                "",
                "Unexpected Upgrade: " + (given == null ? "n/a" : given) + " (expecting "
                        + (expected == null ? "n/a" : expected) + ")");
    }

    /** The head of the response could not be read. */
    void reading(IOException e) {
        if (!(e instanceof ResponseException read)) {
            statusLine(Errno.of(e));
            return;
        }
        switch (read.reason()) {
            case NO_STATUS_LINE -> statusLine(Errno.of(read));
            case CORRUPT_STATUS_LINE ->
                proxyError(502, "", "Corrupt status line returned by remote server: " + read.getMessage());
            case HEAD_ENDED -> {
                warn((read.getCause() == null ? Errno.END_OF_FILE : Errno.of(read))
                        + "AH10404: Error reading headers from backend");
                badHead();
            }
            case FIELD_TOO_LONG, HEAD_TOO_LONG -> {
                error(
                        HTTP,
                        Errno.NO_SPACE + "AH10124: header size is over the limit allowed by ResponseFieldSize ("
                                + target.worker().parameters().responseFieldSize() + " bytes). Bad response header: '"
                                + shortened(String.valueOf(read.getMessage())) + "'");
                badHead();
            }
            case BAD_HEADER -> badHead();
            case FORBIDDEN_CHARACTER -> {
                error(
                        HTTP,
                        "Response header '" + shortened(String.valueOf(read.getMessage()))
                                + "' contains characters that no header may have, aborting request");
                answer(500, null);
            }
            case TOO_MANY_INTERIM ->
                proxyError(502, "", "Too many (" + read.getMessage() + ") interim responses from origin server");
            case BAD_FRAMING, BODY_ENDED -> body(Errno.GENERAL);
        }
    }

    private void statusLine(String errno) {
        error(HTTP, errno + "AH01102: error reading status line from remote server " + hostPort());
        if (Served.before(exchange)) {
            log.log(
                    Level.INFO,
                    HTTP,
                    exchange,
                    "AH01104: Closing connection to client because reading from backend server " + hostPort()
                            + " failed. Number of keepalives " + Served.count(exchange));
            exchange.setStatusCode(502);
            Disconnects.abort(exchange);
            return;
        }
        notClosing();
    }

    private void badHead() {
        warn("AH01106: bad HTTP/1.1 header returned by " + exchange.getRequestPath() + " ("
                + exchange.getRequestMethod() + ")");
        answer(502, null);
    }

    private static String shortened(String line) {
        return line.length() <= 128 ? line : line.substring(0, 64) + "[...]" + line.substring(line.length() - 64);
    }

    /** The body of the response did not come to its end. */
    void body(String errno) {
        error(HTTP, errno + "AH01110: error reading response");
        if (exchange.isResponseStarted()) {
            Disconnects.abort(exchange);
        } else {
            answer(502, null);
        }
    }

    private String peer() {
        return exchange.getSourceAddress() == null
                ? ""
                : exchange.getSourceAddress().getHostString();
    }

    /** How many requests a client's connection has carried: the first one is answered even where a retry would help. */
    static final class Served {
        private static final AttachmentKey<int[]> COUNT = AttachmentKey.create(int[].class);

        private Served() {}

        static void one(HttpServerExchange exchange) {
            int[] count = exchange.getConnection().getAttachment(COUNT);
            if (count == null) {
                exchange.getConnection().putAttachment(COUNT, new int[] {1});
            } else {
                count[0]++;
            }
        }

        static boolean before(HttpServerExchange exchange) {
            return exchange.isHttp11() && count(exchange) > 0;
        }

        static int count(HttpServerExchange exchange) {
            int[] count = exchange.getConnection().getAttachment(COUNT);
            return count == null ? 0 : count[0] - 1;
        }
    }
}
