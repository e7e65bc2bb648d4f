package dev.sluice.wire.http2;

import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * The body a stream sends. On the I/O thread bytes are framed as they are written, as far as the windows and the connection's queue allow;
 * a worker thread leaves them in an {@link Outbox}. The head goes out with the first byte, the first flush or the end.
 */
final class StreamSink implements StreamSinkConduit {
    private final Http2Stream stream;
    private final Http2Session session;
    private final FrameWriter.OpenFrame frame = new FrameWriter.OpenFrame();
    private final AtomicBoolean takeScheduled = new AtomicBoolean();
    private final Runnable ready = this::ready;
    private volatile @Nullable Outbox outbox;
    private volatile @Nullable IOException failure;
    private volatile boolean resumed;
    private volatile boolean shut;
    private volatile boolean headWanted;
    private @Nullable WriteReadyHandler handler;
    private @Nullable HeaderMap trailers;
    private boolean headWritten;
    private boolean finished;
    boolean inWaitingLine;

    StreamSink(Http2Stream stream) {
        this.stream = stream;
        this.session = stream.session;
    }

    // --- the session's side, on the I/O thread

    /** A head that the session wrote itself. */
    void headIsWritten() {
        headWritten = true;
    }

    /** The head was all there is to send. */
    void endsWithHead() {
        headWritten = true;
        shut = true;
        finished = true;
    }

    boolean headWritten() {
        return headWritten;
    }

    void fail(IOException why) {
        if (stream.localEnded()) {
            return;
        }
        failure = why;
        Outbox box = outbox;
        if (box != null) {
            box.close();
        }
        if (resumed) {
            session.ioThread.execute(ready);
        }
    }

    /** Whether bytes, or a writer, wait to go on. */
    boolean wanted() {
        Outbox box = outbox;
        return failure == null && !stream.localEnded() && (resumed || (box != null && !box.isEmpty()));
    }

    /** There is room again. */
    void ready() {
        boolean empty = takeOut();
        WriteReadyHandler writer = handler;
        if (writer == null || !resumed) {
            return;
        }
        if (failure == null && !(empty && writable())) {
            if (!stream.windowShut()) {
                session.waitInLine(this);
            }
            return;
        }
        writer.writeReady();
        // A failure is told once: a writer that ignores it is not to keep the thread busy.
        if (resumed && failure == null && writable()) {
            session.ioThread.execute(ready);
        }
    }

    private boolean writable() {
        return shut ? !finished : room() > 0;
    }

    /** Body bytes that may be framed now. */
    private int room() {
        return Math.min(stream.sendRoom(), session.roomFor(this));
    }

    int id() {
        return stream.id;
    }

    /** Frames what workers have left, then the end if that was asked for; true when nothing is left. */
    private boolean takeOut() {
        // Asked before the box is looked into: what a worker adds afterwards belongs before the end.
        boolean over = shut;
        Outbox box = outbox;
        if (failure != null || stream.localEnded()) {
            if (box != null) {
                box.close();
            }
            return true;
        }
        if (box != null && !empty(box)) {
            return false;
        }
        if (over) {
            end();
        } else if (headWanted) {
            head(false);
            session.flushSoon();
        }
        return true;
    }

    private boolean empty(Outbox box) {
        for (ByteBuffer next = box.front(); next != null; next = box.front()) {
            int framed = frame(next);
            box.left(framed);
            if (framed == 0) {
                return false;
            }
        }
        return true;
    }

    private void takeOutForWorkers() {
        takeScheduled.set(false);
        if (takeOut() && resumed) {
            ready();
        }
    }

    private void head(boolean end) {
        if (!headWritten) {
            headWritten = true;
            stream.writeHead(end);
        }
    }

    private int frame(ByteBuffer from) {
        int total = 0;
        if (session.out.pending() < Transport.HIGH_WATER) {
            head(false);
        }
        while (from.hasRemaining() && failure == null) {
            int room = room();
            if (room <= 0) {
                if (!stream.windowShut()) {
                    session.waitInLine(this);
                }
                break;
            }
            int bytes = session.out.data(frame, stream.id, from, room);
            stream.sent(bytes, frame.charged());
            total += bytes;
        }
        session.flushSoon();
        return total;
    }

    private void end() {
        if (stream.localEnded()) {
            return;
        }
        HeaderMap last = trailers;
        boolean withTrailers = last != null && last.size() > 0;
        if (!headWritten && !withTrailers) {
            head(true);
        } else if (withTrailers && last != null) {
            head(false);
            if (!stream.closed()) {
                session.out.response(stream.id, 0, last, true);
            }
        } else if (stream.promiseKept()) {
            session.out.end(frame, stream.id);
        } else {
            session.reset(stream, stream.abortCode(), new IOException("a body shorter than its content length"));
            return;
        }
        if (stream.closed()) {
            return;
        }
        stream.endLocal();
        session.flushSoon();
    }

    // --- the writer's side, on whatever thread owns the exchange

    private void check() throws IOException {
        IOException why = failure;
        if (why != null) {
            throw why;
        }
        if (shut) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        check();
        if (session.onIoThread()) {
            return takeOut() ? frame(from) : 0;
        }
        int taken = box().offer(from);
        if (taken > 0) {
            scheduleTake();
        }
        return taken;
    }

    private Outbox box() {
        Outbox box = outbox;
        if (box == null) {
            box = new Outbox(session.pool, session.options.output().streamMemory());
            outbox = box;
        }
        return box;
    }

    private void scheduleTake() {
        if (takeScheduled.compareAndSet(false, true)) {
            session.ioThread.execute(this::takeOutForWorkers);
        }
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            while (from[i].hasRemaining()) {
                int written = write(from[i]);
                if (written == 0) {
                    return total;
                }
                total += written;
            }
        }
        return total;
    }

    @Override
    public int writeFinal(ByteBuffer from) throws IOException {
        int written = write(from);
        if (!from.hasRemaining()) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long writeFinal(ByteBuffer[] from, int offset, int length) throws IOException {
        long written = write(from, offset, length);
        if (!from[offset + length - 1].hasRemaining()) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long transferFrom(FileChannel from, long position, long count) throws IOException {
        return from.transferTo(position, count, new ConduitWritableByteChannel(this));
    }

    @Override
    public long transferFrom(StreamSourceChannel from, long count, ByteBuffer through) throws IOException {
        return Conduits.transfer(from, count, through, this);
    }

    @Override
    public void terminateWrites() {
        if (shut) {
            return;
        }
        trailers = stream.trailersToSend();
        shut = true;
        if (session.onIoThread()) {
            takeOut();
        } else {
            scheduleTake();
        }
    }

    @Override
    public boolean flush() throws IOException {
        IOException why = failure;
        if (why != null && !finished) {
            throw why;
        }
        if (session.onIoThread()) {
            if (!takeOut()) {
                return false;
            }
            if (!shut) {
                head(false);
            }
            session.flushSoon();
        } else if (!shut && !headWanted) {
            headWanted = true;
            scheduleTake();
        }
        if (shut && !finished) {
            finished = true;
            stream.sinkDone();
        }
        return true;
    }

    @Override
    public void truncateWrites() {
        resumed = false;
        if (!finished) {
            finished = true;
            session.execute(() -> {
                if (!stream.localEnded()) {
                    session.reset(stream, stream.abortCode(), new IOException("a body given up in the middle"));
                }
            });
        }
    }

    @Override
    public boolean isWriteShutdown() {
        return shut || failure != null;
    }

    @Override
    public void resumeWrites() {
        resumed = true;
        if (!session.onIoThread() || failure != null || writable()) {
            session.ioThread.execute(ready);
        } else if (!stream.windowShut()) {
            session.waitInLine(this);
        }
    }

    @Override
    public void wakeupWrites() {
        resumed = true;
        session.ioThread.execute(() -> {
            WriteReadyHandler writer = handler;
            if (resumed && writer != null) {
                writer.writeReady();
            }
        });
    }

    @Override
    public void suspendWrites() {
        resumed = false;
    }

    @Override
    public boolean isWriteResumed() {
        return resumed;
    }

    @Override
    public void awaitWritable() throws IOException {
        awaitWritable(0, TimeUnit.MILLISECONDS);
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        try {
            box().await(unit.toMillis(time));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to send a body");
        }
    }

    @Override
    public XnioIoThread getWriteThread() {
        return session.ioThread;
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler handler) {
        this.handler = handler;
    }

    @Override
    public XnioWorker getWorker() {
        return session.ioThread.getWorker();
    }
}
