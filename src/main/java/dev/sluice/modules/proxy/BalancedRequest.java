package dev.sluice.modules.proxy;

import dev.sluice.modules.proxy.balancer.Balancer;
import dev.sluice.modules.proxy.balancer.Member;
import dev.sluice.modules.proxy.balancer.Session;
import dev.sluice.request.Environment;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request for a balancer, on its way from one member to the next until one answers (proxy_handler, mod_proxy.c). Lives on
 * the exchange's I/O thread.
 */
final class BalancedRequest {
    static final AttachmentKey<BalancedRequest> KEY = AttachmentKey.create(BalancedRequest.class);

    /** In how many steps the time of {@code timeout} is waited (find_best_worker). */
    private static final int STEPS = 100;

    private final HttpServerExchange exchange;
    private final Balancer balancer;
    private final String uri;
    private final Set<String> schemes;
    private final ErrorLog log;
    private final List<Member> chosen = new ArrayList<>(1);
    private int attempts;
    private int most;

    /**
     * @param uri path and query, as they are sent behind a member's own path
     * @param schemes those that a loaded module speaks
     */
    BalancedRequest(HttpServerExchange exchange, Balancer balancer, String uri, Set<String> schemes, ErrorLog log) {
        this.schemes = schemes;
        this.exchange = exchange;
        this.balancer = balancer;
        this.uri = uri;
        this.log = log;
    }

    /** Hands the first target to {@code goes}; where there is none, even after a while, the request ends with 503. */
    void start(Consumer<ProxyTarget> goes) {
        exchange.addExchangeCompleteListener((over, next) -> {
            chosen.forEach(Member::ends);
            next.proceed();
        });
        next(goes, STEPS);
    }

    private void next(Consumer<ProxyTarget> goes, int steps) {
        Balancer.Choice choice = balancer.choose(session());
        Member member = choice.member();
        if (member != null) {
            goes.accept(target(member, choice));
            return;
        }
        long millis = balancer.parameters().timeout().toMillis();
        if (choice.mayCome() && millis > 0 && steps > 0) {
            exchange.getIoThread()
                    .executeAfter(() -> next(goes, steps - 1), Math.max(1, millis / STEPS), TimeUnit.MILLISECONDS);
            return;
        }
        log.log(Level.ERROR, "proxy_balancer", exchange, choice.complaint());
        ProxyFailure.answer(exchange, 503, null);
    }

    private @Nullable Session session() {
        HeaderValues cookies = exchange.getRequestHeaders().get(Headers.COOKIE);
        String joined = cookies == null ? null : cookies.size() == 1 ? cookies.getFirst() : String.join(", ", cookies);
        return Session.of(balancer.parameters(), balancer.name() + uri, joined);
    }

    private ProxyTarget target(Member member, Balancer.Choice choice) {
        member.begins();
        chosen.add(member);
        Integer allowed = balancer.maxAttempts();
        if (most == 0 && allowed != null) {
            most = allowed;
        }
        Request request = Request.of(exchange);
        if (request != null) {
            tell(request, member, choice);
        }
        ProxyUrl url = member.worker().url();
        ProxyTarget target = new ProxyTarget(member.worker(), url, url.path() + uri, this);
        exchange.putAttachment(ProxyTarget.KEY, target);
        return target;
    }

    private void tell(Request request, Member member, Balancer.Choice choice) {
        Environment environment = request.environment();
        if (choice.changed()) {
            environment.set("BALANCER_ROUTE_CHANGED", "1");
        }
        environment.set("BALANCER_NAME", balancer.name());
        environment.set("BALANCER_WORKER_NAME", member.name());
        environment.set("BALANCER_WORKER_ROUTE", member.route());
        Session session = choice.session();
        if (session != null) {
            request.notes().set("session-sticky", session.sticky());
            request.notes().set("session-route", session.route());
            environment.set("BALANCER_SESSION_STICKY", session.sticky());
            environment.set("BALANCER_SESSION_ROUTE", session.route());
        }
    }

    /** Whether a module speaks the scheme of the member; that none does is logged. */
    boolean isSpoken(ProxyTarget target) {
        String scheme = target.url().scheme();
        if (!schemes.contains(scheme)) {
            log.log(
                    Level.WARN,
                    "proxy",
                    exchange,
                    "AH01144: No protocol handler was valid for the URL " + exchange.getRequestPath() + " (scheme '"
                            + scheme + "'). If you are using a DSO version of mod_proxy, make sure the proxy submodules"
                            + " are included in the configuration using LoadModule.");
            return false;
        }
        return true;
    }

    private Member member() {
        return chosen.get(chosen.size() - 1);
    }

    /**
     * What follows an attempt that came to {@code status} as httpd's scheme handlers return it: the next target, or null
     * where the request ends with this status.
     *
     * @param again whether the request can still be sent to another
     */
    @Nullable
    ProxyTarget after(int status, boolean again) {
        WorkerState state = member().state();
        if (status == 500 || status == 503) {
            state.failed();
        }
        if (status != 503 || state.isUsable() || !again || most <= attempts++) {
            return null;
        }
        Balancer.Choice choice = balancer.choose(session());
        Member member = choice.member();
        if (member == null) {
            log.log(Level.ERROR, "proxy_balancer", exchange, choice.complaint());
            return null;
        }
        return target(member, choice);
    }

    /** The backend answered {@code status}: {@code failonstatus} (proxy_balancer_post_request). */
    void answered(int status) {
        WorkerState state = member().state();
        if (!balancer.parameters().failOnStatus().contains(status) || state.is(WorkerStatus.IGNORE_ERRORS)) {
            return;
        }
        complain("AH01174: ", "due to status code " + status + " matching 'failonstatus' balancer parameter");
        state.failed();
    }

    /** The backend did not answer in time: {@code failontimeout}. */
    void timedOut() {
        WorkerState state = member().state();
        if (!balancer.parameters().failOnTimeout() || state.is(WorkerStatus.IGNORE_ERRORS)) {
            return;
        }
        complain("AH02460: ", "due to timeout and 'failontimeout' parameter being set");
        state.failed();
    }

    private void complain(String number, String why) {
        log.log(
                Level.ERROR,
                "proxy_balancer",
                exchange,
                number + balancer.name() + ": Forcing worker (" + member().name() + ") into error state " + why);
    }

    /** Counts what went to the member and what came of it, in bytes. */
    void carried(long sent, long received) {
        member().carried(sent, received);
    }
}
