package dev.sluice.modules.proxy.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/** A request on its way out: its head goes with the first piece of its body. The connection stays open behind its end. */
class GatewaySink extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final GatewayFraming framing;
    private ByteBuffer pending;
    private int piece;
    private boolean ended;

    GatewaySink(StreamSinkConduit next, ByteBuffer head, GatewayFraming framing) {
        super(next);
        this.pending = head;
        this.framing = framing;
    }

    /** Whether something that is not the body waits for the socket. */
    final boolean hasPending() {
        return pending.hasRemaining();
    }

    /** Whether the piece that was begun is out. */
    final boolean isPieceWhole() {
        return piece == 0;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        if (!src.hasRemaining()) {
            return 0;
        }
        if (piece == 0) {
            piece = Math.min(src.remaining(), framing.most());
            pending = joined(pending, framing.before(piece));
        }
        int limit = src.limit();
        int start = src.position();
        src.limit(start + Math.min(src.remaining(), piece));
        try {
            if (pending.hasRemaining()) {
                next.write(new ByteBuffer[] {pending, src}, 0, 2);
            } else {
                next.write(src);
            }
        } finally {
            src.limit(limit);
        }
        int written = src.position() - start;
        piece -= written;
        return written;
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        if (!first.hasRemaining() || !second.hasRemaining()) {
            return first.hasRemaining() ? first : second;
        }
        ByteBuffer all = ByteBuffer.allocate(first.remaining() + second.remaining());
        return all.put(first).put(second).flip();
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            while (srcs[i].hasRemaining()) {
                int count = write(srcs[i]);
                if (count == 0) {
                    return written;
                }
                written += count;
            }
        }
        return written;
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        return Conduits.writeFinalBasic(this, src);
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, srcs, offset, length);
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) throws IOException {
        return src.transferTo(position, count, new ConduitWritableByteChannel(this));
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
        return Conduits.transfer(source, count, through, this);
    }

    @Override
    public void terminateWrites() throws IOException {
        if (!ended) {
            ended = true;
            pending = joined(pending, framing.end());
        }
    }

    @Override
    public boolean isWriteShutdown() {
        return ended;
    }

    @Override
    public void truncateWrites() throws IOException {
        ended = true;
        next.truncateWrites();
    }

    @Override
    public boolean flush() throws IOException {
        while (pending.hasRemaining()) {
            if (next.write(pending) == 0) {
                return false;
            }
        }
        return next.flush();
    }
}
