package dev.sluice.wire;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Buffers of one size. Each I/O thread has a stack of its own, found by its number: to lend and to take back costs no
 * lock and no look-up. What other threads give back, and what a thread has too much of, is shared by all; what is too
 * much for all is left to the garbage collector, so that a peak does not hold its memory for ever.
 */
public final class BufferPool implements ByteBufferPool {
    /** Bytes that an I/O thread keeps for itself, and that all share. */
    private static final int KEPT_BY_A_THREAD = 1 << 20;

    private static final int KEPT_BY_ALL = 1 << 24;

    /** The most bytes that JSSE puts into one record of TLS 1.3: a buffer with a few more costs a record for those. */
    public static final int RECORD = 16_352;

    /** Bytes of a buffer for what is known to be long: fewer system calls, and still in a processor's second cache. */
    private static final int LARGE = 4 * RECORD;

    private final int size;
    private final boolean direct;
    private final BufferPool large;
    private final Queue<ByteBuffer> shared = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sharedCount = new AtomicInteger();
    private volatile @Nullable OfThread[] threads = new OfThread[0];

    /** The buffers of one I/O thread; used on it alone. */
    private static final class OfThread {
        private final XnioIoThread thread;
        private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

        OfThread(XnioIoThread thread) {
            this.thread = thread;
        }
    }

    /** @param size of each buffer, in bytes */
    public BufferPool(int size) {
        this(size, true);
    }

    private BufferPool(int size, boolean direct) {
        this.size = size;
        this.direct = direct;
        this.large = size >= LARGE ? this : new BufferPool(LARGE, direct);
    }

    /** Buffers with an array: JSSE encrypts those in one go, and others by the kilobyte. */
    public static BufferPool onHeap(int size) {
        return new BufferPool(size, false);
    }

    /** The pool to take buffers for long bodies from: {@code pool} itself, or the larger ones that go with it. */
    public static ByteBufferPool forLongBodies(ByteBufferPool pool) {
        return pool instanceof BufferPool own ? own.large : pool;
    }

    @Override
    public PooledByteBuffer allocate() {
        OfThread own = ofCaller();
        ByteBuffer kept = own == null ? null : own.free.pollLast();
        if (kept == null) {
            kept = shared.poll();
            if (kept != null) {
                sharedCount.decrementAndGet();
            }
        }
        return new Lent(kept == null ? made() : kept.clear());
    }

    private ByteBuffer made() {
        return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    private void takeBack(ByteBuffer buffer) {
        OfThread own = ofCaller();
        if (own != null && own.free.size() < KEPT_BY_A_THREAD / size) {
            own.free.addLast(buffer);
        } else if (sharedCount.incrementAndGet() <= KEPT_BY_ALL / size) {
            shared.add(buffer);
        } else {
            sharedCount.decrementAndGet();
        }
    }

    /** Null where the caller is no I/O thread. */
    private @Nullable OfThread ofCaller() {
        if (!(Thread.currentThread() instanceof XnioIoThread thread)) {
            return null;
        }
        int number = thread.getNumber();
        if (number < 0) {
            return null;
        }
        @Nullable OfThread[] known = threads;
        OfThread own = number < known.length ? known[number] : null;
        return own != null && own.thread == thread ? own : added(thread, number);
    }

    private synchronized OfThread added(XnioIoThread thread, int number) {
        @Nullable OfThread[] grown = Arrays.copyOf(threads, Math.max(threads.length, number + 1));
        OfThread own = new OfThread(thread);
        grown[number] = own;
        threads = grown;
        return own;
    }

    /** A buffer on its way; closed once, by whoever holds it. */
    private final class Lent implements PooledByteBuffer {
        private @Nullable ByteBuffer buffer;

        Lent(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public ByteBuffer getBuffer() {
            ByteBuffer held = buffer;
            if (held == null) {
                throw new IllegalStateException("buffer: closed (expected: one that is still lent)");
            }
            return held;
        }

        @Override
        public void close() {
            ByteBuffer held = buffer;
            buffer = null;
            if (held != null) {
                takeBack(held);
            }
        }

        @Override
        public boolean isOpen() {
            return buffer != null;
        }
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return direct ? onHeap(size) : this;
    }

    /** Nothing to do: what is not lent is garbage with the pool. */
    @Override
    public void close() {}

    @Override
    public int getBufferSize() {
        return size;
    }

    @Override
    public boolean isDirect() {
        return direct;
    }
}
