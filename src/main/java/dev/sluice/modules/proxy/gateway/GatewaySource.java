package dev.sluice.modules.proxy.gateway;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSourceConduit;

/** An answer on its way in: {@link #readHead} first, then it is read as its body. */
abstract class GatewaySource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final ByteBufferPool buffers;
    private @Nullable PooledByteBuffer pooled;
    private boolean ended;

    GatewaySource(StreamSourceConduit next, ByteBufferPool buffers) {
        super(next);
        this.buffers = buffers;
    }

    /** Takes what belongs to the head; true once it is complete. */
    abstract boolean takeHead(ByteBuffer received) throws IOException;

    /** Takes some of {@code received}, and puts what of it belongs to the body into {@code dst}. */
    abstract void takeBody(ByteBuffer received, ByteBuffer dst) throws IOException;

    /** The server has closed the connection: {@link #end}, or a failure. */
    abstract void atClose(boolean inHead) throws IOException;

    /** The answer is whole. */
    final void end() {
        ended = true;
    }

    final boolean hasEnded() {
        return ended;
    }

    /** Whether the connection is good for another answer. */
    boolean leavesConnectionOpen() {
        return true;
    }

    /** Whether there is something behind the end. */
    final boolean hasRest() {
        return pooled != null && pooled.getBuffer().hasRemaining();
    }

    /** False where the head has not come whole yet. */
    final boolean readHead() throws IOException {
        while (true) {
            ByteBuffer received = received();
            if (received == null) {
                return false;
            }
            if (!received.hasRemaining()) {
                atClose(true);
                return true;
            }
            boolean complete = takeHead(received);
            freeEmpty();
            if (complete || ended) {
                return true;
            }
        }
    }

    @Override
    public final int read(ByteBuffer dst) throws IOException {
        int start = dst.position();
        while (!ended && dst.hasRemaining()) {
            ByteBuffer received = received();
            if (received == null) {
                return dst.position() - start;
            }
            if (!received.hasRemaining()) {
                atClose(false);
            } else {
                takeBody(received, dst);
            }
            freeEmpty();
        }
        int count = dst.position() - start;
        return count == 0 && ended ? -1 : count;
    }

    /** What is there; null where nothing has come, empty where nothing will. */
    private @Nullable ByteBuffer received() throws IOException {
        PooledByteBuffer known = pooled;
        if (known != null) {
            return known.getBuffer();
        }
        PooledByteBuffer fresh = buffers.allocate();
        try {
            int count = next.read(fresh.getBuffer());
            if (count == 0) {
                fresh.close();
                return null;
            }
        } catch (IOException | RuntimeException e) {
            fresh.close();
            throw e;
        }
        fresh.getBuffer().flip();
        pooled = fresh;
        return fresh.getBuffer();
    }

    private void freeEmpty() {
        if (pooled != null && !pooled.getBuffer().hasRemaining()) {
            free();
        }
    }

    final void free() {
        if (pooled != null) {
            pooled.close();
            pooled = null;
        }
    }

    @Override
    public final long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (dsts[i].hasRemaining()) {
                return read(dsts[i]);
            }
        }
        return 0;
    }

    @Override
    public final long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public final long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return Conduits.transfer(this, count, through, target);
    }

    /** Bytes that came already are news, too. */
    @Override
    public final void resumeReads() {
        if (pooled != null || ended) {
            next.wakeupReads();
        } else {
            next.resumeReads();
        }
    }
}
