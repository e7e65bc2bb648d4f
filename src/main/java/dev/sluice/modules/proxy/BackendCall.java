package dev.sluice.modules.proxy;

import dev.sluice.request.EmptyAnswer;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.wire.InterimResponses;
import dev.sluice.wire.NotProcessed;
import dev.sluice.wire.http1.Http1ClientConnection;
import dev.sluice.wire.http1.RequestException;
import dev.sluice.wire.http1.ResponseException;
import dev.sluice.wire.http1.ResponseLimits;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * One request on its way to a worker and its response on its way back (ap_proxy_http_handler). Lives on the exchange's
 * I/O thread. It waits for one of the two sides at a time, and for each no longer than its timeout.
 */
final class BackendCall extends Deadlines.Watch implements WorkerPool.Borrower, ClientCallback<ClientExchange> {
    private static final Set<HttpString> IDEMPOTENT =
            Set.of(Methods.GET, Methods.HEAD, Methods.PUT, Methods.DELETE, Methods.OPTIONS, Methods.TRACE);

    /** Bytes (MAX_MEM_SPOOL, mod_proxy.h). */
    private static final int HTTPD_PREFETCHES = 16384;

    /** Bytes of a status line without its reason. */
    private static final long STATUS_LINE = 15;

    private enum Waits {
        FOR_BACKEND,
        FOR_CLIENT
    }

    private final HttpServerExchange exchange;
    private final ProxyTarget target;
    private final Worker worker;
    private final ProxySettings settings;
    private final LocationSettings location;
    private final ErrorLog log;
    private final RequestEntity entity;
    private final BackendFailures failures;
    private final @Nullable String upgrade;
    private final long backendNanos;
    private @Nullable ClientConnection connection;
    private @Nullable ClientExchange call;
    private @Nullable BodyPump upload;
    private @Nullable BodyPump download;
    private @Nullable IOException uploadFailure;
    private Waits waits = Waits.FOR_BACKEND;
    private boolean awaitsContinue;
    private boolean reused;
    private boolean retried;
    private boolean uploaded;
    private boolean answered;
    private boolean over;
    private long sent;
    private long received;

    BackendCall(
            HttpServerExchange exchange,
            ProxyTarget target,
            ProxySettings settings,
            LocationSettings location,
            ErrorLog log) {
        this(exchange, target, settings, location, log, new RequestEntity(exchange));
        if (target.balanced() != null) {
            exchange.addExchangeCompleteListener((over, next) -> {
                entity.free();
                next.proceed();
            });
        }
    }

    private BackendCall(
            HttpServerExchange exchange,
            ProxyTarget target,
            ProxySettings settings,
            LocationSettings location,
            ErrorLog log,
            RequestEntity entity) {
        this.exchange = exchange;
        this.target = target;
        this.worker = target.worker();
        this.settings = settings;
        this.location = location;
        this.log = log;
        this.entity = entity;
        this.failures = new BackendFailures(exchange, target, log, this::elsewhere);
        this.upgrade = Upgrades.requested(exchange, worker);
        Duration own = worker.parameters().timeout();
        this.backendNanos = (own == null ? settings.timeout() : own).toNanos();
    }

    /** Asks another member of the balancer with what is there of the request; false where there is none. */
    private boolean elsewhere(int status) {
        BalancedRequest balanced = target.balanced();
        ProxyTarget next = balanced == null ? null : balanced.after(status, upload == null || canSendAgain());
        if (next == null) {
            return false;
        }
        BackendCall another = new BackendCall(exchange, next, settings, location, log, entity);
        if (another.mayBegin()) {
            another.acquire(another.isFirstAndNotPooled());
        }
        return true;
    }

    private boolean mayBegin() {
        exchange.putAttachment(ProxyAttachments.WORKER, worker);
        switch (worker.state().verdict()) {
            case TOO_SOON, STOPPED -> {
                failures.disabled();
                return false;
            }
            case RETRIED -> failures.retried();
            case USABLE -> {}
        }
        return true;
    }

    void start() {
        if (!mayBegin()) {
            return;
        }
        String codings = exchange.getRequestHeaders().getFirst(Headers.TRANSFER_ENCODING);
        if (codings != null
                && !codings.equalsIgnoreCase("chunked")
                && !target.url().isHttp2()) {
            over();
            failures.coding(codings);
            return;
        }
        entity.prefetch(worker.parameters().ping() != null, new RequestEntity.Prefetch() {
            @Override
            public void ready() {
                acquire(isFirstAndNotPooled());
            }

            @Override
            public void failed(IOException e) {
                over();
                failures.requestBody(e, isEarly());
            }

            @Override
            public void waitsForClient() {
                waitFor(Waits.FOR_CLIENT);
            }
        });
    }

    /** {@code proxy-initial-not-pooled}: the first request of a client takes no connection that may have gone stale. */
    private boolean isFirstAndNotPooled() {
        Request request = Request.of(exchange);
        return request != null
                && request.environment().has("proxy-initial-not-pooled")
                && BackendFailures.Served.count(exchange) == 0;
    }

    private void acquire(boolean fresh) {
        stop();
        worker.pool().acquire(exchange.getIoThread(), exchange.getConnection().getByteBufferPool(), fresh, this);
    }

    @Override
    public void failed(AcquireFailure failure) {
        over();
        failures.acquire(failure);
    }

    @Override
    public void acquired(ClientConnection lent, boolean wasUsed) {
        connection = lent;
        reused = wasUsed;
        if (lent instanceof Http1ClientConnection http1) {
            http1.setLimits(limits());
        }
        Duration ping = worker.parameters().ping();
        boolean asks = ping != null || (entity.expectsContinue() && location.forwardsContinue());
        boolean expects = asks && entity.isPresent() && !lent.isMultiplexingSupported();
        awaitsContinue = expects;
        ClientRequest request = new ForwardedHead(settings, location).of(exchange, target, upgrade, expects);
        entity.frame(request.getRequestHeaders());
        sent = target.balanced() == null ? 0 : HeadSize.of(request);
        received = 0;
        waitFor(Waits.FOR_BACKEND);
        if (expects && ping != null) {
            arm(ping.toNanos());
        }
        lent.sendRequest(request, new ClientCallback<>() {
            @Override
            public void completed(ClientExchange started) {
                sending(started, expects);
            }

            @Override
            public void failed(IOException e) {
                notSent(e);
            }
        });
    }

    private ResponseLimits limits() {
        ResponseLimits usual = ResponseLimits.DEFAULT;
        int field = worker.parameters().responseFieldSize();
        if (field == usual.fieldSize() && settings.badHeader() == usual.badHeader()) {
            return usual;
        }
        return new ResponseLimits(field, usual.headSize(), settings.badHeader(), usual.interimResponses());
    }

    private void sending(ClientExchange started, boolean expects) {
        call = started;
        if (started instanceof InterimResponses interims) {
            interims.setInterimHandler(this::interim);
        }
        started.setResponseListener(this);
        if (!entity.isPresent() || over) {
            uploaded = true;
            return;
        }
        if (expects) {
            started.setContinueHandler(toldToContinue -> toldToContinue());
            flushHead(started.getRequestChannel());
        } else if (entity.expectsContinue()) {
            continueUpload();
        } else {
            upload();
        }
    }

    /** The backend wants the body: because the client asked for it first, or to show that it is there ({@code ping}). */
    private void toldToContinue() {
        awaitsContinue = false;
        if (entity.expectsContinue()) {
            continueUpload();
        } else if (upload == null && !over && !answered) {
            waitFor(Waits.FOR_CLIENT);
            upload();
        }
    }

    private void flushHead(StreamSinkChannel sink) {
        try {
            if (!sink.flush()) {
                sink.getWriteSetter().set(channel -> {
                    sink.suspendWrites();
                    flushHead(sink);
                });
                sink.resumeWrites();
            }
        } catch (IOException e) {
            uploadFailed(e);
        }
    }

    /** The client is told to send its body, and it is carried as it comes. */
    private void continueUpload() {
        if (upload != null || over || answered) {
            return;
        }
        waitFor(Waits.FOR_CLIENT);
        HttpContinue.sendContinueResponse(exchange, new IoCallback() {
            @Override
            public void onComplete(HttpServerExchange told, Sender sender) {
                upload();
            }

            @Override
            public void onException(HttpServerExchange told, Sender sender, IOException e) {
                clientGone();
            }
        });
    }

    private void upload() {
        ClientExchange started = call;
        if (started == null || over || entity.channel() == null) {
            return;
        }
        BodyPump pump = new BodyPump(
                entity.channel(),
                exchange.getConnection().getByteBufferPool(),
                false,
                new Upload(started.getRequestChannel()));
        upload = pump;
        pump.start(entity.first(), entity.isComplete());
    }

    private void uploadFailed(IOException e) {
        // The backend may have answered before it stopped to read: the answer counts, where there is one.
        uploadFailure = e;
        uploaded = true;
        if (!over && !answered) {
            waitFor(Waits.FOR_BACKEND);
        }
    }

    private void notSent(IOException e) {
        if (e instanceof RequestException) {
            over();
            release(false);
            failures.refused(e);
        } else if (canRetry()) {
            retry();
        } else {
            responseFailed(e);
        }
    }

    /** The response has begun. */
    @Override
    public void completed(ClientExchange started) {
        ClientResponse response = started.getResponse();
        if (over || response == null) {
            return;
        }
        answered = true;
        worker.state().recovered();
        int status = response.getResponseCode();
        boolean overridden = location.overrides(status) && status != 101;
        entity.free();
        if (target.balanced() != null && !overridden) {
            target.balanced().answered(status);
        }
        String reason = response.getStatus();
        received = STATUS_LINE + (reason == null ? 0 : reason.length());
        exchange.putAttachment(ProxyAttachments.BACKEND_STATUS, status);
        if (status == 101) {
            switchProtocols(response);
        } else if (overridden) {
            override(response);
        } else {
            new ReturnedHead(settings, location).copy(response, exchange);
            download(started, response);
        }
    }

    private void switchProtocols(ClientResponse response) {
        String given = response.getResponseHeaders().getFirst(Headers.UPGRADE);
        ClientConnection lent = connection;
        if (upgrade == null || given == null || !given.equalsIgnoreCase(upgrade) || lent == null) {
            over();
            release(false);
            failures.unexpectedUpgrade(given, upgrade);
            return;
        }
        over();
        new ReturnedHead(settings, location).copy(response, exchange);
        Upgrades.tunnel(exchange, lent, given, backendNanos, () -> worker.pool().release(lent));
    }

    /** The server's own answer stands for the backend's, whose body nobody reads. */
    private void override(ClientResponse response) {
        HeaderMap headers = response.getResponseHeaders();
        int status = response.getResponseCode();
        over();
        release(false);
        String challenge = status == 401 ? headers.getFirst(Headers.WWW_AUTHENTICATE) : null;
        if (status == 401 && challenge == null) {
            log.log(
                    Level.ERROR,
                    "proxy_http",
                    exchange,
                    "AH01109: origin server sent 401 without WWW-Authenticate header");
        }
        ProxyFailure.override(exchange, status, response.getStatus(), challenge);
    }

    private void download(ClientExchange started, ClientResponse response) {
        if (hasNoBody(response)) {
            sourceEnded();
            over();
            EmptyAnswer.end(exchange);
            return;
        }
        BodyPump pump = new BodyPump(
                started.getResponseChannel(),
                exchange.getConnection().getByteBufferPool(),
                worker.parameters().flushPackets(),
                new Download());
        download = pump;
        String length = response.getResponseHeaders().getFirst(Headers.CONTENT_LENGTH);
        if (length != null) {
            pump.expect(Numbers.atoi(length));
        }
        pump.start(null, false);
    }

    private boolean hasNoBody(ClientResponse response) {
        int status = response.getResponseCode();
        if (exchange.getRequestMethod().equals(Methods.HEAD) || status == 204 || status == 304) {
            return true;
        }
        HeaderMap headers = response.getResponseHeaders();
        return "0".equals(headers.getFirst(Headers.CONTENT_LENGTH)) && !headers.contains(Headers.TRANSFER_ENCODING);
    }

    /** The backend has said everything: its connection is free, unless the request is still being sent. */
    private void sourceEnded() {
        if (upload != null) {
            upload.stop();
        }
        release(uploaded);
    }

    private void finished() {
        over();
        exchange.endExchange();
    }

    /** No response, or not the whole of its head. */
    @Override
    public void failed(IOException e) {
        if (over || answered) {
            return;
        }
        boolean unseen = e instanceof NotProcessed;
        boolean stale = e instanceof ResponseException read
                && read.reason() == ResponseException.Reason.NO_STATUS_LINE
                && canRetry();
        if (stale || (unseen && !retried && canSendAgain())) {
            retry();
        } else {
            responseFailed(e);
        }
    }

    /** A reused connection that ends before it answers was stale: nobody has seen the request, or it does no harm twice. */
    private boolean canRetry() {
        return reused && !retried && IDEMPOTENT.contains(exchange.getRequestMethod()) && canSendAgain();
    }

    private boolean canSendAgain() {
        return !entity.isPresent() || (entity.isComplete() && entity.first() != null);
    }

    private void retry() {
        retried = true;
        release(false);
        if (upload != null) {
            upload.stop();
            upload = null;
        }
        call = null;
        uploadFailure = null;
        acquire(true);
    }

    private void responseFailed(IOException e) {
        over();
        release(false);
        if (uploadFailure != null) {
            failures.sending(uploadFailure);
        } else {
            failures.reading(e);
        }
    }

    private void interim(int status, String reason, HeaderMap headers) {
        if (status == 100 || over || answered) {
            return;
        }
        waitFor(Waits.FOR_BACKEND);
        Request request = Request.of(exchange);
        String policy = request == null ? null : request.environment().get("proxy-interim-response");
        if (policy == null || policy.equalsIgnoreCase("RFC")) {
            InterimAnswer.send(exchange, status, reason, headers, new ReturnedHead(settings, location));
        }
    }

    private void clientGone() {
        over();
        release(false);
        Disconnects.abort(exchange);
    }

    @Override
    void expired() {
        if (over) {
            return;
        }
        if (waits == Waits.FOR_CLIENT) {
            over();
            release(false);
            failures.clientTimeout(isEarly());
            return;
        }
        over();
        release(false);
        if (target.balanced() != null && !answered) {
            target.balanced().timedOut();
        }
        if (awaitsContinue && !answered) {
            failures.continueTimeout();
        } else if (answered) {
            failures.body(Errno.TIMEOUT);
        } else {
            failures.timeout();
        }
    }

    private boolean isEarly() {
        return upload == null || upload.carried() < HTTPD_PREFETCHES;
    }

    private void waitFor(Waits side) {
        waits = side;
        arm(side == Waits.FOR_BACKEND ? backendNanos : settings.clientTimeout().toNanos());
    }

    /** Gives the connection back; one that is of no use any more is closed. */
    private void release(boolean usable) {
        ClientConnection lent = connection;
        connection = null;
        if (lent == null) {
            return;
        }
        if (target.balanced() != null) {
            target.balanced()
                    .carried(
                            sent + (upload == null ? 0 : upload.carried()),
                            received + (download == null ? 0 : download.came()));
        }
        if (!usable && !lent.isMultiplexingSupported()) {
            IoUtils.safeClose(lent);
        } else if (!usable && call != null && !isResponseRead()) {
            IoUtils.safeClose(call.getRequestChannel());
        }
        worker.pool().release(lent);
    }

    private boolean isResponseRead() {
        return download != null && download.isStopped();
    }

    private void over() {
        over = true;
        stop();
        if (target.balanced() == null) {
            entity.free();
        }
        if (upload != null) {
            upload.stop();
        }
        if (download != null) {
            download.stop();
        }
    }

    /** From the client to the backend. */
    private final class Upload implements BodyPump.Listener {
        private final StreamSinkChannel sink;

        Upload(StreamSinkChannel sink) {
            this.sink = sink;
        }

        @Override
        public StreamSinkChannel sink() {
            return sink;
        }

        @Override
        public void waitsForSource() {
            if (!answered) {
                waitFor(Waits.FOR_CLIENT);
            }
        }

        @Override
        public void waitsForSink() {
            if (!answered) {
                waitFor(Waits.FOR_BACKEND);
            }
        }

        @Override
        public void done() {
            uploaded = true;
            if (!answered) {
                waitFor(Waits.FOR_BACKEND);
            }
        }

        @Override
        public void readFailed(IOException e) {
            if (over) {
                return;
            }
            boolean started = answered;
            over();
            release(false);
            if (started) {
                Disconnects.abort(exchange);
            } else {
                failures.requestBody(e, isEarly());
            }
        }

        @Override
        public void writeFailed(IOException e) {
            uploadFailed(e);
        }
    }

    /** From the backend to the client. */
    private final class Download implements BodyPump.Listener {
        /** Opened with the first bytes: until then a broken body can still become an error page. */
        @Override
        public StreamSinkChannel sink() {
            return exchange.getResponseChannel();
        }

        @Override
        public void waitsForSource() {
            waitFor(Waits.FOR_BACKEND);
        }

        @Override
        public void waitsForSink() {
            waitFor(Waits.FOR_CLIENT);
        }

        @Override
        public void sourceEnded() {
            BackendCall.this.sourceEnded();
        }

        @Override
        public void done() {
            finished();
        }

        @Override
        public void readFailed(IOException e) {
            over();
            release(false);
            failures.body(
                    e instanceof ResponseException read && read.reason() == ResponseException.Reason.BODY_ENDED
                            ? Errno.INCOMPLETE
                            : Errno.of(e));
        }

        @Override
        public void writeFailed(IOException e) {
            if (log.keeps(Level.DEBUG, "proxy_http")) {
                log.log(Level.DEBUG, "proxy_http", exchange, "client went away: " + e.getMessage());
            }
            clientGone();
        }
    }
}
