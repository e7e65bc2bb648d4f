package dev.sluice.modules.proxy;

import java.util.Set;

/** Whether a worker may be asked: its status as configured, and the error that a failed connection left. Any thread. */
final class WorkerState {
    private final Set<WorkerStatus> configured;
    private final long retryNanos;
    private volatile boolean inError;
    private volatile long errorNanos;

    WorkerState(WorkerParameters parameters) {
        this.configured = parameters.status();
        this.retryNanos = parameters.retry().toNanos();
        this.inError = configured.contains(WorkerStatus.IN_ERROR);
        this.errorNanos = System.nanoTime();
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
        if (configured.contains(WorkerStatus.STOPPED) || configured.contains(WorkerStatus.DISABLED)) {
            return Verdict.STOPPED;
        }
        if (!inError || configured.contains(WorkerStatus.IGNORE_ERRORS)) {
            return Verdict.USABLE;
        }
        if (System.nanoTime() - errorNanos < retryNanos) {
            return Verdict.TOO_SOON;
        }
        inError = false;
        return Verdict.RETRIED;
    }

    boolean isInError() {
        return inError;
    }

    /** A connection could not be made; true where the worker is left alone for a while from now on. */
    boolean failed() {
        if (retryNanos == 0 || configured.contains(WorkerStatus.IGNORE_ERRORS)) {
            return false;
        }
        errorNanos = System.nanoTime();
        inError = true;
        return true;
    }

    void recovered() {
        if (inError) {
            inError = false;
        }
    }
}
