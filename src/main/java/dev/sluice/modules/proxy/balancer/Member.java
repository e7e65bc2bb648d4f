package dev.sluice.modules.proxy.balancer;

import dev.sluice.modules.proxy.Worker;
import dev.sluice.modules.proxy.WorkerParameters;
import dev.sluice.modules.proxy.WorkerState;
import dev.sluice.modules.proxy.WorkerStatus;
import dev.sluice.modules.proxy.hcheck.HealthCheck;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A member of a balancer: a worker, and what the balancer knows of it. What the balancer-manager changes is volatile; what
 * an election counts is touched under the lock of {@link Members}.
 */
public final class Member {
    private final Worker worker;
    private final AtomicInteger busy = new AtomicInteger();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private volatile int loadFactor;
    private volatile int lbSet;
    private volatile String route;
    private volatile String redirect;
    private volatile HealthCheck healthCheck;
    private volatile int lbStatus;
    private final AtomicLong elected = new AtomicLong();

    /** Checks in a row that went well while it was out, and badly while it was in. Touched by its check alone. */
    private volatile int passed;

    private volatile int failed;

    public Member(Worker worker) {
        this.worker = worker;
        WorkerParameters parameters = worker.parameters();
        this.loadFactor = parameters.loadFactor();
        this.lbSet = parameters.lbSet();
        this.route = parameters.route();
        this.redirect = parameters.redirect();
        this.healthCheck = parameters.healthCheck();
    }

    public Worker worker() {
        return worker;
    }

    public String name() {
        return worker.name();
    }

    public WorkerState state() {
        return worker.state();
    }

    /** In hundredths. */
    public int loadFactor() {
        return loadFactor;
    }

    public void loadFactor(int hundredths) {
        loadFactor = hundredths;
    }

    public int lbSet() {
        return lbSet;
    }

    public void lbSet(int set) {
        lbSet = set;
    }

    public String route() {
        return route;
    }

    public void route(String name) {
        route = name;
    }

    /** The route that its sessions go to while it cannot be asked. */
    public String redirect() {
        return redirect;
    }

    public void redirect(String name) {
        redirect = name;
    }

    public HealthCheck healthCheck() {
        return healthCheck;
    }

    public void healthCheck(HealthCheck changed) {
        healthCheck = changed;
    }

    /** How urgent it is that it works: httpd's {@code lbstatus}. */
    public int lbStatus() {
        return lbStatus;
    }

    void lbStatus(int urgency) {
        lbStatus = urgency;
    }

    public long elected() {
        return elected.get();
    }

    void electedNow() {
        elected.incrementAndGet();
    }

    /** Requests under way. */
    public int busy() {
        return busy.get();
    }

    public void begins() {
        busy.incrementAndGet();
    }

    public void ends() {
        busy.decrementAndGet();
    }

    /** Counts bytes of a request, head and body, and of its answer. */
    public void carried(long toBackend, long fromBackend) {
        sent.add(toBackend);
        received.add(fromBackend);
    }

    /** Bytes sent to the backend. */
    public long sent() {
        return sent.sum();
    }

    /** Bytes received from the backend. */
    public long received() {
        return received.sum();
    }

    public int passed() {
        return passed;
    }

    public void passed(int checks) {
        passed = checks;
    }

    public int failed() {
        return failed;
    }

    public void failed(int checks) {
        failed = checks;
    }

    boolean isUsable() {
        return state().isUsable();
    }

    boolean isStandby() {
        return state().is(WorkerStatus.HOT_STANDBY);
    }

    boolean isSpare() {
        return state().is(WorkerStatus.HOT_SPARE);
    }

    boolean isDraining() {
        return state().is(WorkerStatus.DRAIN);
    }

    @Override
    public String toString() {
        return name();
    }
}
