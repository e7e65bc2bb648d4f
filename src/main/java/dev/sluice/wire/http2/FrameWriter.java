package dev.sluice.wire.http2;

import dev.sluice.wire.BufferPool;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.ConduitStreamSinkChannel;

/**
 * The frames on their way out, one behind the other in pooled buffers, so that a turn of the I/O thread ends in one write. Holds no
 * buffer while there is nothing to send.
 */
final class FrameWriter {
    /** A DATA frame is not begun in fewer bytes than these when a fresh buffer would take more of it. */
    private static final int LEAST_PIECE = 1024;

    private final ByteBufferPool pool;
    private final HeaderEncoder encoder = new HeaderEncoder();
    private final int padding;
    private final boolean join;
    private final RecordSizes records;
    private final ArrayDeque<PooledByteBuffer> full = new ArrayDeque<>();
    private @Nullable PooledByteBuffer pooledTail;
    private @Nullable ByteBuffer tail;
    private int tailRoom;
    private int tailSent;
    private long tailStart;
    private long fullBytes;
    private int maxFrame = Frame.DEFAULT_SIZE;

    /** {@code paddingBits} as in {@link Http2Options}; {@code join} lets writes that follow one another share a DATA frame. */
    FrameWriter(ByteBufferPool pool, int paddingBits, boolean join, RecordSizes records) {
        this.pool = pool;
        this.records = records;
        this.padding = 1 << paddingBits;
        this.join = join && paddingBits == 0;
    }

    HeaderEncoder encoder() {
        return encoder;
    }

    /** The peer's SETTINGS_MAX_FRAME_SIZE. */
    void peerMaxFrame(int size) {
        maxFrame = size;
    }

    /** Bytes that have not been written yet. */
    long pending() {
        ByteBuffer last = tail;
        return fullBytes + (last == null ? 0 : last.position() - tailSent);
    }

    private ByteBuffer room(int bytes) {
        ByteBuffer last = tail;
        if (last != null && last.remaining() >= bytes) {
            return last;
        }
        PooledByteBuffer old = pooledTail;
        if (last != null && old != null) {
            tailStart += last.position();
            last.limit(last.position()).position(tailSent);
            fullBytes += last.remaining();
            full.add(old);
        }
        PooledByteBuffer next =
                last == null ? pool.allocate() : BufferPool.forLongBodies(pool).allocate();
        ByteBuffer fresh = next.getBuffer();
        tailRoom = last == null ? Math.min(fresh.capacity(), BufferPool.RECORD) : fresh.capacity();
        pooledTail = next;
        tail = fresh.limit(tailRoom);
        tailSent = 0;
        return fresh;
    }

    private static void header(ByteBuffer to, int length, int type, int flags, int stream) {
        to.putInt((length << 8) | type).put((byte) flags).putInt(stream);
    }

    /** A frame of up to a few dozen bytes with one or two integers as its payload. */
    void frame(int type, int stream, int first) {
        ByteBuffer to = room(Frame.HEADER_SIZE + 4);
        header(to, 4, type, 0, stream);
        to.putInt(first);
    }

    void ping(boolean ack, long data) {
        ByteBuffer to = room(Frame.HEADER_SIZE + 8);
        header(to, 8, Frame.PING, ack ? Frame.ACK : 0, 0);
        to.putLong(data);
    }

    void goAway(int lastStream, int code) {
        ByteBuffer to = room(Frame.HEADER_SIZE + 8);
        header(to, 8, Frame.GOAWAY, 0, 0);
        to.putInt(lastStream).putInt(code);
    }

    void settingsAck() {
        header(room(Frame.HEADER_SIZE), 0, Frame.SETTINGS, Frame.ACK, 0);
    }

    /** Pairs of a setting's number and its value. */
    void settings(int... pairs) {
        ByteBuffer to = room(Frame.HEADER_SIZE + 3 * pairs.length);
        header(to, 3 * pairs.length, Frame.SETTINGS, 0, 0);
        for (int i = 0; i < pairs.length; i += 2) {
            to.putShort((short) pairs[i]).putInt(pairs[i + 1]);
        }
    }

    void bytes(byte[] bytes) {
        room(bytes.length).put(bytes);
    }

    /** A response head. {@code status} 0 stands for trailers, which have none. */
    void response(int stream, int status, HeaderMap headers, boolean end) {
        ByteBuffer block = beginBlock(HeaderEncoder.room(headers), 0);
        encoder.begin(block);
        if (status > 0) {
            encoder.status(block, status);
        }
        encoder.fields(block, headers, true);
        endBlock(block, stream, end);
    }

    /** A request head; {@code pseudo} are names and values by turns, {@code :authority} instead of {@code host} among them. */
    void request(int stream, Object[] pseudo, HeaderMap headers, boolean end) {
        request(stream, 0, pseudo, headers, end);
    }

    /** The head of a request that {@code stream} would have led to, which is answered on {@code promised}. */
    void promise(int stream, int promised, Object[] pseudo, HeaderMap headers) {
        request(stream, promised, pseudo, headers, false);
    }

    private void request(int stream, int promised, Object[] pseudo, HeaderMap headers, boolean end) {
        int room = HeaderEncoder.room(headers);
        for (int i = 1; i < pseudo.length; i += 2) {
            room += ((String) pseudo[i]).length() + Frame.HEADER_SIZE;
        }
        ByteBuffer block = beginBlock(room, promised);
        encoder.begin(block);
        for (int i = 0; i < pseudo.length; i += 2) {
            encoder.field(block, (HttpString) pseudo[i], (String) pseudo[i + 1]);
        }
        encoder.fields(block, headers, false);
        endBlock(block, stream, end);
    }

    private int blockStart;
    private int blockPad;
    private int blockPromised;

    /** Where the block goes: in its place behind a gap for the frame header, or, when it fits no buffer, aside. */
    private ByteBuffer beginBlock(int room, int promised) {
        blockPromised = promised;
        int before = promised == 0 ? 0 : 4;
        blockPad = padding > 1 ? ThreadLocalRandom.current().nextInt(padding) : -1;
        int needed = Frame.HEADER_SIZE + 1 + before + room + Math.max(blockPad, 0);
        if (needed > Math.min(pool.getBufferSize(), BufferPool.RECORD)) {
            blockStart = -1;
            return ByteBuffer.allocate(room);
        }
        ByteBuffer to = room(needed);
        blockStart = to.position();
        to.position(blockStart + Frame.HEADER_SIZE + (blockPad >= 0 ? 1 : 0));
        return before == 0 ? to : to.putInt(promised);
    }

    private void endBlock(ByteBuffer block, int stream, boolean end) {
        int flags = end ? Frame.END_STREAM : 0;
        if (blockStart < 0) {
            block.flip();
            pieces(block, stream, flags);
            return;
        }
        if (blockPad >= 0) {
            flags |= Frame.PADDED;
            block.put(blockStart + Frame.HEADER_SIZE, (byte) blockPad);
            zeros(block, blockPad);
        }
        int endOfBlock = block.position();
        block.position(blockStart);
        header(block, endOfBlock - blockStart - Frame.HEADER_SIZE, blockType(), flags | Frame.END_HEADERS, stream);
        block.position(endOfBlock);
    }

    private int blockType() {
        return blockPromised == 0 ? Frame.HEADERS : Frame.PUSH_PROMISE;
    }

    private void pieces(ByteBuffer block, int stream, int flags) {
        int most = Math.min(pool.getBufferSize(), BufferPool.RECORD) - Frame.HEADER_SIZE - 4;
        int type = blockType();
        int end = block.limit();
        while (type != Frame.CONTINUATION || block.hasRemaining()) {
            int piece = Math.min(most, block.remaining());
            int before = type == Frame.PUSH_PROMISE ? 4 : 0;
            ByteBuffer to = room(Frame.HEADER_SIZE + before + piece);
            boolean last = piece == block.remaining();
            header(to, before + piece, type, flags | (last ? Frame.END_HEADERS : 0), stream);
            if (before > 0) {
                to.putInt(blockPromised);
            }
            block.limit(block.position() + piece);
            to.put(block);
            block.limit(end);
            type = Frame.CONTINUATION;
            flags = 0;
        }
    }

    private static void zeros(ByteBuffer to, int count) {
        for (int i = 0; i < count; i++) {
            to.put((byte) 0);
        }
    }

    /**
     * Puts up to {@code most} bytes of {@code from} into one DATA frame, or at the end of the last one if that is the same stream's and
     * nothing came behind it, and returns how many. What flow control counts, padding included, is then {@code open.charged()}.
     */
    int data(OpenFrame open, int stream, ByteBuffer from, int most) {
        int wanted = Math.min(Math.min(most, from.remaining()), maxFrame);
        int appended = join ? extend(open, from, wanted) : 0;
        if (appended > 0) {
            open.charged = appended;
            return appended;
        }
        int extra = padding > 1 && wanted > 1
                ? Math.min(1 + ThreadLocalRandom.current().nextInt(padding), wanted - 1)
                : 0;
        ByteBuffer to = room(Frame.HEADER_SIZE + extra + Math.min(wanted, LEAST_PIECE));
        int piece = Math.min(wanted, to.remaining() - Frame.HEADER_SIZE) - extra;
        open.start = tailStart + to.position();
        header(to, piece + extra, Frame.DATA, extra > 0 ? Frame.PADDED : 0, stream);
        if (extra > 0) {
            to.put((byte) (extra - 1));
        }
        copy(from, to, piece);
        zeros(to, extra - 1);
        open.end = tailStart + to.position();
        open.charged = piece + extra;
        return piece;
    }

    private int extend(OpenFrame open, ByteBuffer from, int wanted) {
        ByteBuffer to = tail;
        if (to == null || open.end != tailStart + to.position() || !unsent(open)) {
            return 0;
        }
        int start = (int) (open.start - tailStart);
        int length = to.getInt(start) >>> 8;
        int piece = Math.min(Math.min(wanted, to.remaining()), maxFrame - length);
        if (piece <= 0) {
            return 0;
        }
        copy(from, to, piece);
        to.putInt(start, ((length + piece) << 8) | Frame.DATA);
        open.end = tailStart + to.position();
        return piece;
    }

    private static void copy(ByteBuffer from, ByteBuffer to, int bytes) {
        int limit = from.limit();
        from.limit(from.position() + bytes);
        to.put(from);
        from.limit(limit);
    }

    private boolean unsent(OpenFrame open) {
        return open.start >= tailStart + tailSent && open.start >= 0;
    }

    /** Ends the stream: by a flag on its last DATA frame while that is still here, else by an empty one. */
    void end(OpenFrame open, int stream) {
        ByteBuffer to = tail;
        if (to != null && unsent(open)) {
            int flags = (int) (open.start - tailStart) + 4;
            to.put(flags, (byte) (to.get(flags) | Frame.END_STREAM));
            open.start = -1;
            return;
        }
        header(room(Frame.HEADER_SIZE), 0, Frame.DATA, Frame.END_STREAM, stream);
    }

    /** Writes what there is; true when all of it went. */
    boolean writeTo(ConduitStreamSinkChannel sink) throws IOException {
        while (!full.isEmpty()) {
            PooledByteBuffer first = full.element();
            ByteBuffer bytes = first.getBuffer();
            int before = bytes.remaining();
            write(bytes, sink);
            fullBytes -= before - bytes.remaining();
            if (bytes.hasRemaining()) {
                return false;
            }
            full.remove().close();
        }
        ByteBuffer last = tail;
        if (last == null) {
            return true;
        }
        int end = last.position();
        last.limit(end).position(tailSent);
        write(last, sink);
        tailSent = last.position();
        last.limit(tailRoom).position(end);
        if (tailSent < end) {
            return false;
        }
        releaseTail();
        return true;
    }

    /** A TLS connection takes a record at a time, a small one while it is cold. */
    private void write(ByteBuffer bytes, ConduitStreamSinkChannel sink) throws IOException {
        int count = 1;
        int limit = bytes.limit();
        while (count > 0 && bytes.hasRemaining()) {
            bytes.limit(bytes.position() + Math.min(bytes.remaining(), records.size()));
            count = sink.write(bytes);
            records.sent(count);
            bytes.limit(limit);
        }
    }

    private void releaseTail() {
        ByteBuffer last = tail;
        PooledByteBuffer pooled = pooledTail;
        if (last != null && pooled != null) {
            tailStart += last.position();
            pooled.close();
        }
        tail = null;
        pooledTail = null;
        tailSent = 0;
    }

    /** Drops everything. */
    void close() {
        for (PooledByteBuffer buffer : full) {
            buffer.close();
        }
        full.clear();
        fullBytes = 0;
        releaseTail();
    }

    /** Where a stream's last DATA frame stands, in bytes since the connection began. */
    static final class OpenFrame {
        private long start = -1;
        private long end = -1;

        private int charged;

        int charged() {
            return charged;
        }
    }
}
