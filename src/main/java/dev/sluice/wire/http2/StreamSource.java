package dev.sluice.wire.http2;

import dev.sluice.wire.HoldsEnd;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.RequestTooBigException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The body a stream receives. A reader on the I/O thread that is waiting gets it straight from the connection's read buffer; what it
 * leaves, and what a worker thread reads, is kept here, where the two threads meet under a lock that is held for a copy.
 */
final class StreamSource implements StreamSourceConduit, HoldsEnd {
    private final Http2Stream stream;
    private final Http2Session session;
    private final ArrayDeque<PooledByteBuffer> kept = new ArrayDeque<>();
    private final AtomicInteger readOnWorkers = new AtomicInteger();
    private final Runnable ready = this::ready;
    private @Nullable ByteBuffer passing;
    private boolean passingEnds;
    private @Nullable ReadReadyHandler handler;
    private boolean held;
    private boolean heldBack;
    private @Nullable IOException failure;
    private int owed;
    private long maxLength = -1;
    private long length;
    private boolean ended;
    private boolean waiting;
    private volatile boolean resumed;
    private volatile boolean done;

    StreamSource(Http2Stream stream) {
        this.stream = stream;
        this.session = stream.session;
    }

    /** Reading more than so many bytes fails; -1 is no limit. */
    void maxLength(long most) {
        maxLength = most;
    }

    // --- the session's side, on the I/O thread

    private void sourceDone() {
        if (held) {
            heldBack = true;
        } else {
            stream.sourceDone();
        }
    }

    @Override
    public void holdEnd() {
        held = true;
    }

    @Override
    public void releaseEnd() {
        held = false;
        if (heldBack) {
            heldBack = false;
            stream.sourceDone();
        }
    }

    /** Body bytes whose credit the connection's window is owed until they are read. */
    void owe(int bytes) {
        owed += bytes;
    }

    void receive(ByteBuffer piece, boolean last) {
        if (done || failed()) {
            settle(piece.remaining());
            markEnded(last);
            return;
        }
        ReadReadyHandler reader = handler;
        if (!resumed || reader == null || hasKept()) {
            keep(piece, last);
            if (resumed) {
                session.ioThread.execute(ready);
            }
            return;
        }
        passing = piece;
        passingEnds = last;
        try {
            reader.readReady();
        } finally {
            passing = null;
        }
        if (done) {
            settle(piece.remaining());
        } else {
            keep(piece, last);
        }
        if (resumed && readable()) {
            session.ioThread.execute(ready);
        }
    }

    private synchronized void markEnded(boolean last) {
        ended |= last;
    }

    private synchronized boolean hasKept() {
        return !kept.isEmpty();
    }

    private synchronized void keep(ByteBuffer piece, boolean last) {
        PooledByteBuffer tail = kept.peekLast();
        while (piece.hasRemaining()) {
            if (tail == null || tail.getBuffer().limit() == tail.getBuffer().capacity()) {
                tail = session.pool.allocate();
                tail.getBuffer().limit(0);
                kept.add(tail);
            }
            ByteBuffer to = tail.getBuffer();
            int position = to.position();
            to.position(to.limit()).limit(to.capacity());
            copy(piece, to);
            to.limit(to.position()).position(position);
        }
        ended |= last;
        wake();
    }

    private void wake() {
        if (waiting) {
            waiting = false;
            notifyAll();
        }
    }

    void fail(IOException why) {
        boolean drops = drops(why);
        if (drops || done) {
            settle(owed);
        }
        if (drops && resumed) {
            session.ioThread.execute(ready);
        }
    }

    /** False where the body is complete and may still be read. */
    private synchronized boolean drops(IOException why) {
        if (done || (ended && stream.bodyOutlivesFailure())) {
            return false;
        }
        failure = why;
        drop();
        wake();
        return true;
    }

    private synchronized void drop() {
        for (PooledByteBuffer buffer : kept) {
            buffer.close();
        }
        kept.clear();
    }

    /** Nobody reads any more: what is here, and what comes, is credited and dropped. */
    void discard() {
        done = true;
        drop();
        settle(owed);
    }

    boolean discarding() {
        return done;
    }

    private void settle(int bytes) {
        int paid = Math.min(bytes, owed);
        owed -= paid;
        if (paid > 0) {
            session.credit(paid);
            stream.credit(paid);
        }
    }

    private void settleForWorkers() {
        settle(readOnWorkers.getAndSet(0));
    }

    boolean wanted() {
        return resumed || waitsOnWorker();
    }

    private synchronized boolean waitsOnWorker() {
        return waiting;
    }

    private void ready() {
        ReadReadyHandler reader = handler;
        if (!resumed || reader == null || !readable()) {
            return;
        }
        reader.readReady();
        // A failure is told once: a reader that ignores it is not to keep the thread busy.
        if (resumed && readable() && !failed()) {
            session.ioThread.execute(ready);
        }
    }

    private synchronized boolean failed() {
        return failure != null;
    }

    private synchronized boolean readable() {
        return !done && (ended || failure != null || !kept.isEmpty());
    }

    // --- the reader's side, on whatever thread owns the exchange

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (done) {
            return -1;
        }
        int read = take(to);
        if (read > 0) {
            length += read;
            if (session.onIoThread()) {
                settle(read);
            } else if (readOnWorkers.getAndAdd(read) == 0) {
                session.ioThread.execute(this::settleForWorkers);
            }
            checkLength();
        } else if (read < 0) {
            finish();
        }
        return read;
    }

    private void checkLength() throws IOException {
        if (maxLength > 0 && length > maxLength) {
            throw new RequestTooBigException("a request body above " + maxLength + " bytes");
        }
    }

    private void finish() {
        done = true;
        sourceDone();
    }

    private int take(ByteBuffer to) throws IOException {
        ByteBuffer now = passing;
        if (now != null && session.onIoThread()) {
            return now.hasRemaining() ? copy(now, to) : passingEnds ? -1 : 0;
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            int read = 0;
            while (to.hasRemaining() && !kept.isEmpty()) {
                PooledByteBuffer first = kept.element();
                read += copy(first.getBuffer(), to);
                if (!first.getBuffer().hasRemaining()) {
                    kept.remove().close();
                }
            }
            return read == 0 && ended && kept.isEmpty() ? -1 : read;
        }
    }

    private static int copy(ByteBuffer from, ByteBuffer to) {
        int bytes = Math.min(from.remaining(), to.remaining());
        int limit = from.limit();
        from.limit(from.position() + bytes);
        to.put(from);
        from.limit(limit);
        return bytes;
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            while (to[i].hasRemaining()) {
                int read = read(to[i]);
                if (read <= 0) {
                    return total == 0 ? read : total;
                }
                total += read;
            }
        }
        return total;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return Conduits.transfer(this, count, through, target);
    }

    @Override
    public void resumeReads() {
        resumed = true;
        if (readable()) {
            session.ioThread.execute(ready);
        }
    }

    @Override
    public void wakeupReads() {
        resumed = true;
        session.ioThread.execute(() -> {
            ReadReadyHandler reader = handler;
            if (resumed && reader != null) {
                reader.readReady();
            }
        });
    }

    @Override
    public void suspendReads() {
        resumed = false;
    }

    @Override
    public boolean isReadResumed() {
        return resumed;
    }

    @Override
    public void terminateReads() {
        resumed = false;
        if (!done) {
            done = true;
            session.execute(() -> {
                discard();
                session.giveUpReading(stream);
            });
            sourceDone();
        }
    }

    @Override
    public boolean isReadShutdown() {
        return done;
    }

    @Override
    public void awaitReadable() throws IOException {
        awaitReadable(0, TimeUnit.MILLISECONDS);
    }

    @Override
    public void awaitReadable(long time, TimeUnit unit) throws IOException {
        long start = System.nanoTime();
        try {
            synchronized (this) {
                while (!readable() && !done && (time == 0 || System.nanoTime() - start < unit.toNanos(time))) {
                    waiting = true;
                    wait(unit.toMillis(time));
                }
                waiting = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a body");
        }
    }

    @Override
    public XnioIoThread getReadThread() {
        return session.ioThread;
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        this.handler = handler;
    }

    @Override
    public XnioWorker getWorker() {
        return session.ioThread.getWorker();
    }
}
