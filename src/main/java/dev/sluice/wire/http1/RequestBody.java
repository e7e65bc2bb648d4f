package dev.sluice.wire.http1;

import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * A request on its way out: head, then body with its framing. The head waits for the first bytes of the body, so that a
 * small request is one write; {@link #flush} sends it alone.
 */
final class RequestBody extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNK_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNK_END_AND_LAST = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Http1ClientExchange exchange;
    private final boolean chunked;
    private long remaining;
    private @Nullable PooledByteBuffer head;
    private ByteBuffer before = NOTHING;
    private ByteBuffer after = NOTHING;
    private long chunkRemaining;
    private boolean terminated;
    private boolean done;
    private final ByteBuffer[] gather = new ByteBuffer[4];

    RequestBody(
            StreamSinkConduit connection, Http1ClientExchange exchange, BodyFraming framing, PooledByteBuffer head) {
        super(connection);
        this.exchange = exchange;
        this.chunked = framing.kind() == BodyFraming.Kind.CHUNKED;
        this.remaining = framing.length();
        this.head = head;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return send(src, false);
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        int written = send(src, true);
        if (!src.hasRemaining()) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long write(ByteBuffer[] srcs, int offs, int len) throws IOException {
        long written = 0;
        for (int i = offs; i < offs + len; i++) {
            written += send(srcs[i], false);
            if (srcs[i].hasRemaining()) {
                break;
            }
        }
        return written;
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offs, int len) throws IOException {
        long written = write(srcs, offs, len);
        if (!Buffers.hasRemaining(srcs, offs, len)) {
            terminateWrites();
        }
        return written;
    }

    private int send(ByteBuffer src, boolean last) throws IOException {
        if (terminated) {
            throw new IOException("request is complete");
        }
        int size = src.remaining();
        if (size == 0) {
            return 0;
        }
        if (!chunked) {
            if (size > remaining) {
                throw new IOException("body longer than its Content-Length");
            }
            int written = gather(src);
            remaining -= written;
            return written;
        }
        if (chunkRemaining == 0) {
            openChunk(size);
        }
        if (size > chunkRemaining) {
            return sendRestOfChunk(src);
        }
        boolean closes = size == chunkRemaining;
        after = !closes ? NOTHING : ByteBuffer.wrap(last ? CHUNK_END_AND_LAST : CHUNK_END);
        int written = gather(src);
        chunkRemaining -= written;
        if (chunkRemaining > 0) {
            after = NOTHING;
        } else {
            before = after;
            after = NOTHING;
            terminated = last;
        }
        return written;
    }

    /** The chunk was opened for fewer bytes than there are now: a write that was cut short, then a larger one. */
    private int sendRestOfChunk(ByteBuffer src) throws IOException {
        int limit = src.limit();
        src.limit(src.position() + (int) chunkRemaining);
        try {
            return send(src, false);
        } finally {
            src.limit(limit);
        }
    }

    private void openChunk(int size) {
        byte[] line = (Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        before = joined(before, line);
        chunkRemaining = size;
    }

    private static ByteBuffer joined(ByteBuffer first, byte[] second) {
        if (!first.hasRemaining()) {
            return ByteBuffer.wrap(second);
        }
        ByteBuffer joined = ByteBuffer.allocate(first.remaining() + second.length);
        joined.put(first).put(second).flip();
        return joined;
    }

    /** Writes head, framing, {@code src} and framing in one call; the bytes of {@code src} that went. */
    private int gather(ByteBuffer src) throws IOException {
        int start = src.position();
        PooledByteBuffer waiting = head;
        if (waiting == null && !before.hasRemaining() && !after.hasRemaining()) {
            return next.write(src);
        }
        if (waiting != null && !src.hasRemaining() && !before.hasRemaining() && !after.hasRemaining()) {
            next.write(waiting.getBuffer());
            freeSentHead();
            return 0;
        }
        gather[0] = waiting == null ? NOTHING : waiting.getBuffer();
        gather[1] = before;
        gather[2] = src;
        gather[3] = after;
        next.write(gather, 0, 4);
        gather[2] = NOTHING;
        freeSentHead();
        return src.position() - start;
    }

    private void freeSentHead() {
        if (head != null && !head.getBuffer().hasRemaining()) {
            head.close();
            head = null;
        }
    }

    @Override
    public boolean flush() throws IOException {
        if (head != null || before.hasRemaining()) {
            gather(NOTHING);
            if (head != null || before.hasRemaining()) {
                return false;
            }
        }
        if (!next.flush()) {
            return false;
        }
        if (terminated && !done) {
            done = true;
            exchange.requestEnded();
        }
        return true;
    }

    @Override
    public void terminateWrites() throws IOException {
        if (terminated) {
            return;
        }
        if (chunked ? chunkRemaining > 0 : remaining > 0) {
            truncateWrites();
            throw new IOException("body shorter than announced");
        }
        terminated = true;
        if (chunked) {
            before = joined(before, LAST_CHUNK);
        }
    }

    /** The request cannot be completed: the connection is of no use after that. */
    @Override
    public void truncateWrites() throws IOException {
        free();
        exchange.requestFailed();
    }

    void free() {
        IoUtils.safeClose(head);
        head = null;
        terminated = true;
    }

    /** Once the request is complete the connection itself sees to what is still to be flushed. */
    @Override
    public void setWriteReadyHandler(WriteReadyHandler handler) {
        if (!terminated) {
            super.setWriteReadyHandler(handler);
        }
    }

    @Override
    public boolean isWriteShutdown() {
        return terminated;
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) throws IOException {
        return src.transferTo(position, count, new ConduitWritableByteChannel(this));
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return IoUtils.transfer(source, count, throughBuffer, new ConduitWritableByteChannel(this));
    }
}
