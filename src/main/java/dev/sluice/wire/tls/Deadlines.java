package dev.sluice.wire.tls;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The handshakes under way on one I/O thread, the oldest first. As all get the same time, the oldest is the next to be
 * overdue: one timer serves them all, and a handshake that ends leaves in constant time. Used on that thread only.
 */
final class Deadlines {
    private final XnioIoThread thread;
    private final long timeoutNanos;
    private @Nullable Handshake first;
    private @Nullable Handshake last;
    private boolean timerRuns;

    Deadlines(XnioIoThread thread, long timeoutNanos) {
        this.thread = thread;
        this.timeoutNanos = timeoutNanos;
    }

    void add(Handshake handshake) {
        handshake.deadline = System.nanoTime() + timeoutNanos;
        handshake.previous = last;
        if (last == null) {
            first = handshake;
        } else {
            last.next = handshake;
        }
        last = handshake;
        if (!timerRuns) {
            startTimer(timeoutNanos);
        }
    }

    /** {@code handshake} must be in the list. */
    void remove(Handshake handshake) {
        Handshake previous = handshake.previous;
        Handshake next = handshake.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        handshake.previous = null;
        handshake.next = null;
    }

    private void startTimer(long nanos) {
        timerRuns = true;
        thread.executeAfter(this::expire, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
    }

    private void expire() {
        timerRuns = false;
        long now = System.nanoTime();
        Handshake oldest = first;
        while (oldest != null && oldest.deadline - now <= 0) {
            oldest.timedOut();
            oldest = first;
        }
        if (oldest != null && !timerRuns) {
            startTimer(oldest.deadline - now);
        }
    }
}
