package dev.sluice.server;

import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.IfWalk;
import dev.sluice.modules.core.LocationWalk;
import dev.sluice.request.Filter;
import dev.sluice.request.Hook;
import dev.sluice.request.Level;
import dev.sluice.request.Lookup;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.request.Responses;
import dev.sluice.wire.Refusal;
import io.undertow.server.ConduitWrapper;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ConduitFactory;
import io.undertow.util.Methods;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Takes each request through the phases: the root handler of every connection.
 *
 * <p>Everything up to the mapping of the path runs on the exchange's I/O thread; a request that is proxied never leaves
 * it. One that is mapped to a file goes on, from MAP_TO_STORAGE, on a worker thread.
 */
final class PhaseRunner implements HttpHandler {
    /** What httpd calls the URL of a file that is looked at for itself. */
    private static final String FILE = "INTERNALLY GENERATED file-relative req";

    private final Supplier<Generation> current;
    private final Responses responses;
    private final HttpHandler translateOnWorker = exchange -> translate(request(exchange));
    private final HttpHandler mapOnWorker = exchange -> afterTranslation(request(exchange));
    private final Lookup lookup = new Lookups();
    private final ConduitWrapper<StreamSinkConduit> responseHead = this::begin;
    private final ExchangeCompletionListener log = this::completed;

    PhaseRunner(Supplier<Generation> current) {
        this.current = current;
        this.responses = new ErrorResponses(this);
    }

    /** One whose requests end otherwise: {@code responses} makes of httpd's way the other one. */
    PhaseRunner(Supplier<Generation> current, UnaryOperator<Responses> responses) {
        this.current = current;
        this.responses = responses.apply(new ErrorResponses(this));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Generation generation = entered();
        Server server = generation.router().route(exchange);
        String raw = RequestChecks.target(exchange);
        Settings settings = server.settings();
        RequestTarget target = RequestTarget.of(
                raw, settings.get(CoreModule.MERGE_SLASHES), settings.get(CoreModule.ALLOW_ENCODED_SLASHES));
        Request request = begun(generation, server, exchange, raw, target);
        exchange.addResponseWrapper(responseHead);
        if (isForAnother(exchange) && !goesOn(request, decide(request, Phase.POST_READ_REQUEST))) {
            return;
        }
        // A proxy of its clients passes on what is no path of its own.
        int status = RequestChecks.status(request, target, generation.router());
        RepeatedFields.join(exchange);
        if (status != 0) {
            request.fail(status);
        } else if (isForAnother(exchange) || goesOn(request, decide(request, Phase.POST_READ_REQUEST))) {
            translate(request);
        }
    }

    /** True where the target may be another server's: then it is asked first who takes it. */
    private static boolean isForAnother(HttpServerExchange exchange) {
        return exchange.isHostIncludedInRequestURI() || exchange.getRequestMethod().equals(Methods.CONNECT);
    }

    /** Answers an exchange whose head a codec refused, with the status that it set. */
    void refused(HttpServerExchange exchange) {
        Generation generation = entered();
        Server server = generation.router().route(exchange);
        String raw = RequestChecks.target(exchange);
        Request request = begun(generation, server, exchange, raw, RequestTarget.undecoded(raw));
        exchange.addResponseWrapper(responseHead);
        Refusal refusal = exchange.getAttachment(Refusal.KEY);
        if (refusal != null) {
            request.errorNotes(refusal.notes());
            for (Refusal.Line line : refusal.log()) {
                request.log(line.debug() ? Level.DEBUG : Level.INFO, line.module(), line.text());
            }
        }
        request.fail(exchange.getStatusCode());
    }

    /** Has a request logged that no phase runs for: it is answered by another protocol. */
    void logged(HttpServerExchange exchange) {
        Generation generation = entered();
        String raw = RequestChecks.target(exchange);
        begun(generation, generation.router().route(exchange), exchange, raw, RequestTarget.undecoded(raw));
    }

    private Generation entered() {
        Generation generation = current.get();
        while (!generation.enter()) {
            generation = current.get();
        }
        return generation;
    }

    private Request begun(
            Generation generation, Server server, HttpServerExchange exchange, String raw, RequestTarget target) {
        Request request = new Request(
                exchange, server, generation.errorLog(server), responses, raw, target.path(), target.query(), null);
        request.emptyQuery(target.query().isEmpty() && RequestTarget.hasEmptyQuery(raw));
        exchange.putAttachment(Request.KEY, request);
        exchange.putAttachment(Generation.KEY, generation);
        exchange.addExchangeCompleteListener(log);
        return request;
    }

    /** From TRANSLATE_NAME on; also where an internal redirect starts again. */
    void translate(Request request) {
        request.lookup(lookup);
        request.settings(locations(request, request.server().defaults()));
        HttpServerExchange exchange = request.exchange();
        Outcome walked = conditions(request);
        Outcome outcome = walked.goesOn() ? decide(request, Phase.TRANSLATE_NAME) : walked;
        if (outcome == Outcome.ON_WORKER && exchange.isInIoThread()) {
            exchange.dispatch(translateOnWorker);
        } else if (goesOn(request, outcome)) {
            if (request.isProxied() || !exchange.isInIoThread()) {
                afterTranslation(request);
            } else {
                exchange.dispatch(mapOnWorker);
            }
        }
    }

    private void afterTranslation(Request request) {
        Outcome mapped = map(request);
        if (mapped == Outcome.ON_WORKER) {
            request.exchange().dispatch(mapOnWorker);
        } else if (goesOn(request, mapped)) {
            proceed(request, Phase.HEADER_PARSER);
        }
    }

    /** The phases from {@code first} on; a hook that must not block has them go on elsewhere. */
    private void proceed(Request request, Phase first) {
        HttpServerExchange exchange = request.exchange();
        Phase phase = first;
        while (phase != Phase.RESPONSE_HEAD) {
            if (phase == Phase.HANDLER && request.isProxied() && !exchange.isInIoThread()) {
                exchange.dispatch(exchange.getIoThread(), on -> proceed(request(on), Phase.HANDLER));
                return;
            }
            Outcome outcome = decide(request, phase);
            if (phase == Phase.INSERT_FILTER) {
                FilteredRequest.begin(request);
            }
            if (outcome == Outcome.ON_WORKER && exchange.isInIoThread()) {
                Phase again = phase;
                exchange.dispatch(on -> proceed(request(on), again));
                return;
            }
            Outcome judged = PhaseOrder.judged(request, phase, outcome);
            if (!goesOn(request, judged)) {
                return;
            }
            phase = PhaseOrder.after(request, phase, judged);
        }
        request.fail(404);
    }

    /** The sections that the mapped name falls under. */
    private Outcome map(Request request) {
        Settings base = request.server().defaults();
        if (request.isProxied()) {
            String url = request.filename() == null ? "" : request.filename();
            base = proxySections(request, url, base);
        } else {
            // What translating saw of <Location> does not stand for a walk that fails (ap_process_request_internal).
            request.settings(base);
            Outcome outcome = walked(request);
            if (!outcome.goesOn()) {
                return outcome;
            }
            base = request.settings();
        }
        request.settings(locations(request, base));
        Outcome walked = conditions(request);
        return walked.goesOn() ? decide(request, Phase.MAP_TO_STORAGE) : walked;
    }

    private Outcome walked(Request request) {
        try {
            return generation(request).directories(request.server()).walkOnWorker(request);
        } catch (RuntimeException e) {
            ErrorResponses.logFailure(request, e);
            return Outcome.status(500);
        }
    }

    private static Settings locations(Request request, Settings base) {
        LocationWalk walk = generation(request).locations(request.server());
        return walk.walk(base, request.path(), request.environment());
    }

    /** The conditional sections; {@link Outcome#ON_WORKER} where their conditions must not be tried on this thread. */
    private static Outcome conditions(Request request) {
        if (IfWalk.blocks(request.settings()) && request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        try {
            IfWalk.walk(request);
            return Outcome.OK;
        } catch (RuntimeException e) {
            ErrorResponses.logFailure(request, e);
            return Outcome.status(500);
        }
    }

    private static Settings proxySections(Request request, String url, Settings base) {
        Settings merged = base;
        for (Section section : request.server().sections()) {
            if ((section.kind() == Section.Kind.PROXY || section.kind() == Section.Kind.PROXY_MATCH)
                    && LocationWalk.matches(section.matcher(), url, request.environment())) {
                merged = merged.over(section.settings());
            }
        }
        return merged;
    }

    /** What the hooks of a phase come to; declined where the first that knows should have decided, and none did. */
    private static Outcome decide(Request request, Phase phase) {
        Hook[] hooks = generation(request).hooks(phase);
        try {
            for (int i = 0; i < hooks.length; i++) {
                Outcome outcome = hooks[i].run(request);
                if (!outcome.goesOn() || (outcome == Outcome.OK && phase.runs() == Phase.Runs.FIRST)) {
                    return outcome;
                }
            }
        } catch (RuntimeException e) {
            ErrorResponses.logFailure(request, e);
            return Outcome.status(500);
        }
        return phase.runs() == Phase.Runs.FIRST ? Outcome.DECLINED : Outcome.OK;
    }

    /** Acts on what was decided; false where the request ended there. */
    private boolean goesOn(Request request, Outcome outcome) {
        if (outcome.goesOn()) {
            return true;
        }
        String redirect = outcome.redirect();
        HttpHandler handler = outcome.handler();
        Request found = outcome.request();
        if (redirect != null) {
            request.redirectInternally(redirect);
        } else if (found != null) {
            found.takePlaceOf(request);
            request.exchange().putAttachment(Request.KEY, found);
            proceed(found, Phase.INSERT_FILTER);
        } else if (handler != null) {
            answer(request, handler);
        } else {
            request.fail(outcome.status() == 0 ? 500 : outcome.status());
        }
        return false;
    }

    private static void answer(Request request, HttpHandler handler) {
        HttpServerExchange exchange = request.exchange();
        if (request.isProxied() && !exchange.isInIoThread()) {
            exchange.dispatch(exchange.getIoThread(), handler);
            return;
        }
        try {
            handler.handleRequest(exchange);
        } catch (Exception e) {
            ErrorResponses.logFailure(request, e);
            request.fail(500);
        }
    }

    /** The phases up to FIXUPS for another URL or file of the same client; blocks. */
    private final class Lookups implements Lookup {
        @Override
        public Result of(Request from, String uri) {
            String target = uri.startsWith("/") ? uri : folder(from.path()) + uri;
            Next next = next(from, target, false);
            Request request = next.request;
            if (request == null || next.status != 0) {
                return new Result(request == null ? from : request, next.status);
            }
            begin(request, from);
            request.settings(locations(request, request.server().defaults()));
            Outcome outcome = conditions(request);
            if (outcome.goesOn()) {
                outcome = decide(request, Phase.TRANSLATE_NAME);
            }
            return outcome.goesOn() ? mapped(request) : result(request, outcome);
        }

        @Override
        public Result ofFile(Request from, String name) {
            Next next = next(from, "/", false);
            Request request = next.request;
            if (request == null) {
                return new Result(from, next.status);
            }
            begin(request, from);
            String filename = from.filename() == null ? "" : from.filename();
            String file = FileNames.normalized(name.startsWith("/") ? name : folder(filename) + name);
            String slash = name.endsWith("/") ? "/" : "";
            String rest = from.pathInfo();
            String own = from.path().endsWith(rest)
                    ? from.path().substring(0, from.path().length() - rest.length())
                    : from.path();
            boolean sameFolder = folder(file).equals(folder(filename));
            request.path(sameFolder ? folder(own) + file.substring(folder(file).length()) + slash : FILE);
            request.filename(file + slash);
            return mapped(request);
        }

        private void begin(Request request, Request from) {
            request.lookup(lookup);
            request.main(from);
            from.environment().all().forEach(request.environment()::set);
        }

        private Result mapped(Request request) {
            Outcome outcome = map(request);
            Phase phase = Phase.HEADER_PARSER;
            while (outcome.goesOn() && phase != Phase.INSERT_FILTER) {
                outcome = PhaseOrder.judged(request, phase, decide(request, phase));
                phase = PhaseOrder.after(request, phase, outcome);
            }
            return result(request, outcome);
        }

        private Result result(Request request, Outcome outcome) {
            Request found = outcome.request();
            if (found != null) {
                found.takePlaceOf(request);
            }
            return new Result(found == null ? request : found, outcome.status() == 0 ? 200 : outcome.status());
        }

        private static String folder(String path) {
            return path.substring(0, path.lastIndexOf('/') + 1);
        }
    }

    /**
     * A request that follows another.
     *
     * @param request null where there were too many already
     * @param status of a target that cannot be served; else 0
     */
    record Next(@Nullable Request request, int status) {}

    /** Starts {@code next} in the place of a request that was redirected internally. */
    void restart(Request next) {
        next.exchange().putAttachment(Request.KEY, next);
        if (goesOn(next, decide(next, Phase.POST_READ_REQUEST))) {
            translate(next);
        }
    }

    /** A request for {@code target} in the place of {@code request}, whose variables it knows by longer names. */
    Next redirected(Request request, String target) {
        Next next = next(request, target, true);
        Request to = next.request;
        if (to != null) {
            request.environment().all().forEach((name, value) -> to.environment()
                    .set("REDIRECT_" + name, value));
            to.environment().set("REDIRECT_STATUS", "200");
            to.inheritAlwaysHeaders(request);
            to.variantListTag(request.variantListTag());
            to.main(request.main());
        }
        return next;
    }

    private Next next(Request request, String target, boolean isRedirect) {
        int limit = request.server().settings().get(CoreModule.LIMIT_INTERNAL_RECURSION);
        int depth = 1;
        for (Request before = request.previous(); before != null; before = before.previous()) {
            depth++;
        }
        if (depth > limit) {
            request.log(
                    Level.ERROR,
                    "core",
                    (isRedirect ? "AH00124" : "AH00125") + ": Request exceeded the limit of " + limit
                            + (isRedirect ? " internal redirects" : " subrequest nesting levels")
                            + " due to probable configuration error."
                            + " Use 'LimitInternalRecursion' to increase the limit if necessary."
                            + " Use 'LogLevel debug' to get a backtrace.");
            return new Next(null, 500);
        }
        Settings settings = request.server().settings();
        RequestTarget to = RequestTarget.of(
                target, settings.get(CoreModule.MERGE_SLASHES), settings.get(CoreModule.ALLOW_ENCODED_SLASHES));
        Request next = new Request(
                request.exchange(),
                request.server(),
                request.errorLog(),
                responses,
                request.unparsedUri(),
                to.path(),
                to.query(),
                request);
        next.emptyQuery(RequestTarget.hasEmptyQuery(target));
        return new Next(next, to.status());
    }

    /** The response begins: its status is known, its other headers may wait for what filters do. */
    private StreamSinkConduit begin(ConduitFactory<StreamSinkConduit> factory, HttpServerExchange exchange) {
        Request request = request(exchange);
        if (request.errorStatus() != 0 && exchange.getStatusCode() == 200) {
            exchange.setStatusCode(request.errorStatus());
        }
        List<Filter> filters = request.beginOutput();
        if (filters.isEmpty()) {
            responseHead(exchange, request);
            return factory.create();
        }
        return new FilteredResponse(request, filters, () -> {
            responseHead(exchange, request);
            return factory.create();
        });
    }

    private static void responseHead(HttpServerExchange exchange, Request request) {
        Generation generation = generation(request);
        KeepAlives.decide(exchange, request.server().settings());
        for (Hook hook : generation.hooks(Phase.RESPONSE_HEAD)) {
            hook.run(request);
        }
        request.joinAlwaysHeaders();
        Vary.join(exchange.getResponseHeaders());
        // After the hooks: what they say of Server and Date does not stand (basic_http_header, http_filters.c).
        generation.banner().putInto(exchange, request);
    }

    private void completed(HttpServerExchange exchange, ExchangeCompletionListener.NextListener next) {
        Request request = request(exchange);
        Generation generation = generation(request);
        try {
            for (Hook hook : generation.hooks(Phase.LOG)) {
                hook.run(request);
            }
        } catch (RuntimeException e) {
            ErrorResponses.logFailure(request, e);
        } finally {
            generation.leave();
            next.proceed();
        }
    }

    /** Ends an exchange whose response cannot be completed: the client must see that it is not whole. */
    void abort(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        IoUtils.safeClose(exchange.getConnection());
    }

    private static Request request(HttpServerExchange exchange) {
        Request request = Request.of(exchange);
        if (request == null) {
            throw new IllegalStateException("exchange: no request (expected: one that came in by the phases)");
        }
        return request;
    }

    private static Generation generation(Request request) {
        return request.exchange().getAttachment(Generation.KEY);
    }
}
