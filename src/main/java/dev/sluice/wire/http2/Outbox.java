package dev.sluice.wire.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Body bytes on their way from a worker thread to the I/O thread. */
final class Outbox {
    private final ByteBufferPool pool;
    private final int room;
    private final ArrayDeque<PooledByteBuffer> queue = new ArrayDeque<>();
    private @Nullable PooledByteBuffer leaving;
    private int held;
    private boolean closed;
    private boolean waiting;

    /** {@code room} is how many bytes it holds at most. */
    Outbox(ByteBufferPool pool, int room) {
        this.pool = pool;
        this.room = room;
    }

    /** Takes what there is room for, and says how much. A worker's side. */
    synchronized int offer(ByteBuffer from) {
        int taken = 0;
        while (!closed && from.hasRemaining() && held < room) {
            PooledByteBuffer tail = queue.peekLast();
            if (tail == null || tail.getBuffer().limit() == tail.getBuffer().capacity()) {
                tail = pool.allocate();
                tail.getBuffer().limit(0);
                queue.add(tail);
            }
            taken += append(from, tail.getBuffer());
        }
        return taken;
    }

    private int append(ByteBuffer from, ByteBuffer to) {
        int position = to.position();
        int end = to.limit();
        int bytes = Math.min(Math.min(from.remaining(), to.capacity() - end), room - held);
        int limit = from.limit();
        to.limit(end + bytes).position(end);
        from.limit(from.position() + bytes);
        to.put(from);
        from.limit(limit);
        to.position(position);
        held += bytes;
        return bytes;
    }

    /** The next bytes to frame, or null. The I/O thread's side: the buffer is its own until the box is told what left it. */
    @Nullable
    ByteBuffer front() {
        PooledByteBuffer current = leaving;
        if (current == null) {
            synchronized (this) {
                current = queue.poll();
            }
            leaving = current;
        }
        return current == null ? null : current.getBuffer();
    }

    /** So many bytes of the front were framed. */
    synchronized void left(int bytes) {
        held -= bytes;
        PooledByteBuffer current = leaving;
        if (current != null && !current.getBuffer().hasRemaining()) {
            current.close();
            leaving = null;
        }
        wake();
    }

    private void wake() {
        if (waiting && (closed || held < room)) {
            waiting = false;
            notifyAll();
        }
    }

    synchronized boolean isEmpty() {
        return held == 0;
    }

    /** Returns when there is room, when the box is closed, or after so many milliseconds (0: none). */
    synchronized void await(long millis) throws InterruptedException {
        long start = System.nanoTime();
        while (!closed && held >= room && (millis == 0 || System.nanoTime() - start < 1_000_000 * millis)) {
            waiting = true;
            wait(millis);
        }
    }

    /** Drops all, and takes no more. The I/O thread's side. */
    synchronized void close() {
        closed = true;
        PooledByteBuffer current = leaving;
        if (current != null) {
            current.close();
            leaving = null;
        }
        for (PooledByteBuffer buffer : queue) {
            buffer.close();
        }
        queue.clear();
        held = 0;
        wake();
    }
}
