package dev.sluice.modules.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/** Whether a worker may be asked: its status, and the error that a failed connection left. Any thread. */
public final class WorkerState {
    private static final int UNUSABLE = WorkerStatus.SHUT_DOWN.bit()
            | WorkerStatus.DISABLED.bit()
            | WorkerStatus.STOPPED.bit()
            | WorkerStatus.IN_ERROR.bit()
            | WorkerStatus.HEALTH_FAILED.bit();

    private final long retryNanos;
    private volatile int bits;
    private volatile long errorNanos;
    private volatile long errorMillis;
    private final AtomicInteger retries = new AtomicInteger();

    WorkerState(WorkerParameters parameters) {
        this.retryNanos = parameters.retry().toNanos();
        int all = WorkerStatus.INITIALIZED.bit();
        for (WorkerStatus each : parameters.status()) {
            all |= each.bit();
        }
        this.bits = all;
        // A worker that begins in error is tried as soon as it is needed: it has no time of its error.
        this.errorNanos = System.nanoTime() - retryNanos - 1;
    }

    /** What a request finds. */
    enum Verdict {
        USABLE,
        /** It was in error and its time is over: this request tries it. */
        RETRIED,
        TOO_SOON,
        STOPPED
    }

    Verdict verdict() {
        if (isUsable()) {
            return Verdict.USABLE;
        }
        boolean retried = retry();
        if (isUsable()) {
            return retried ? Verdict.RETRIED : Verdict.USABLE;
        }
        return is(WorkerStatus.IN_ERROR) ? Verdict.TOO_SOON : Verdict.STOPPED;
    }

    /** Takes it out of error where its time is over, though something else may keep it from use (ap_proxy_retry_worker). */
    public boolean retry() {
        boolean waits = is(WorkerStatus.IN_ERROR) && !is(WorkerStatus.STOPPED);
        if (!waits || (!is(WorkerStatus.IGNORE_ERRORS) && System.nanoTime() - errorNanos <= retryNanos)) {
            return false;
        }
        recover();
        return true;
    }

    /** Takes it out of error at once. */
    public void recover() {
        retries.incrementAndGet();
        set(WorkerStatus.IN_ERROR, false);
    }

    public boolean is(WorkerStatus status) {
        return (bits & status.bit()) != 0;
    }

    public synchronized void set(WorkerStatus status, boolean on) {
        bits = on ? bits | status.bit() : bits & ~status.bit();
    }

    /** Whether a request may be sent to it now (PROXY_WORKER_IS_USABLE). */
    public boolean isUsable() {
        return (bits & UNUSABLE) == 0;
    }

    boolean isInError() {
        return is(WorkerStatus.IN_ERROR);
    }

    /** Leaves it alone for a while from now on, unless its errors are ignored; true where it does. */
    public boolean failed() {
        if (is(WorkerStatus.IGNORE_ERRORS)) {
            return false;
        }
        errorNow();
        set(WorkerStatus.IN_ERROR, true);
        return true;
    }

    /** Notes that there was an error just now. */
    public void errorNow() {
        errorNanos = System.nanoTime();
        errorMillis = System.currentTimeMillis();
    }

    /** It took a connection. */
    void recovered() {
        if (retries.get() != 0 || errorMillis != 0) {
            retries.set(0);
            errorMillis = 0;
        }
    }

    /** How often it was tried again since it last worked. */
    public int retries() {
        return retries.get();
    }

    /** When it last failed, in milliseconds since 1970; 0: it works. */
    public long errorMillis() {
        return errorMillis;
    }

    /** As pages show it: {@code Init Ok } (ap_proxy_parse_wstatus). */
    public String shown() {
        StringBuilder out = new StringBuilder();
        for (WorkerStatus each : WorkerStatus.values()) {
            if (is(each)) {
                out.append(each.shown());
            }
        }
        return out.append(isUsable() ? "Ok " : "").toString();
    }
}
