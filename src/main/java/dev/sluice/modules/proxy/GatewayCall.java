package dev.sluice.modules.proxy;

import dev.sluice.modules.proxy.gateway.GatewayConnection;
import dev.sluice.modules.proxy.gateway.GatewayExchange;
import dev.sluice.modules.proxy.gateway.GatewayHead;
import dev.sluice.modules.proxy.gateway.MalformedHead;
import dev.sluice.request.EmptyAnswer;
import dev.sluice.request.Request;
import io.undertow.client.ClientConnection;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * One request on its way to an application server and its answer on its way back. Lives on the exchange's I/O thread; waits for
 * one of the two sides at a time, and for each no longer than its timeout. Nothing is tried twice: a script may have run.
 */
final class GatewayCall extends Deadlines.Watch implements WorkerPool.Borrower {
    private final HttpServerExchange exchange;
    private final Request request;
    private final ProxyTarget target;
    private final Worker worker;
    private final GatewayProtocol protocol;
    private final ProxySettings settings;
    private final LocationSettings location;
    private final RequestEntity entity;
    private final GatewayFailures failures;
    private final long backendNanos;
    private @Nullable GatewayConnection connection;
    private @Nullable GatewayExchange call;
    private @Nullable BodyPump upload;
    private @Nullable BodyPump download;
    private @Nullable IOException uploadFailure;
    private boolean waitsForClient;
    private boolean answered;
    private boolean over;

    /** @param protocol what the worker's scheme stands for */
    GatewayCall(
            Request request,
            ProxyTarget target,
            GatewayProtocol protocol,
            RequestEntity entity,
            ProxySettings settings,
            LocationSettings location) {
        this.exchange = request.exchange();
        this.request = request;
        this.worker = target.worker();
        this.protocol = protocol;
        this.entity = entity;
        this.settings = settings;
        this.location = location;
        this.target = target;
        this.failures = new GatewayFailures(request, target, protocol, this::elsewhere);
        Duration own = worker.parameters().timeout();
        this.backendNanos = (own == null ? settings.timeout() : own).toNanos();
    }

    /** Asks another member of the balancer, where nothing of the body has gone; false where there is none. */
    private boolean elsewhere(int status) {
        BalancedRequest balanced = target.balanced();
        boolean again = !exchange.isResponseStarted() && (upload == null || upload.carried() == 0);
        ProxyTarget next = balanced == null ? null : balanced.after(status, again);
        GatewayProtocol spoken =
                next == null ? null : GatewayProtocol.of(next.url().scheme());
        if (next == null || spoken == null) {
            return false;
        }
        GatewayCall another = new GatewayCall(request, next, spoken, entity, settings, location);
        if (another.mayBegin()) {
            another.acquire();
        }
        return true;
    }

    void start() {
        if (target.balanced() != null) {
            exchange.addExchangeCompleteListener((ended, next) -> {
                entity.free();
                next.proceed();
            });
        }
        if (!mayBegin()) {
            return;
        }
        entity.prefetch(true, new RequestEntity.Prefetch() {
            @Override
            public void ready() {
                acquire();
            }

            @Override
            public void failed(IOException e) {
                over();
                failures.requestBody(e);
            }

            @Override
            public void waitsForClient() {
                waitForClient();
            }
        });
    }

    private boolean mayBegin() {
        exchange.putAttachment(ProxyAttachments.WORKER, worker);
        switch (worker.state().verdict()) {
            case TOO_SOON, STOPPED -> {
                over();
                failures.disabled();
                return false;
            }
            case RETRIED, USABLE -> {}
        }
        return true;
    }

    private void acquire() {
        worker.pool()
                .acquire(exchange.getIoThread(), exchange.getConnection().getByteBufferPool(), false, this);
    }

    @Override
    public void failed(AcquireFailure failure) {
        over();
        failures.acquire(failure);
    }

    @Override
    public void acquired(ClientConnection lent, boolean wasUsed) {
        if (!(lent instanceof GatewayConnection own)) {
            throw new IllegalStateException("connection of " + worker + ": HTTP (expected: a gateway's)");
        }
        connection = own;
        GatewayExchange begun = protocol.begin(own, request, worker);
        if (begun == null) {
            over();
            release(false);
            ProxyFailure.answer(exchange, 501, null);
            return;
        }
        call = begun;
        waitForBackend();
        Duration ping = worker.parameters().ping();
        if (ping != null && protocol == GatewayProtocol.AJP) {
            arm(Math.min(ping.toNanos(), backendNanos));
        }
        send(begun.requestChannel());
        if (!over) {
            begun.responseChannel().getReadSetter().set(channel -> readHead());
            begun.responseChannel().resumeReads();
        }
    }

    private void send(StreamSinkChannel sink) {
        if (!entity.isPresent() || entity.channel() == null) {
            try {
                sink.shutdownWrites();
            } catch (IOException e) {
                uploadFailure = e;
            }
            flush(sink);
            return;
        }
        if (!entity.expectsContinue()) {
            upload(sink);
            return;
        }
        waitForClient();
        HttpContinue.sendContinueResponse(exchange, new IoCallback() {
            @Override
            public void onComplete(HttpServerExchange told, Sender sender) {
                upload(sink);
            }

            @Override
            public void onException(HttpServerExchange told, Sender sender, IOException e) {
                clientGone();
            }
        });
    }

    private void upload(StreamSinkChannel sink) {
        if (over || entity.channel() == null) {
            return;
        }
        BodyPump pump =
                new BodyPump(entity.channel(), exchange.getConnection().getByteBufferPool(), false, new Upload(sink));
        upload = pump;
        pump.start(entity.first(), entity.isComplete());
    }

    private void flush(StreamSinkChannel sink) {
        try {
            if (sink.flush()) {
                sink.suspendWrites();
            } else {
                sink.getWriteSetter().set(channel -> flush(sink));
                sink.resumeWrites();
            }
        } catch (IOException e) {
            // What was answered before counts, where there is something.
            uploadFailure = e;
        }
    }

    private void readHead() {
        GatewayExchange begun = call;
        if (begun == null || over || answered) {
            return;
        }
        try {
            if (!begun.readHead()) {
                return;
            }
        } catch (MalformedHead e) {
            over();
            release(false);
            failures.malformed();
            return;
        } catch (IOException e) {
            over();
            release(false);
            failures.reading(uploadFailure == null ? e : uploadFailure);
            return;
        }
        begun.responseChannel().suspendReads();
        answered = true;
        worker.state().recovered();
        BalancedRequest balanced = target.balanced();
        if (balanced != null) {
            balanced.answered(begun.head().status() == 0 ? 200 : begun.head().status());
        }
        answer(begun);
    }

    private void answer(GatewayExchange begun) {
        GatewayHead head = begun.head();
        int given = head.status() == 0 ? 200 : head.status();
        exchange.putAttachment(ProxyAttachments.BACKEND_STATUS, given);
        String redirect = head.internalRedirect();
        if (redirect != null) {
            over();
            release(false);
            exchange.setRequestMethod(Methods.GET);
            exchange.getRequestHeaders().remove(Headers.CONTENT_LENGTH);
            request.redirectInternally(redirect);
            return;
        }
        if (protocol.letsErrorsBeReplaced() && location.overrides(given) && request.previous() == null) {
            over();
            release(false);
            ProxyFailure.override(exchange, given, null, null);
            return;
        }
        int ends = head.apply();
        if (protocol.mapsBack()) {
            location.reverse().mapBack(exchange);
        }
        if (ends == 500) {
            over();
            release(false);
            failures.unfitHead();
        } else if (ends != 0 || hasNoBody()) {
            over();
            release(begun.hasEnded());
            EmptyAnswer.end(exchange);
        } else {
            download(begun);
        }
    }

    private boolean hasNoBody() {
        int status = exchange.getStatusCode();
        return exchange.getRequestMethod().equals(Methods.HEAD) || status == 204 || status == 304;
    }

    private void download(GatewayExchange begun) {
        BodyPump pump = new BodyPump(
                begun.responseChannel(),
                exchange.getConnection().getByteBufferPool(),
                worker.parameters().flushPackets(),
                new Download());
        download = pump;
        pump.holdHead();
        pump.start(null, false);
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
        GatewayExchange begun = call;
        over();
        release(false);
        if (waitsForClient || begun == null) {
            failures.clientTimeout();
        } else {
            failures.timeout(begun.head());
        }
    }

    private void waitForBackend() {
        waitsForClient = false;
        arm(backendNanos);
    }

    private void waitForClient() {
        waitsForClient = true;
        arm(settings.clientTimeout().toNanos());
    }

    private void release(boolean whole) {
        GatewayConnection lent = connection;
        GatewayExchange begun = call;
        connection = null;
        call = null;
        if (lent == null) {
            return;
        }
        boolean kept = begun != null && begun.end(whole && worker.parameters().reuse());
        if (!kept) {
            IoUtils.safeClose(lent);
        }
        worker.pool().release(lent);
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

    /** From the client to the application. */
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
                waitForClient();
            }
        }

        @Override
        public void waitsForSink() {
            if (!answered) {
                waitForBackend();
            }
        }

        @Override
        public void done() {
            if (!answered) {
                waitForBackend();
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
                failures.requestBody(e);
            }
        }

        @Override
        public void writeFailed(IOException e) {
            uploadFailure = e;
        }
    }

    /** From the application to the client. */
    private final class Download implements BodyPump.Listener {
        /** Opened with the first bytes: until then a broken body can still become an error page. */
        @Override
        public StreamSinkChannel sink() {
            return exchange.getResponseChannel();
        }

        @Override
        public void waitsForSource() {
            waitForBackend();
        }

        @Override
        public void waitsForSink() {
            waitForClient();
        }

        @Override
        public void sourceEnded() {
            if (upload != null) {
                upload.stop();
            }
            release(true);
            if (download != null && download.isEmpty()) {
                exchange.setResponseContentLength(0);
            }
        }

        @Override
        public void done() {
            over();
            exchange.endExchange();
        }

        @Override
        public void readFailed(IOException e) {
            over();
            release(false);
            failures.reading(e);
        }

        @Override
        public void writeFailed(IOException e) {
            clientGone();
        }
    }
}
