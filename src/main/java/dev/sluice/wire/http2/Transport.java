package dev.sluice.wire.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.channels.SslChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Reads and writes the connection of a session: a turn reads what is there, lets the session work, and ends in one write. Keeps no buffer
 * while nothing is under way.
 */
final class Transport {
    /** Reads in a row before other connections of the thread have their turn. */
    private static final int READS_PER_TURN = 16;

    /** Writes in a row while streams keep filling what has drained. */
    private static final int WRITES_PER_TURN = 16;

    /** With more bytes than these waiting to be written, streams must wait. */
    static final int HIGH_WATER = 1 << 17;

    /** With more than these, which frames that are not DATA have made, we stop reading until the peer has read. */
    private static final int STOP_READING = 1 << 18;

    /** What the session makes of it. */
    interface Owner {
        /** Uses all but the beginning of a frame. */
        void received(ByteBuffer in) throws IOException;

        /** Streams may write again. */
        void drained();

        /** The peer closed its side, or the connection broke; with null it was the former. */
        void lost(@Nullable IOException failure);

        /** A frame that ends the connection. */
        void broken(Http2Exception failure);
    }

    private final StreamConnection connection;
    private final ConduitStreamSourceChannel source;
    private final ConduitStreamSinkChannel sink;
    private final ByteBufferPool pool;
    private final XnioIoThread ioThread;
    private final FrameWriter out;
    private final Owner owner;
    private final boolean secure;
    private final Runnable flush = this::scheduledFlush;
    private @Nullable PooledByteBuffer in;
    private boolean inTurn;
    private boolean flushScheduled;
    private boolean waitsToWrite;
    private boolean paused;
    private boolean open = true;
    private boolean closeWhenWritten;
    private boolean shut;
    private long lastWrite = System.nanoTime();

    Transport(StreamConnection connection, ByteBufferPool pool, FrameWriter out, Owner owner) {
        this.connection = connection;
        this.source = connection.getSourceChannel();
        this.sink = connection.getSinkChannel();
        this.pool = pool;
        this.ioThread = connection.getIoThread();
        this.out = out;
        this.owner = owner;
        this.secure = connection instanceof SslChannel;
    }

    boolean secure() {
        return secure;
    }

    /** {@code first} are bytes that came before; it is closed here. */
    void start(@Nullable PooledByteBuffer first) {
        source.setReadListener(channel -> readable());
        sink.setWriteListener(channel -> flush());
        connection.setCloseListener(channel -> owner.lost(null));
        if (first == null) {
            flush();
        } else {
            begin(first);
        }
        if (open && !shut) {
            source.wakeupReads();
        }
    }

    private void begin(PooledByteBuffer first) {
        inTurn = true;
        try (first) {
            ByteBuffer rest = first.getBuffer();
            while (rest.hasRemaining() && open) {
                ByteBuffer buffer = buffer();
                int limit = rest.limit();
                rest.limit(rest.position() + Math.min(buffer.remaining(), rest.remaining()));
                buffer.put(rest);
                rest.limit(limit);
                pass(buffer);
            }
        } catch (Http2Exception e) {
            owner.broken(e);
        } catch (IOException e) {
            owner.lost(e);
        } finally {
            endTurn();
        }
        flush();
    }

    private void readable() {
        if (inTurn || !open) {
            return;
        }
        inTurn = true;
        try {
            boolean more = true;
            for (int i = 0; more && i < READS_PER_TURN; i++) {
                more = open && !paused && readOnce();
            }
            if (more && open) {
                source.wakeupReads();
            }
        } catch (Http2Exception e) {
            owner.broken(e);
        } catch (IOException e) {
            owner.lost(e);
        } finally {
            endTurn();
        }
        flush();
    }

    /** False when there is nothing more to read. A clear connection that filled less than the buffer has been emptied. */
    private boolean readOnce() throws IOException {
        ByteBuffer buffer = buffer();
        int room = buffer.remaining();
        int read = source.read(buffer);
        if (read < 0) {
            source.suspendReads();
            owner.lost(null);
            return false;
        }
        if (read == 0) {
            return false;
        }
        if (shut) {
            buffer.clear();
        } else {
            pass(buffer);
        }
        pauseIfFull();
        return secure || read == room;
    }

    private void pass(ByteBuffer buffer) throws IOException {
        buffer.flip();
        try {
            owner.received(buffer);
        } finally {
            if (buffer.hasRemaining()) {
                buffer.compact();
            } else {
                buffer.clear();
            }
        }
    }

    private ByteBuffer buffer() {
        PooledByteBuffer current = in;
        if (current == null) {
            current = pool.allocate();
            in = current;
        }
        return current.getBuffer();
    }

    private void endTurn() {
        inTurn = false;
        PooledByteBuffer current = in;
        if (current != null && (!open || current.getBuffer().position() == 0)) {
            current.close();
            in = null;
        }
    }

    private void pauseIfFull() {
        if (!paused && out.pending() > STOP_READING) {
            paused = true;
            source.suspendReads();
        }
    }

    /** Has what was framed written at the end of this turn of the I/O thread. */
    void flushSoon() {
        if (!inTurn && !flushScheduled && open) {
            flushScheduled = true;
            ioThread.execute(flush);
        }
    }

    private void scheduledFlush() {
        flushScheduled = false;
        flush();
    }

    /** Writes now as much as the connection takes. */
    void flush() {
        if (!open || inTurn) {
            return;
        }
        inTurn = true;
        try {
            boolean all = true;
            for (int i = 0; all && i < WRITES_PER_TURN; i++) {
                long before = out.pending();
                all = out.writeTo(sink);
                if (out.pending() < before || before == 0) {
                    lastWrite = System.nanoTime();
                }
                if (open && out.pending() < HIGH_WATER / 2) {
                    owner.drained();
                }
                if (!open || out.pending() == 0) {
                    break;
                }
            }
            afterWriting(open && out.pending() == 0 && sink.flush());
        } catch (IOException e) {
            owner.lost(e);
        } finally {
            endTurn();
        }
    }

    private void afterWriting(boolean all) throws IOException {
        if (!open) {
            return;
        }
        if (all == waitsToWrite) {
            waitsToWrite = !all;
            if (all) {
                sink.suspendWrites();
            } else {
                sink.resumeWrites();
            }
        }
        if (paused && out.pending() < STOP_READING / 2) {
            paused = false;
            source.wakeupReads();
        }
        if (all && closeWhenWritten && !shut) {
            shut = true;
            sink.shutdownWrites();
            if (!sink.flush()) {
                waitsToWrite = true;
                sink.resumeWrites();
            }
        }
    }

    /** When the connection last took bytes, by {@link System#nanoTime()}; only of use while some are pending. */
    long lastWrite() {
        return lastWrite;
    }

    /**
     * Ends the connection once everything is written: our side is shut and the peer's bytes are dropped until it closes too, for a close with
     * unread bytes would reset the connection and lose our last frames.
     */
    void closeWhenWritten() {
        closeWhenWritten = true;
        flushSoon();
    }

    void close() {
        if (!open) {
            return;
        }
        open = false;
        out.close();
        if (!inTurn) {
            endTurn();
        }
        IoUtils.safeClose(connection);
    }

    boolean isOpen() {
        return open;
    }
}
