package dev.sluice.wire;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers that are counted while they are lent, and filled with rubbish when they come back. */
final class CountedPool implements ByteBufferPool {
    private static final int SIZE = 16 * 1024;

    private final Set<Lent> out = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lent = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Buffers that nobody has given back. */
    int lent() {
        return lent.get();
    }

    /** The most that were ever lent at a time. */
    int most() {
        return most.get();
    }

    /** Where the buffers were lent that nobody has given back. */
    List<String> lenders() {
        return out.stream().map(each -> text(each.lentAt)).toList();
    }

    /** Waits up to ten seconds for all to come back; how many have not. */
    int leaked() throws InterruptedException {
        long limit = System.nanoTime() + 10_000_000_000L;
        while (lent.get() != 0 && System.nanoTime() < limit) {
            Thread.sleep(10);
        }
        return lent.get();
    }

    private static String text(Throwable at) {
        return at.getMessage() + " "
                + Arrays.stream(at.getStackTrace())
                        .limit(14)
                        .map(String::valueOf)
                        .toList();
    }

    @Override
    public PooledByteBuffer allocate() {
        int now = lent.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        return new Lent();
    }

    private final class Lent implements PooledByteBuffer {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
        private final Throwable lentAt =
                new Throwable("lent by " + Thread.currentThread().getName());
        private boolean open = true;

        Lent() {
            out.add(this);
        }

        @Override
        public ByteBuffer getBuffer() {
            if (!open) {
                throw new IllegalStateException("buffer: closed (expected: one that is still lent)");
            }
            return buffer;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                out.remove(this);
                buffer.clear();
                for (int i = 0; i < 64; i++) {
                    buffer.put(i, (byte) 0xee);
                }
                lent.decrementAndGet();
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public int getBufferSize() {
        return SIZE;
    }

    @Override
    public boolean isDirect() {
        return true;
    }
}
