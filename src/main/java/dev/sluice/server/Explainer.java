package dev.sluice.server;

import dev.sluice.config.ConfigLoader;
import dev.sluice.module.CannotStart;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Explains;
import dev.sluice.request.Hook;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.request.Responses;
import dev.sluice.server.Explanation.Step;
import dev.sluice.wire.BufferPool;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.SSLSessionInfo;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioWorker;

/**
 * Walks requests through a configuration as the server does, by the same code, and stops where the answer would begin:
 * nothing is listened on, sent or logged.
 */
public final class Explainer implements AutoCloseable {
    /** A request. {@code fields} are names and values in turn; Host is added where there is none. */
    public record Asked(
            String method,
            String target,
            String host,
            boolean tls,
            InetSocketAddress local,
            InetSocketAddress peer,
            List<String> fields) {}

    private static final int SECONDS = 20;
    private static final int BUFFER = 1024;
    private static final AttachmentKey<Trail> TRAIL = AttachmentKey.create(Trail.class);

    private final XnioWorker worker;
    private final BufferPool pool = new BufferPool(BUFFER);
    private final Generation generation;
    private final PhaseRunner runner;

    /** What is known of a request so far. */
    private static final class Trail {
        final List<Step> steps = new ArrayList<>();
        final CompletableFuture<Explanation> end = new CompletableFuture<>();

        void end(Request request, int status, List<String> answer) {
            List<Step> all;
            synchronized (steps) {
                all = List.copyOf(steps);
            }
            end.complete(
                    new Explanation(request.server(), List.of(), all, request.settings(), status, List.copyOf(answer)));
        }

        void add(Step step) {
            synchronized (steps) {
                steps.add(step);
            }
        }
    }

    private Explainer(XnioWorker worker, Generation generation) {
        this.worker = worker;
        this.generation = generation;
        this.runner = new PhaseRunner(() -> generation, Ending::new);
    }

    /**
     * Makes one; {@code loaded} should be without lines that open logs.
     *
     * @throws CannotStart where the configuration could not be served either
     */
    public static Explainer of(ConfigLoader.Loaded loaded) throws CannotStart {
        XnioWorker worker = TrialServer.worker("explain", 1);
        ErrorLogs logs = ErrorLogs.telling(new Telling(), loaded.configuration());
        try {
            return new Explainer(worker, Generation.start(loaded, logs, Explainer::watched));
        } catch (CannotStart e) {
            worker.shutdownNow();
            throw e;
        }
    }

    /** Walks {@code asked} through; IllegalStateException where that takes longer than anybody waits. */
    public Explanation explain(Asked asked) {
        Trail trail = new Trail();
        TrialConnection connection = new TrialConnection(
                worker.getIoThread(), pool, asked.local(), asked.peer(), asked.tls() ? new NoSession() : null);
        HttpServerExchange exchange = exchange(connection, asked);
        exchange.putAttachment(TRAIL, trail);
        worker.getIoThread().execute(() -> Connectors.executeRootHandler(runner, exchange));
        try {
            Explanation found = trail.end.get(SECONDS, TimeUnit.SECONDS);
            return new Explanation(
                    found.server(),
                    generation.router().hostsAt(asked.local()),
                    found.steps(),
                    found.settings(),
                    found.status(),
                    found.answer());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer within " + SECONDS + " s", e);
        } finally {
            generation.leave();
        }
    }

    private static HttpServerExchange exchange(TrialConnection connection, Asked asked) {
        HttpServerExchange exchange = new HttpServerExchange(connection);
        exchange.setRequestMethod(new HttpString(asked.method()));
        exchange.setProtocol(Protocols.HTTP_1_1);
        exchange.setRequestScheme(asked.tls() ? "https" : "http");
        int query = asked.target().indexOf('?');
        String path = query < 0 ? asked.target() : asked.target().substring(0, query);
        boolean empty = query == asked.target().length() - 1;
        exchange.setRequestURI(empty ? asked.target() : path);
        exchange.setRequestPath(path);
        exchange.setRelativePath(path);
        exchange.setQueryString(query < 0 ? "" : asked.target().substring(query + 1));
        exchange.getRequestHeaders().put(Headers.HOST, asked.host());
        for (int i = 0; i < asked.fields().size(); i += 2) {
            HttpString name = new HttpString(asked.fields().get(i));
            if (name.equals(Headers.HOST)) {
                exchange.getRequestHeaders().put(name, asked.fields().get(i + 1));
            } else {
                exchange.getRequestHeaders().add(name, asked.fields().get(i + 1));
            }
        }
        Connectors.terminateRequest(exchange);
        return exchange;
    }

    @Override
    public void close() {
        generation.retire();
        worker.shutdownNow();
    }

    /** A hook that leaves word of what it did, and hands the answer to {@link #stop}. */
    private static Hook watched(Phase phase, String module, Hook hook) {
        return request -> {
            String filename = request.filename();
            String handler = request.handler();
            String path = request.path();
            String user = request.user();
            Outcome outcome = hook.run(request);
            List<String> done = new ArrayList<>();
            changed(done, "path", path, request.path());
            changed(done, "filename", filename, request.filename());
            changed(done, "handler", handler, request.handler());
            changed(done, "user", user, request.user());
            if (outcome.status() != 0) {
                done.add("answers " + outcome.status());
            } else if (outcome.redirect() != null) {
                done.add("begins again with " + outcome.redirect());
            } else if (outcome == Outcome.OK && done.isEmpty() && phase.runs() == Phase.Runs.FIRST) {
                done.add("lets it pass");
            }
            Trail trail = request.exchange().getAttachment(TRAIL);
            if (!done.isEmpty() && trail != null) {
                trail.add(new Explanation.Acted(phase, module, String.join(", ", done)));
            }
            HttpHandler answering = outcome.handler();
            return answering == null ? outcome : Outcome.answerWith(exchange -> stop(exchange, answering));
        };
    }

    private static void changed(List<String> done, String what, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) {
            done.add(what + " " + after);
        }
    }

    private static void stop(HttpServerExchange exchange, HttpHandler answering) {
        Trail trail = exchange.getAttachment(TRAIL);
        Request request = Request.of(exchange);
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {});
        if (trail == null || request == null) {
            return;
        }
        List<String> answer = answering instanceof Explains explaining
                ? explaining.explain(exchange)
                : List.of(request.handler() == null ? "answered by " + answering : "handler " + request.handler());
        trail.end(request, 0, answer);
    }

    /** Ends requests with word of how they would end. */
    private record Ending(Responses real) implements Responses {
        @Override
        public void fail(Request request, int status) {
            Trail trail = request.exchange().getAttachment(TRAIL);
            request.exchange().dispatch(SameThreadExecutor.INSTANCE, () -> {});
            if (trail != null) {
                List<String> answer = new ArrayList<>();
                String location = request.exchange().getResponseHeaders().getFirst(Headers.LOCATION);
                if (location != null) {
                    answer.add("Location: " + location);
                }
                trail.end(request, status, answer);
            }
        }

        @Override
        public void redirectInternally(Request request, String target) {
            Trail trail = request.exchange().getAttachment(TRAIL);
            if (trail != null) {
                trail.add(new Explanation.Redirected(target));
            }
            real.redirectInternally(request, target);
        }
    }

    /** Leaves word of every line that a request would have in the error log. */
    private static final class Telling implements ErrorLog {
        @Override
        public boolean keeps(Level level, String module) {
            return true;
        }

        @Override
        public void log(Level level, String module, @Nullable HttpServerExchange exchange, String message) {
            Trail trail = exchange == null ? null : exchange.getAttachment(TRAIL);
            if (trail != null) {
                trail.add(new Explanation.Logged(level, module, message));
            }
        }
    }

    /** TLS with nothing agreed on yet. */
    private static final class NoSession implements SSLSessionInfo {
        private final SSLSession session = session();

        private static SSLSession session() {
            try {
                return SSLContext.getDefault().createSSLEngine().getSession();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte @Nullable [] getSessionId() {
            return null;
        }

        @Override
        public String getCipherSuite() {
            return session.getCipherSuite();
        }

        @Override
        public java.security.cert.Certificate[] getPeerCertificates() {
            return new java.security.cert.Certificate[0];
        }

        @Override
        @SuppressWarnings({"deprecation", "removal"})
        public javax.security.cert.X509Certificate[] getPeerCertificateChain() {
            return new javax.security.cert.X509Certificate[0];
        }

        @Override
        public void renegotiate(HttpServerExchange exchange, org.xnio.SslClientAuthMode mode) {}

        @Override
        public SSLSession getSSLSession() {
            return session;
        }
    }
}
