package dev.sluice.modules.proxy;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The I/O timeouts of one I/O thread: a list looked through ten times a second while it is not empty, instead of a timer
 * for each request. A deadline is therefore met up to 0.1 s late.
 */
final class Deadlines {
    private static final long TICK_MILLIS = 100;
    private static final ThreadLocal<Deadlines> OF_THREAD =
            ThreadLocal.withInitial(() -> new Deadlines((XnioIoThread) Thread.currentThread()));

    private final XnioIoThread thread;
    private @Nullable Watch first;
    private boolean ticking;

    private Deadlines(XnioIoThread thread) {
        this.thread = thread;
    }

    /** Something that must not take for ever. Belongs to the I/O thread on which it was started. */
    abstract static class Watch {
        private @Nullable Watch next;
        private @Nullable Watch previous;
        private @Nullable Deadlines owner;
        private long deadline;
        private boolean armed;

        /** Puts the end {@code nanos} from now, whatever it was. */
        final void arm(long nanos) {
            deadline = System.nanoTime() + nanos;
            armed = true;
            if (owner == null) {
                OF_THREAD.get().add(this);
            }
        }

        /** There is nothing to wait for at present. */
        final void disarm() {
            armed = false;
        }

        final void stop() {
            armed = false;
            Deadlines list = owner;
            if (list != null) {
                list.remove(this);
            }
        }

        /** The time is over. Called once for each {@link #arm}. */
        abstract void expired();
    }

    private void add(Watch watch) {
        watch.owner = this;
        watch.next = first;
        if (first != null) {
            first.previous = watch;
        }
        first = watch;
        if (!ticking) {
            ticking = true;
            thread.executeAfter(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void remove(Watch watch) {
        Watch before = watch.previous;
        Watch after = watch.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        watch.next = null;
        watch.previous = null;
        watch.owner = null;
    }

    private void tick() {
        long now = System.nanoTime();
        Watch watch = first;
        while (watch != null) {
            Watch next = watch.next;
            if (watch.armed && now - watch.deadline >= 0) {
                watch.armed = false;
                watch.expired();
            }
            watch = next;
        }
        ticking = first != null;
        if (ticking) {
            thread.executeAfter(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
