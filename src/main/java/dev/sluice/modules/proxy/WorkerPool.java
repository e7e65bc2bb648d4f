package dev.sluice.modules.proxy;

import dev.sluice.wire.SerialConnection;
import dev.sluice.wire.http2.Http2ClientConnection;
import io.undertow.client.ClientConnection;
import io.undertow.connector.ByteBufferPool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * The connections of one worker. They are counted for the whole process ({@code max}), but each belongs to the I/O thread
 * that opened it and is only lent to requests of that thread. A request that finds the pool full waits; what becomes free
 * on another thread is closed there and opened anew where it is wanted.
 */
final class WorkerPool {
    /** An idle connection that was idle for longer than this is asked whether it still lives before it is used. */
    private static final long UNCHECKED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Requests at a time on a connection that carries several and does not say how many. */
    private static final int STREAMS = 100;

    /** Takes a connection, or the reason why there is none, on its I/O thread. */
    interface Borrower {
        /** @param reused whether it has carried a request before: it may have gone stale */
        void acquired(ClientConnection connection, boolean reused);

        void failed(AcquireFailure failure);
    }

    private record Idle(ClientConnection connection, long sinceNanos) {}

    /** What one I/O thread has. */
    private static final class OfThread {
        private final XnioIoThread thread;
        private final ArrayDeque<Idle> idle = new ArrayDeque<>();
        private final List<Shared> shared = new ArrayList<>(1);
        private volatile int idleCount;

        OfThread(XnioIoThread thread) {
            this.thread = thread;
        }
    }

    /** A connection that carries several requests at a time. */
    private static final class Shared {
        private final ClientConnection connection;
        private int streams;

        Shared(ClientConnection connection) {
            this.connection = connection;
        }
    }

    private final BackendConnector connector;
    private final WorkerParameters parameters;
    private final int max;
    private final long ttlNanos;
    private final AtomicInteger total = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private volatile @Nullable OfThread[] threads = new OfThread[0];
    private volatile boolean closed;

    WorkerPool(BackendConnector connector, WorkerParameters parameters) {
        this.connector = connector;
        this.parameters = parameters;
        this.max = parameters.max() == 0 ? Integer.MAX_VALUE : parameters.max();
        Duration ttl = parameters.ttl();
        this.ttlNanos = ttl == null ? Long.MAX_VALUE : ttl.toNanos();
    }

    /** Open connections, idle ones included. */
    int connections() {
        return total.get();
    }

    /** Connections that carry a request. */
    int busy() {
        return busy.get();
    }

    /**
     * Lends a connection of {@code thread}, which must be the caller's.
     *
     * @param buffers for what is read and written on a new connection
     * @param fresh whether it must be a new one
     */
    void acquire(XnioIoThread thread, ByteBufferPool buffers, boolean fresh, Borrower borrower) {
        if (closed) {
            borrower.failed(new AcquireFailure(AcquireFailure.Kind.CLOSED, Errno.GENERAL));
            return;
        }
        OfThread own = of(thread);
        ClientConnection known = fresh ? null : reusable(own);
        if (known != null) {
            lend(borrower, known, true);
        } else if (takeTicket()) {
            open(own, buffers, borrower);
        } else {
            await(own, buffers, borrower);
        }
    }

    private @Nullable ClientConnection reusable(OfThread own) {
        for (Shared shared : own.shared) {
            if (shared.connection.isOpen() && hasRoom(shared)) {
                shared.streams++;
                return shared.connection;
            }
        }
        Idle idle;
        while ((idle = own.idle.pollLast()) != null) {
            own.idleCount = own.idle.size();
            long age = System.nanoTime() - idle.sinceNanos;
            ClientConnection connection = idle.connection;
            if (age > ttlNanos || !isGood(connection, age)) {
                IoUtils.safeClose(connection);
            } else {
                return connection;
            }
        }
        return null;
    }

    private static boolean hasRoom(Shared shared) {
        return shared.connection instanceof Http2ClientConnection http2
                ? http2.availableStreams() > 0
                : shared.streams < STREAMS;
    }

    private static boolean isGood(ClientConnection connection, long age) {
        if (connection instanceof SerialConnection serial) {
            return age < UNCHECKED_NANOS ? serial.isIdle() : serial.isAlive();
        }
        return connection.isOpen();
    }

    private boolean takeTicket() {
        while (true) {
            int now = total.get();
            if (now >= max) {
                return false;
            }
            if (total.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Opens a connection for which a ticket was taken; the ticket goes back when the connection closes. */
    private void open(OfThread own, ByteBufferPool buffers, Borrower borrower) {
        connector.connect(own.thread, buffers, new BackendConnector.Listener() {
            @Override
            public void connected(ClientConnection connection) {
                connection.addCloseListener(gone -> gone(own, gone));
                if (connection.isMultiplexingSupported()) {
                    Shared shared = new Shared(connection);
                    shared.streams = 1;
                    own.shared.add(shared);
                }
                lend(borrower, connection, false);
            }

            @Override
            public void failed(AcquireFailure failure) {
                ticketFreed();
                borrower.failed(failure);
            }
        });
    }

    private void lend(Borrower borrower, ClientConnection connection, boolean reused) {
        busy.incrementAndGet();
        borrower.acquired(connection, reused);
    }

    /** Takes back what {@link #acquire} lent, on its I/O thread. One that cannot be used again is closed. */
    void release(ClientConnection connection) {
        busy.decrementAndGet();
        OfThread own = of(connection.getIoThread());
        for (Shared shared : own.shared) {
            if (shared.connection == connection) {
                shared.streams--;
                return;
            }
        }
        boolean idle = connection instanceof SerialConnection serial ? serial.isIdle() : connection.isOpen();
        if (!idle || !parameters.reuse() || closed) {
            IoUtils.safeClose(connection);
            return;
        }
        Waiter waiter = waiters.isEmpty() ? null : waiters.poll();
        if (waiter != null) {
            handOver(connection, waiter);
            return;
        }
        own.idle.addLast(new Idle(connection, System.nanoTime()));
        own.idleCount = own.idle.size();
        closeAged(own);
    }

    private void handOver(ClientConnection connection, Waiter waiter) {
        if (waiter.own.thread == connection.getIoThread()) {
            if (waiter.serve()) {
                lend(waiter.borrower, connection, true);
            } else {
                busy.incrementAndGet();
                release(connection);
            }
        } else {
            waiters.add(waiter);
            IoUtils.safeClose(connection);
        }
    }

    /** Above {@code smax}, what is idle for longer than {@code ttl} is not kept (reslist_maint); without a ttl all is. */
    private void closeAged(OfThread own) {
        if (ttlNanos == Long.MAX_VALUE) {
            return;
        }
        int most = Math.max(0, parameters.smax());
        boolean more = true;
        while (more && total.get() - busy.get() > most) {
            more = closeOldest(own);
        }
    }

    /** True where the connection that is idle for longest has been so for longer than its time, and is closed. */
    private boolean closeOldest(OfThread own) {
        Idle oldest = own.idle.peekFirst();
        if (oldest == null || System.nanoTime() - oldest.sinceNanos <= ttlNanos) {
            return false;
        }
        own.idle.pollFirst();
        own.idleCount = own.idle.size();
        IoUtils.safeClose(oldest.connection);
        return true;
    }

    private void gone(OfThread own, ClientConnection connection) {
        own.idle.removeIf(idle -> idle.connection == connection);
        own.idleCount = own.idle.size();
        own.shared.removeIf(shared -> shared.connection == connection);
        ticketFreed();
    }

    private void ticketFreed() {
        Waiter waiter;
        while ((waiter = waiters.poll()) != null) {
            Waiter next = waiter;
            if (next.serve()) {
                next.own.thread.execute(() -> open(next.own, next.buffers, next.borrower));
                return;
            }
        }
        total.decrementAndGet();
        // Somebody may have queued between the two lines above.
        if (!waiters.isEmpty() && takeTicket()) {
            ticketFreed();
        }
    }

    private void await(OfThread own, ByteBufferPool buffers, Borrower borrower) {
        Waiter waiter = new Waiter(own, buffers, borrower);
        waiter.start();
        waiters.add(waiter);
        if (takeTicket()) {
            ticketFreed();
            return;
        }
        for (OfThread other : threads) {
            if (other != null && other != own && other.idleCount > 0) {
                other.thread.execute(() -> closeOneIdle(other));
                return;
            }
        }
    }

    private void closeOneIdle(OfThread own) {
        Idle idle = waiters.isEmpty() ? null : own.idle.peekFirst();
        if (idle != null) {
            IoUtils.safeClose(idle.connection);
        }
    }

    private OfThread of(XnioIoThread thread) {
        int number = thread.getNumber();
        @Nullable OfThread[] known = threads;
        if (number < known.length) {
            OfThread own = known[number];
            if (own != null && own.thread == thread) {
                return own;
            }
        }
        return added(thread, number);
    }

    private synchronized OfThread added(XnioIoThread thread, int number) {
        @Nullable OfThread[] grown = Arrays.copyOf(threads, Math.max(threads.length, number + 1));
        OfThread own = new OfThread(thread);
        grown[number] = own;
        threads = grown;
        return own;
    }

    /** Closes what is idle; what is busy is closed when it comes back. */
    void close() {
        closed = true;
        for (OfThread own : threads) {
            if (own != null && !executed(own)) {
                return;
            }
        }
    }

    /** False where the I/O threads have ended, and every connection with them. */
    private static boolean executed(OfThread own) {
        try {
            own.thread.execute(() -> closeIdle(own));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void closeIdle(OfThread own) {
        new ArrayList<>(own.idle).forEach(idle -> IoUtils.safeClose(idle.connection));
        for (Shared shared : new ArrayList<>(own.shared)) {
            if (shared.streams == 0) {
                IoUtils.safeClose(shared.connection);
            }
        }
    }

    /** A request in the queue; served once, by a connection or by the end of its time. */
    private final class Waiter {
        private final OfThread own;
        private final ByteBufferPool buffers;
        private final Borrower borrower;
        private final AtomicBoolean served = new AtomicBoolean();
        private XnioExecutor.@Nullable Key timer;

        Waiter(OfThread own, ByteBufferPool buffers, Borrower borrower) {
            this.buffers = buffers;
            this.own = own;
            this.borrower = borrower;
        }

        void start() {
            Duration limit = parameters.acquire();
            if (limit != null) {
                timer = own.thread.executeAfter(this::expired, limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        boolean serve() {
            if (!served.compareAndSet(false, true)) {
                return false;
            }
            if (timer != null) {
                timer.remove();
            }
            return true;
        }

        private void expired() {
            if (served.compareAndSet(false, true)) {
                waiters.remove(this);
                borrower.failed(new AcquireFailure(AcquireFailure.Kind.EXHAUSTED, Errno.TIMEOUT));
            }
        }
    }
}
