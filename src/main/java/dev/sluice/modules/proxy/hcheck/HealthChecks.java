package dev.sluice.modules.proxy.hcheck;

import dev.sluice.expression.Evaluation;
import dev.sluice.modules.proxy.WorkerStatus;
import dev.sluice.modules.proxy.balancer.Balancer;
import dev.sluice.modules.proxy.balancer.Member;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.io.IOException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Checks the members of all balancers, each at its own interval: one that fails as often as its {@code hcfails} says is not
 * asked any more until as many checks as its {@code hcpasses} went well (hc_check, mod_proxy_hcheck.c). Checks block, on
 * threads of their own.
 */
public final class HealthChecks implements AutoCloseable {
    private static final String MODULE = "proxy_hcheck";

    /**
     * The balancers of one server.
     *
     * @param balancers asked each time, as members may be added
     * @param conditions of ProxyHCExpr, by name in lower case
     */
    public record Checked(
            Supplier<Collection<Balancer>> balancers, Map<String, HealthCondition> conditions, ErrorLog log) {}

    /** One member. Its fields are the checking thread's, but for {@code running}. */
    private static final class Due {
        private long sinceNanos = System.nanoTime();
        private volatile boolean running;
    }

    private final List<Checked> servers;
    private final boolean threaded;
    private final IdentityHashMap<Member, Due> dues = new IdentityHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(named("health checks"));
    private final ExecutorService threads;
    private final Future<?> ticks;

    /** @param size how many checks may run at a time; 0: one, and the clock waits for it */
    public HealthChecks(List<Checked> servers, int size) {
        this.servers = List.copyOf(servers);
        this.threaded = size > 0;
        this.threads = Executors.newFixedThreadPool(Math.max(1, size), named("health check"));
        long tick = HealthCheck.SHORTEST.toMillis();
        ticks = clock.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private void tick() {
        for (Checked server : servers) {
            for (Balancer balancer : server.balancers.get()) {
                for (Member member : balancer.members()) {
                    beginWhereDue(member, server);
                }
            }
        }
    }

    private void beginWhereDue(Member member, Checked server) {
        HealthCheck check = member.healthCheck();
        Due due = dues.computeIfAbsent(member, m -> new Due());
        boolean waits = check.method() == HealthCheck.Method.NONE
                || member.state().is(WorkerStatus.STOPPED)
                || due.running
                || System.nanoTime() - due.sinceNanos <= check.interval().toNanos();
        if (waits) {
            return;
        }
        due.sinceNanos = System.nanoTime();
        due.running = true;
        Runnable begin = () -> {
            try {
                judge(member, check, isWell(member, check, server), server.log);
            } finally {
                due.running = false;
            }
        };
        if (threaded) {
            threads.execute(begin);
        } else {
            begin.run();
        }
    }

    private static boolean isWell(Member member, HealthCheck check, Checked server) {
        if (server.log.keeps(Level.DEBUG, MODULE)) {
            server.log.log(Level.DEBUG, MODULE, "AH03256: Threaded Health checking " + member.name());
        }
        HealthAnswer answer;
        try {
            answer = HealthProbe.ask(member.worker(), check, server.log);
        } catch (IOException e) {
            return false;
        }
        HealthCondition condition = server.conditions.get(check.condition().toLowerCase(Locale.ROOT));
        if (check.method() == HealthCheck.Method.TCP) {
            return true;
        }
        if (condition == null) {
            return answer.status() >= 200 && answer.status() <= 399;
        }
        Evaluation<HealthAnswer> evaluation = new Evaluation<>(answer);
        boolean holds = condition.expression().test(evaluation);
        String failure = evaluation.failure();
        if (failure != null) {
            server.log.log(
                    Level.INFO,
                    MODULE,
                    "AH03301: Error on checking condition " + condition.name() + " for " + member.name() + ": "
                            + failure);
        }
        return holds && failure == null;
    }

    private void judge(Member member, HealthCheck check, boolean well, ErrorLog log) {
        String threadedly = threaded ? "Threaded " : "";
        if (member.state().is(WorkerStatus.HEALTH_FAILED)) {
            if (!well) {
                return;
            }
            member.passed(member.passed() + 1);
            if (member.passed() >= check.passes()) {
                member.passed(0);
                member.state().set(WorkerStatus.HEALTH_FAILED, false);
                member.state().set(WorkerStatus.IN_ERROR, false);
                log.log(Level.INFO, MODULE, "AH03302: " + threadedly + "Health check ENABLING " + member.name());
            }
        } else if (!well) {
            member.state().errorNow();
            member.failed(member.failed() + 1);
            if (member.failed() >= check.fails()) {
                member.failed(0);
                member.state().set(WorkerStatus.HEALTH_FAILED, true);
                log.log(Level.INFO, MODULE, "AH03303: " + threadedly + "Health check DISABLING " + member.name());
            }
        }
    }

    @Override
    public void close() {
        ticks.cancel(true);
        clock.shutdownNow();
        threads.shutdownNow();
    }
}
