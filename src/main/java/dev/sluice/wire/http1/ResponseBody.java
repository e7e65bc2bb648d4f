package dev.sluice.wire.http1;

import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The body of a response, framing taken off. Reads straight into the reader's buffer; only what came with the head is
 * copied. Reads of the connection stay resumed while nobody suspends them, so a small response costs no epoll_ctl.
 */
final class ResponseBody extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final Http1ClientExchange exchange;
    private final BodyFraming framing;
    private final @Nullable ChunkDecoder chunks;
    private long remaining;
    private @Nullable PooledByteBuffer received;
    private @Nullable ReadReadyHandler handler;
    private boolean resumed;
    private boolean wakeup;
    private boolean ended;
    private @Nullable IOException failure;

    ResponseBody(
            StreamSourceConduit connection,
            Http1ClientExchange exchange,
            BodyFraming framing,
            @Nullable PooledByteBuffer received) {
        super(connection);
        this.exchange = exchange;
        this.framing = framing;
        this.received = received;
        this.remaining = framing.length();
        this.chunks = framing.kind() == BodyFraming.Kind.CHUNKED ? new ChunkDecoder() : null;
    }

    /** Ends a body of no length before anybody reads it, so that the connection is free when the response is told. */
    void endIfEmpty() {
        if (framing.kind() == BodyFraming.Kind.FIXED && remaining == 0) {
            end(received == null);
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        while (!ended) {
            if (!dst.hasRemaining()) {
                return 0;
            }
            int start = dst.position();
            int count = fill(dst);
            if (count == 0) {
                return 0;
            }
            int decoded = count < 0 ? atEnd() : take(dst, start, count);
            if (decoded > 0) {
                return decoded;
            }
        }
        return -1;
    }

    private int fill(ByteBuffer dst) throws IOException {
        int limit = dst.limit();
        if (framing.kind() == BodyFraming.Kind.FIXED && remaining < dst.remaining()) {
            dst.limit(dst.position() + (int) remaining);
        }
        try {
            PooledByteBuffer first = received;
            if (first == null) {
                return next.read(dst);
            }
            ByteBuffer source = first.getBuffer();
            int size = Math.min(source.remaining(), dst.remaining());
            dst.put(dst.position(), source, source.position(), size).position(dst.position() + size);
            source.position(source.position() + size);
            if (!source.hasRemaining()) {
                first.close();
                received = null;
            }
            return size == 0 ? fill(dst) : size;
        } catch (IOException e) {
            throw fail(e);
        } finally {
            dst.limit(limit);
        }
    }

    private int take(ByteBuffer dst, int start, int count) throws IOException {
        switch (framing.kind()) {
            case FIXED -> {
                remaining -= count;
                if (remaining == 0) {
                    end(received == null);
                }
                return count;
            }
            case CHUNKED -> {
                return takeChunks(dst, start, count);
            }
            default -> {
                return count;
            }
        }
    }

    private int takeChunks(ByteBuffer dst, int start, int count) throws IOException {
        ChunkDecoder decoder = chunks;
        if (decoder == null) {
            throw new IllegalStateException("no decoder");
        }
        try {
            int decodedEnd = decoder.decode(dst, start, start + count);
            dst.position(decodedEnd);
            if (decoder.isDone()) {
                exchange.trailers(decoder.trailers());
                end(received == null && decoder.left() == 0);
            }
            return decodedEnd - start;
        } catch (ResponseException e) {
            dst.position(start);
            throw fail(e);
        }
    }

    private int atEnd() throws IOException {
        if (framing.kind() == BodyFraming.Kind.UNTIL_CLOSE) {
            end(false);
            return 0;
        }
        throw fail(new ResponseException(ResponseException.Reason.BODY_ENDED, "connection closed inside the body"));
    }

    private IOException fail(IOException e) {
        failure = e;
        free();
        exchange.responseFailed();
        return e;
    }

    private void end(boolean clean) {
        ended = true;
        free();
        exchange.responseEnded(clean && framing.trusted());
    }

    private void free() {
        IoUtils.safeClose(received);
        received = null;
    }

    @Override
    public long read(ByteBuffer[] dsts, int offs, int len) throws IOException {
        for (int i = offs; i < offs + len; i++) {
            if (dsts[i].hasRemaining()) {
                return read(dsts[i]);
            }
        }
        return ended ? -1 : 0;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target) throws IOException {
        return IoUtils.transfer(new ConduitReadableByteChannel(this), count, throughBuffer, target);
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        this.handler = handler;
    }

    @Override
    public void resumeReads() {
        if (resumed) {
            return;
        }
        resumed = true;
        if (received != null || ended || failure != null) {
            wakeupReads();
        } else {
            next.resumeReads();
        }
    }

    @Override
    public void suspendReads() {
        resumed = false;
    }

    @Override
    public void wakeupReads() {
        resumed = true;
        if (!wakeup) {
            wakeup = true;
            getReadThread().execute(this::woken);
        }
    }

    /** Once a wake-up: a task that queues itself would keep the I/O thread from its sockets. */
    private void woken() {
        wakeup = false;
        if (resumed && handler != null) {
            handler.readReady();
        }
        if (resumed && !ended && failure == null) {
            next.resumeReads();
        }
    }

    /** Lets a reader that waits find out that the stream has failed. */
    void connectionClosed() {
        if (resumed) {
            wakeupReads();
        }
    }

    @Override
    public boolean isReadResumed() {
        return resumed;
    }

    /** Called by the connection when there is something to read; suspends the connection's reads when nobody wants it. */
    void readReady() {
        if (resumed && handler != null) {
            handler.readReady();
        } else {
            next.suspendReads();
        }
    }

    /** The reader does not want the rest: the connection is of no use after that. */
    @Override
    public void terminateReads() throws IOException {
        if (!ended && failure == null) {
            fail(new ResponseException(ResponseException.Reason.BODY_ENDED, "reading was given up"));
        }
    }

    @Override
    public boolean isReadShutdown() {
        return ended || failure != null;
    }

    @Override
    public void awaitReadable() throws IOException {
        if (received == null && !ended) {
            next.awaitReadable();
        }
    }

    @Override
    public void awaitReadable(long time, TimeUnit timeUnit) throws IOException {
        if (received == null && !ended) {
            next.awaitReadable(time, timeUnit);
        }
    }
}
