package dev.sluice.wire.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what comes in into frames. DATA passes in whatever pieces it arrives; every other frame is shown whole, and a header block whole
 * with its CONTINUATIONs.
 */
final class FrameReader {
    /** What a client sends first. */
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** A header block may come in so many CONTINUATION frames beside its HEADERS frame. */
    private static final int MAX_CONTINUATIONS = 32;

    /** Told of the frames; must use up each payload by its limit or leave it, the reader goes on behind it either way. */
    interface Frames {
        /** Any frame but DATA, HEADERS and CONTINUATION. */
        void frame(int type, int flags, int stream, ByteBuffer payload) throws Http2Exception;

        /** {@code priority} is as {@link SendOrder#priority} makes it. */
        void headers(int stream, boolean end, long priority, ByteBuffer block) throws Http2Exception;

        /** {@code length} is what flow control counts, padding included, {@code bytes} what of it is body. */
        void dataBegins(int stream, boolean end, int length, int bytes) throws Http2Exception;

        /** A piece of the DATA frame begun last; {@code last} with the last one. */
        void data(ByteBuffer piece, boolean last) throws Http2Exception;
    }

    private final Frames frames;
    private final int maxBlock;
    private int prefaceRead;
    private int dataLeft;
    private int padLeft;
    private int blockStream;
    private boolean blockEnds;
    private long blockPriority = SendOrder.NONE;
    private int continuations;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private ByteBuffer large = ByteBuffer.allocate(0);
    private int largeHead;
    private int largeStream;
    private boolean inLarge;

    /** {@code expectPreface} in the server role; {@code maxBlock} bounds the bytes of an undecoded header block. */
    FrameReader(Frames frames, boolean expectPreface, int maxBlock) {
        this.frames = frames;
        this.maxBlock = maxBlock;
        this.prefaceRead = expectPreface ? 0 : PREFACE.length;
    }

    /** Whether the client's preface has been seen. */
    boolean started() {
        return prefaceRead == PREFACE.length;
    }

    /** Uses all of {@code in} but the beginning of a frame that has not arrived whole. */
    void read(ByteBuffer in) throws Http2Exception {
        while (prefaceRead < PREFACE.length && in.hasRemaining()) {
            if (in.get() != PREFACE[prefaceRead++]) {
                throw new Http2Exception(Http2Error.PROTOCOL_ERROR, "a connection that begins with no HTTP/2 preface");
            }
        }
        boolean more = true;
        while (more) {
            if (dataLeft > 0) {
                more = passData(in);
            } else if (padLeft > 0) {
                int skip = Math.min(padLeft, in.remaining());
                in.position(in.position() + skip);
                padLeft -= skip;
                more = padLeft == 0;
            } else if (inLarge) {
                more = gatherLarge(in);
            } else {
                more = next(in);
            }
        }
    }

    private boolean passData(ByteBuffer in) throws Http2Exception {
        int piece = Math.min(dataLeft, in.remaining());
        if (piece == 0) {
            return false;
        }
        dataLeft -= piece;
        int limit = in.limit();
        int end = in.position() + piece;
        in.limit(end);
        frames.data(in, dataLeft == 0);
        in.limit(limit).position(end);
        return true;
    }

    private boolean next(ByteBuffer in) throws Http2Exception {
        if (in.remaining() < Frame.HEADER_SIZE) {
            return false;
        }
        int at = in.position();
        int head = in.getInt(at);
        int length = head >>> 8;
        int type = head & 0xff;
        int flags = in.get(at + 4);
        int stream = in.getInt(at + 5) & 0x7fffffff;
        if (length > Frame.DEFAULT_SIZE) {
            throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "a frame of " + length + " bytes");
        }
        if (blockStream != 0 && (type != Frame.CONTINUATION || stream != blockStream)) {
            throw protocol("a header block that another frame breaks");
        }
        if (type == Frame.DATA) {
            return beginData(in, length, flags, stream);
        }
        if (in.remaining() < Frame.HEADER_SIZE + length) {
            if (Frame.HEADER_SIZE + length <= in.capacity()) {
                return false;
            }
            large = ByteBuffer.allocate(length);
            largeHead = (type << 8) | (flags & 0xff);
            largeStream = stream;
            inLarge = true;
            in.position(at + Frame.HEADER_SIZE);
            return true;
        }
        int limit = in.limit();
        int end = at + Frame.HEADER_SIZE + length;
        in.limit(end).position(at + Frame.HEADER_SIZE);
        whole(type, flags, stream, in);
        in.limit(limit).position(end);
        return true;
    }

    private boolean gatherLarge(ByteBuffer in) throws Http2Exception {
        int piece = Math.min(large.remaining(), in.remaining());
        int limit = in.limit();
        in.limit(in.position() + piece);
        large.put(in);
        in.limit(limit);
        if (large.hasRemaining()) {
            return false;
        }
        inLarge = false;
        large.flip();
        ByteBuffer payload = large;
        large = ByteBuffer.allocate(0);
        whole(largeHead >>> 8, largeHead & 0xff, largeStream, payload);
        return true;
    }

    private boolean beginData(ByteBuffer in, int length, int flags, int stream) throws Http2Exception {
        int at = in.position();
        boolean padded = (flags & Frame.PADDED) != 0;
        if (padded && length > 0 && in.remaining() < Frame.HEADER_SIZE + 1) {
            return false;
        }
        int pad = padded ? (length == 0 ? 0 : in.get(at + Frame.HEADER_SIZE) & 0xff) : -1;
        if (pad >= length) {
            throw protocol("a DATA frame that is nothing but padding that does not fit");
        }
        in.position(at + Frame.HEADER_SIZE + (padded ? 1 : 0));
        int bytes = length - pad - 1;
        boolean end = (flags & Frame.END_STREAM) != 0;
        frames.dataBegins(stream, end, length, bytes);
        dataLeft = bytes;
        padLeft = Math.max(pad, 0);
        if (bytes == 0) {
            int limit = in.limit();
            int position = in.position();
            in.limit(position);
            frames.data(in, true);
            in.limit(limit);
        }
        return true;
    }

    private void whole(int type, int flags, int stream, ByteBuffer payload) throws Http2Exception {
        if (type == Frame.HEADERS) {
            beginBlock(flags, stream, payload);
        } else if (type == Frame.CONTINUATION) {
            continueBlock(flags, payload);
        } else {
            frames.frame(type, flags, stream, payload);
        }
    }

    private void beginBlock(int flags, int stream, ByteBuffer payload) throws Http2Exception {
        if (stream == 0) {
            throw protocol("HEADERS on stream 0");
        }
        int least = ((flags & Frame.PADDED) != 0 ? 1 : 0) + ((flags & Frame.PRIORITIZED) != 0 ? 5 : 0);
        if (payload.remaining() < least) {
            throw new Http2Exception(
                    Http2Error.FRAME_SIZE_ERROR, "a HEADERS frame of " + payload.remaining() + " bytes");
        }
        int pad = (flags & Frame.PADDED) != 0 ? payload.get() & 0xff : 0;
        long priority =
                (flags & Frame.PRIORITIZED) != 0 ? SendOrder.priority(payload.getInt(), payload.get()) : SendOrder.NONE;
        if (pad > payload.remaining()) {
            throw protocol("a HEADERS frame with more padding than payload");
        }
        payload.limit(payload.limit() - pad);
        boolean end = (flags & Frame.END_STREAM) != 0;
        if ((flags & Frame.END_HEADERS) != 0) {
            frames.headers(stream, end, priority, payload);
            return;
        }
        blockStream = stream;
        blockEnds = end;
        blockPriority = priority;
        continuations = 0;
        block = ByteBuffer.allocate(2 * payload.remaining() + 64);
        block.put(payload);
    }

    private void continueBlock(int flags, ByteBuffer payload) throws Http2Exception {
        if (blockStream == 0) {
            throw protocol("a CONTINUATION of no header block");
        }
        int size = block.position() + payload.remaining();
        if (++continuations > MAX_CONTINUATIONS || size > maxBlock) {
            throw new Http2Exception(
                    Http2Error.ENHANCE_YOUR_CALM,
                    "a header block of " + size + " bytes in " + continuations + " pieces");
        }
        if (payload.remaining() > block.remaining()) {
            block = ByteBuffer.allocate(2 * size).put(block.flip());
        }
        block.put(payload);
        if ((flags & Frame.END_HEADERS) != 0) {
            int stream = blockStream;
            blockStream = 0;
            ByteBuffer whole = block.flip();
            block = ByteBuffer.allocate(0);
            frames.headers(stream, blockEnds, blockPriority, whole);
        }
    }

    private static Http2Exception protocol(String message) {
        return new Http2Exception(Http2Error.PROTOCOL_ERROR, message);
    }
}
