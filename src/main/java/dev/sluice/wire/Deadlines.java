package dev.sluice.wire;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The waits of one length under way on one I/O thread, the oldest first. As all get the same time, the oldest is the next
 * to be overdue: one timer serves them all, and a wait begins and ends in constant time. Used on that thread only.
 */
public final class Deadlines {
    private final XnioIoThread thread;
    private final long timeoutNanos;
    private @Nullable Wait first;
    private @Nullable Wait last;
    private boolean timerRuns;

    /** What is waited for; in at most one list at a time. */
    public abstract static class Wait {
        private @Nullable Wait previous;
        private @Nullable Wait next;
        private @Nullable Deadlines list;
        private long deadline;

        /** It has waited for too long. On the I/O thread; it is in no list any more. */
        protected abstract void timedOut();

        /** Ends the wait, if there is one. */
        public final void stopWaiting() {
            Deadlines in = list;
            if (in != null) {
                in.remove(this);
            }
        }

        public final boolean isWaiting() {
            return list != null;
        }
    }

    public Deadlines(XnioIoThread thread, long timeoutNanos) {
        this.thread = thread;
        this.timeoutNanos = timeoutNanos;
    }

    /** Begins to wait, anew where it waited already. */
    public void add(Wait wait) {
        wait.stopWaiting();
        wait.list = this;
        wait.deadline = System.nanoTime() + timeoutNanos;
        wait.previous = last;
        if (last == null) {
            first = wait;
        } else {
            last.next = wait;
        }
        last = wait;
        if (!timerRuns) {
            startTimer(timeoutNanos);
        }
    }

    private void remove(Wait wait) {
        Wait previous = wait.previous;
        Wait next = wait.next;
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
        wait.previous = null;
        wait.next = null;
        wait.list = null;
    }

    private void startTimer(long nanos) {
        try {
            thread.executeAfter(this::expire, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
            timerRuns = true;
        } catch (RejectedExecutionException e) {
            // The thread ends, and all that waits on it.
            timerRuns = false;
        }
    }

    private void expire() {
        timerRuns = false;
        long now = System.nanoTime();
        Wait oldest = first;
        while (oldest != null && oldest.deadline - now <= 0) {
            remove(oldest);
            oldest.timedOut();
            oldest = first;
        }
        if (oldest != null && !timerRuns) {
            startTimer(oldest.deadline - now);
        }
    }
}
