package dev.sluice.wire.tls;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Stands between the TLS conduit, which writes a record at a time, and the socket: gathers records until there is a flush
 * or they fill a buffer. Holds one only in between. Passes everything on as it comes until the handshake is over, whose
 * messages nobody flushes.
 */
final class RecordGathering extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final ByteBufferPool pool;
    private boolean gathers;
    private boolean ends;

    /** Ready to be filled; null for none. */
    private @Nullable PooledByteBuffer held;

    RecordGathering(StreamSinkConduit socket, ByteBufferPool pool) {
        super(socket);
        this.pool = pool;
    }

    /** The handshake is over. */
    synchronized void begin() {
        gathers = true;
    }

    @Override
    public synchronized int write(ByteBuffer src) throws IOException {
        if (!gathers) {
            return next.write(src);
        }
        int start = src.position();
        do {
            take(src);
        } while (src.hasRemaining() && push());
        return src.position() - start;
    }

    /** As much of {@code src} as there is room for. */
    private void take(ByteBuffer src) {
        PooledByteBuffer into = held;
        if (into == null) {
            into = pool.allocate();
            held = into;
        }
        ByteBuffer room = into.getBuffer();
        int size = Math.min(src.remaining(), room.remaining());
        room.put(room.position(), src, src.position(), size).position(room.position() + size);
        src.position(src.position() + size);
    }

    /** True where nothing is held any more, or at least some room was made. */
    private boolean push() throws IOException {
        PooledByteBuffer full = held;
        if (full == null) {
            return true;
        }
        ByteBuffer bytes = full.getBuffer().flip();
        int count = 1;
        try {
            while (count > 0 && bytes.hasRemaining()) {
                count = next.write(bytes);
            }
        } catch (IOException e) {
            free();
            throw e;
        }
        if (bytes.hasRemaining()) {
            boolean any = bytes.position() > 0;
            bytes.compact();
            return any;
        }
        free();
        return true;
    }

    private void free() {
        IoUtils.safeClose(held);
        held = null;
    }

    @Override
    public synchronized boolean flush() throws IOException {
        if (held != null) {
            push();
            if (held != null) {
                return false;
            }
        }
        if (ends) {
            ends = false;
            next.terminateWrites();
        }
        return next.flush();
    }

    @Override
    public synchronized void terminateWrites() throws IOException {
        if (held == null) {
            next.terminateWrites();
        } else {
            ends = true;
        }
    }

    @Override
    public synchronized void truncateWrites() throws IOException {
        free();
        next.truncateWrites();
    }

    @Override
    public long write(ByteBuffer[] srcs, int offs, int len) throws IOException {
        long written = 0;
        for (int i = offs; i < offs + len; i++) {
            written += write(srcs[i]);
            if (srcs[i].hasRemaining()) {
                break;
            }
        }
        return written;
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        int written = write(src);
        if (!src.hasRemaining()) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offs, int len) throws IOException {
        long written = write(srcs, offs, len);
        if (!srcs[offs + len - 1].hasRemaining()) {
            terminateWrites();
        }
        return written;
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
