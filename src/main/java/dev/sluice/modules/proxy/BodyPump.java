package dev.sluice.modules.proxy;

import dev.sluice.wire.BufferPool;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * Carries a body from a source to a sink, both of one I/O thread. Reads as much as a buffer holds before it writes, so
 * that head, body and end go out in one piece where they can; flushes whenever the source pauses, so that what came is
 * never held back. Holds a buffer only while there is something in it.
 */
final class BodyPump {
    /** Buffers carried in one go before other requests of the thread have their turn. */
    private static final int TURNS = 32;

    /** What happens on the way; all on the I/O thread. After {@link #done} or a failure nothing more is told. */
    interface Listener {
        /** The channel to write to, asked for once, when there is something to write or to flush. */
        StreamSinkChannel sink();

        /** The source has nothing at present. */
        void waitsForSource();

        /** The sink takes nothing at present. */
        void waitsForSink();

        /** The source has come to its end; the sink has not got everything yet. */
        default void sourceEnded() {}

        /** The sink has got everything, its end included. */
        void done();

        void readFailed(IOException e);

        void writeFailed(IOException e);
    }

    private final StreamSourceChannel source;
    private final ByteBufferPool pool;
    private final Listener listener;
    private final boolean flushesEach;
    private @Nullable StreamSinkChannel opened;
    private @Nullable PooledByteBuffer pooled;
    private @Nullable ByteBuffer pending;
    private long carried;
    private long came;
    private @Nullable IOException failure;
    private boolean ended;
    private boolean terminated;
    private boolean unflushed = true;
    private boolean isLong;
    private boolean holdsHead;
    private boolean stopped;

    BodyPump(StreamSourceChannel source, ByteBufferPool pool, boolean flushesEach, Listener listener) {
        this.source = source;
        this.pool = pool;
        this.flushesEach = flushesEach;
        this.listener = listener;
    }

    /** Tells how long the body will be, so that one that is long gets a larger buffer from the start. */
    void expect(long bytes) {
        isLong = bytes > pool.getBufferSize();
    }

    /** What stands before the body waits for its first byte, or its end. */
    void holdHead() {
        holdsHead = true;
    }

    /** Starts with {@code first}, which stays its owner's; {@code isAll} where the source has nothing behind it. */
    void start(@Nullable ByteBuffer first, boolean isAll) {
        source.getReadSetter().set(channel -> run());
        pending = first;
        ended = isAll;
        run();
    }

    /** Carries nothing more and tells nothing more. */
    void stop() {
        if (!stopped) {
            stopped = true;
            free();
            source.suspendReads();
            if (opened != null) {
                opened.suspendWrites();
            }
        }
    }

    private StreamSinkChannel sink() {
        StreamSinkChannel sink = opened;
        if (sink == null) {
            sink = listener.sink();
            sink.getWriteSetter().set(channel -> run());
            opened = sink;
        }
        return sink;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether nothing has come so far. */
    boolean isEmpty() {
        return carried == 0 && pending == null;
    }

    /** Bytes the sink has taken. */
    long carried() {
        return carried;
    }

    /** Bytes the source has given. */
    long came() {
        return came;
    }

    private void run() {
        for (int turn = 0; turn < TURNS; turn++) {
            if (stopped) {
                return;
            }
            if (pending == null && failure != null) {
                fail(failure);
                return;
            }
            if (pending == null && !ended && !fill()) {
                return;
            }
            if (!drain()) {
                return;
            }
            if (ended) {
                finish();
                return;
            }
        }
        // The next pass over the sockets goes on; a task would come before them.
        source.resumeReads();
    }

    /** The source broke after what the sink has got by now, and still may hold. */
    private void fail(IOException read) {
        try {
            if (!sink().flush()) {
                awaitSink();
                return;
            }
        } catch (IOException e) {
            stop();
            listener.writeFailed(e);
            return;
        }
        stop();
        listener.readFailed(read);
    }

    /** Reads until the buffer is full, the source pauses or ends; false where there is nothing to write yet. */
    private boolean fill() {
        PooledByteBuffer own = (isLong ? BufferPool.forLongBodies(pool) : pool).allocate();
        ByteBuffer buffer = own.getBuffer();
        try {
            int count = 1;
            while (count > 0 && buffer.hasRemaining()) {
                count = source.read(buffer);
            }
            ended = count < 0;
            isLong = !buffer.hasRemaining();
        } catch (IOException e) {
            if (buffer.position() == 0) {
                own.close();
                stop();
                listener.readFailed(e);
                return false;
            }
            // What came before it is passed on.
            failure = e;
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
        if (buffer.position() == 0) {
            own.close();
            if (ended) {
                listener.sourceEnded();
                return true;
            }
            return flushWhilePaused();
        }
        buffer.flip();
        came += buffer.remaining();
        pooled = own;
        pending = buffer;
        if (ended) {
            listener.sourceEnded();
        }
        return !stopped;
    }

    private boolean flushWhilePaused() {
        if (holdsHead && opened == null) {
            source.resumeReads();
            listener.waitsForSource();
            return false;
        }
        boolean flushed = true;
        if (unflushed) {
            try {
                flushed = sink().flush();
            } catch (IOException e) {
                stop();
                listener.writeFailed(e);
                return false;
            }
        }
        unflushed = !flushed;
        if (flushed) {
            sink().suspendWrites();
        } else {
            sink().resumeWrites();
        }
        source.resumeReads();
        listener.waitsForSource();
        return false;
    }

    /** Writes what is pending; false where the sink does not take it all. */
    private boolean drain() {
        ByteBuffer buffer = pending;
        if (buffer == null) {
            return true;
        }
        StreamSinkChannel sink = sink();
        try {
            while (buffer.hasRemaining()) {
                int count = ended ? sink.writeFinal(buffer) : sink.write(buffer);
                carried += count;
                if (count == 0) {
                    awaitSink();
                    return false;
                }
            }
            terminated = ended;
            unflushed = true;
            if (flushesEach && !ended) {
                unflushed = !sink.flush();
            }
        } catch (IOException e) {
            stop();
            listener.writeFailed(e);
            return false;
        }
        free();
        return true;
    }

    private void finish() {
        StreamSinkChannel sink = sink();
        try {
            if (!terminated) {
                terminated = true;
                sink.shutdownWrites();
            }
            if (!sink.flush()) {
                awaitSink();
                return;
            }
        } catch (IOException e) {
            stop();
            listener.writeFailed(e);
            return;
        }
        stop();
        listener.done();
    }

    private void awaitSink() {
        source.suspendReads();
        sink().resumeWrites();
        listener.waitsForSink();
    }

    private void free() {
        pending = null;
        PooledByteBuffer own = pooled;
        pooled = null;
        if (own != null) {
            own.close();
        }
    }
}
