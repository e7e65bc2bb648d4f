package dev.sluice.modules.filters;

import dev.sluice.request.Filter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Takes gzip's frame and compression off a body that comes in pieces (RFC 1952). One member; what follows it is dropped. */
final class Gunzip implements AutoCloseable {
    private static final int FIXED_HEADER = 10;
    private static final int FOOTER = 8;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_CRC = 2;
    private static final int RESERVED = 0xE0;

    private enum State {
        HEADER,
        BODY,
        FOOTER,
        OVER
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] in = new byte[2048];
    private final byte[] out;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(FIXED_HEADER);
    private State state = State.HEADER;

    /** @param size bytes in which what is inflated goes on */
    Gunzip(int size) {
        out = new byte[size];
    }

    /** What is asked after each piece that was inflated. */
    interface Watch {
        void inflated(long in, long out) throws IOException;
    }

    void write(ByteBuffer piece, Filter.Next next, Watch watch) throws IOException {
        while (piece.hasRemaining() && state != State.OVER) {
            switch (state) {
                case HEADER -> {
                    gathered.write(piece.get());
                    if (isHeaderComplete(gathered.toByteArray())) {
                        gathered.reset();
                        state = State.BODY;
                    }
                }
                case BODY -> inflate(piece, next, watch);
                case FOOTER -> {
                    gathered.write(piece.get());
                    if (gathered.size() == FOOTER) {
                        check(gathered.toByteArray());
                        state = State.OVER;
                    }
                }
                case OVER -> {}
            }
        }
        piece.position(piece.limit());
    }

    private void inflate(ByteBuffer piece, Filter.Next next, Watch watch) throws IOException {
        int size = Math.min(in.length, piece.remaining());
        piece.get(in, 0, size);
        inflater.setInput(in, 0, size);
        try {
            int got;
            do {
                got = inflater.inflate(out);
                crc.update(out, 0, got);
                watch.inflated(inflater.getBytesRead(), inflater.getBytesWritten());
                next.write(out, 0, got);
            } while (got > 0 && !inflater.finished());
        } catch (DataFormatException e) {
            throw new IOException("no gzip: " + e.getMessage(), e);
        }
        if (inflater.finished()) {
            piece.position(piece.position() - inflater.getRemaining());
            state = State.FOOTER;
        }
    }

    /** Whether the body is complete. */
    boolean isOver() {
        return state == State.OVER;
    }

    /** Whether nothing of it has come. */
    boolean isUntouched() {
        return state == State.HEADER && gathered.size() == 0;
    }

    private static boolean isHeaderComplete(byte[] header) throws IOException {
        if (header.length < FIXED_HEADER) {
            return false;
        }
        if (header[0] != 0x1f || header[1] != (byte) 0x8b || header[2] != 8 || (header[3] & RESERVED) != 0) {
            throw new IOException("no header of gzip");
        }
        int flags = header[3];
        int at = FIXED_HEADER;
        if ((flags & EXTRA) != 0) {
            if (header.length < at + 2) {
                return false;
            }
            at += 2 + (header[at] & 0xff) + ((header[at + 1] & 0xff) << 8);
        }
        for (int flag : new int[] {NAME, COMMENT}) {
            if ((flags & flag) != 0) {
                while (at < header.length && header[at] != 0) {
                    at++;
                }
                at++;
            }
        }
        if ((flags & HEADER_CRC) != 0) {
            at += 2;
        }
        return header.length >= at;
    }

    private void check(byte[] footer) throws IOException {
        long sum = 0;
        long length = 0;
        for (int i = 3; i >= 0; i--) {
            sum = (sum << 8) | (footer[i] & 0xff);
            length = (length << 8) | (footer[4 + i] & 0xff);
        }
        if (sum != crc.getValue() || length != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new IOException("checksum or length of gzip is wrong");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
