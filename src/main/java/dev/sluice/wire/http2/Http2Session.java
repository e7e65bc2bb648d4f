package dev.sluice.wire.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.util.AbstractAttachable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.channels.SslChannel;

/**
 * One HTTP/2 connection. Everything in it happens on the I/O thread of the connection; the public methods may be called from any thread.
 * Read {@link Incoming} for what frames do, {@link StreamSource} and {@link StreamSink} for how bodies pass, {@link Transport} for
 * reading and writing.
 */
public abstract class Http2Session extends AbstractAttachable {
    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    /** Body bytes that a stream sends before another has its turn. */
    private static final int PIECE = 1 << 14;

    private final long number = LAST_NUMBER.incrementAndGet();
    final StreamConnection connection;
    final XnioIoThread ioThread;
    final ByteBufferPool pool;
    final Http2Options options;
    final FrameWriter out;
    final StreamTable streams = new StreamTable();
    final Tombstones tombstones = new Tombstones();
    final Floods floods;
    final Transport transport;
    private final SessionClock clock;
    private final Farewell farewell;
    final SendOrder order = new SendOrder();
    private @Nullable StreamSink turn;
    private int turnLeft;
    private @Nullable FrameReader reader;
    private int sendWindow = Frame.DEFAULT_WINDOW;
    private int receiveWindow = Frame.DEFAULT_WINDOW;
    private int uncredited;
    private int peerInitialWindow = Frame.DEFAULT_WINDOW;
    private boolean settingsAcknowledged;
    private boolean ended;

    Http2Session(StreamConnection connection, ByteBufferPool pool, Http2Options options) {
        this.connection = connection;
        this.ioThread = connection.getIoThread();
        this.pool = pool;
        this.options = options;
        Http2Output output = options.output();
        // Records are TLS's; a client's are as large as they may be.
        long warmUp = connection instanceof SslChannel && isServer() ? output.warmUp() : 0;
        RecordSizes records = new RecordSizes(warmUp, output.coolDown());
        this.out = new FrameWriter(pool, options.paddingBits(), options.outputBuffering(), records);
        this.floods = new Floods(options.maxStreamErrors());
        this.transport = new Transport(connection, pool, out, new Events());
        this.clock = new SessionClock(this);
        this.farewell = new Farewell(this);
        peerMaxFrame(Frame.DEFAULT_SIZE);
    }

    private final class Events implements Transport.Owner {
        @Override
        public void received(ByteBuffer in) throws IOException {
            FrameReader frames = reader;
            if (frames != null && !ended) {
                frames.read(in);
            } else {
                in.position(in.limit());
            }
        }

        @Override
        public void drained() {
            giveTurns();
        }

        @Override
        public void lost(@Nullable IOException failure) {
            end(new IOException(
                    failure == null
                            ? "the peer closed the connection"
                            : "the connection broke: " + failure.getMessage(),
                    failure));
        }

        @Override
        public void broken(Http2Exception failure) {
            giveUp(failure.code(), failure.reason());
        }
    }

    // --- what the roles differ in

    abstract boolean isServer();

    /** The highest stream of the peer's that we have acted upon. */
    abstract int lastPeerStream();

    /** The stream is over, well or not. */
    abstract void forgotten(Http2Stream stream);

    /** Nothing more will come: the connection is closed. */
    abstract void over(IOException why);

    /** The peer will open, or serve, no streams above {@code last}. */
    abstract void peerLeaves(int last);

    // --- beginning and end

    /** Says hello, then reads; {@code first} are bytes that were read already. */
    void begin(FrameReader frames, @Nullable PooledByteBuffer first) {
        reader = frames;
        int window = options.connectionWindow() - Frame.DEFAULT_WINDOW;
        if (window > 0) {
            out.frame(Frame.WINDOW_UPDATE, 0, window);
            receiveWindow += window;
        }
        clock.start();
        transport.start(first);
    }

    boolean peerStarted() {
        FrameReader frames = reader;
        return frames != null && frames.started();
    }

    /**
     * Ends the session without loss: the peer is told to open no more streams, those that it opened before it knew are served
     * (RFC 9113 section 6.8: two GOAWAY frames, a round trip apart), then the connection closes.
     */
    public void shutdownGracefully() {
        execute(farewell::begin);
    }

    /**
     * Lets those that wait send, each its piece at a time, as long as there is room. Who asks again without having sent
     * anything is asked in the next round.
     */
    private void giveTurns() {
        ArrayDeque<StreamSink> stuck = null;
        while (!order.isEmpty() && sendWindow > 0 && out.pending() < Transport.HIGH_WATER && !ended) {
            StreamSink next = order.next();
            if (next == null) {
                break;
            }
            turn = next;
            turnLeft = PIECE;
            next.ready();
            turn = null;
            order.charge(next.id(), PIECE - turnLeft);
            if (turnLeft == PIECE && order.withdraw(next.id())) {
                stuck = stuck == null ? new ArrayDeque<>() : stuck;
                stuck.add(next);
            }
        }
        if (stuck != null) {
            stuck.forEach(this::waitInLine);
        }
    }

    /** Ends the session now; its streams fail. */
    public void close() {
        execute(() -> end(new IOException("the connection was closed")));
    }

    public boolean isOpen() {
        return transport.isOpen() && !ended;
    }

    /** Of all sessions of the process. */
    public long number() {
        return number;
    }

    /** Streams open at this moment; exact on the I/O thread only. */
    public int activeStreams() {
        return streams.size();
    }

    Farewell farewell() {
        return farewell;
    }

    /** Says why, fails the streams, closes once that is written. */
    void giveUp(int code, String why) {
        if (ended) {
            return;
        }
        out.goAway(lastPeerStream(), code);
        failAll(new IOException("the connection was given up: " + why + " (" + Http2Error.name(code) + ")"));
        transport.closeWhenWritten();
        clock.linger();
    }

    void end(IOException why) {
        transport.close();
        failAll(why);
        clock.stop();
    }

    private void failAll(IOException why) {
        if (ended) {
            return;
        }
        ended = true;
        streams.forEach(stream -> {
            stream.close();
            streams.remove(stream.id);
            order.closed(stream.id);
            stream.fail(why);
            forgotten(stream);
        });
        over(why);
    }

    // --- streams

    void add(Http2Stream stream) {
        streams.add(stream);
        clock.streamOpened();
    }

    void forget(Http2Stream stream, Tombstones.Death death) {
        stream.close();
        streams.remove(stream.id);
        order.closed(stream.id);
        tombstones.add(stream.id, death);
        forgotten(stream);
        if (streams.size() == 0) {
            clock.becameIdle();
            farewell.streamsAreOver();
        }
    }

    /** Ends one stream before its time. */
    void reset(Http2Stream stream, int code, IOException why) {
        if (stream.closed()) {
            return;
        }
        out.frame(Frame.RST_STREAM, stream.id, code);
        forget(stream, Tombstones.Death.RESET_BY_US);
        stream.fail(why);
        flushSoon();
    }

    /** Our reader wants no more of what the peer still sends. */
    abstract void giveUpReading(Http2Stream stream);

    // --- windows

    int sendWindow() {
        return sendWindow;
    }

    void sent(int bytes) {
        sendWindow -= bytes;
        turnLeft -= bytes;
    }

    /** Body bytes that {@code sink} may frame as far as others are concerned: none while some wait and it is not its turn. */
    int roomFor(StreamSink sink) {
        return sink == turn ? turnLeft : order.isEmpty() ? Integer.MAX_VALUE : 0;
    }

    boolean growSendWindow(int delta) {
        long grown = (long) sendWindow + delta;
        if (grown > Integer.MAX_VALUE) {
            return false;
        }
        sendWindow = (int) grown;
        if (!order.isEmpty()) {
            flushSoon();
        }
        return true;
    }

    boolean takeReceiveWindow(int length) {
        receiveWindow -= length;
        return receiveWindow >= 0;
    }

    /** Bytes on whatever stream that are used up or dropped. */
    void credit(int bytes) {
        uncredited += bytes;
        if (uncredited >= options.connectionWindow() / 2 && !ended) {
            out.frame(Frame.WINDOW_UPDATE, 0, uncredited);
            receiveWindow += uncredited;
            uncredited = 0;
            flushSoon();
        }
    }

    int peerInitialWindow() {
        return peerInitialWindow;
    }

    /** False when a stream's window overflows. */
    boolean peerInitialWindow(int size) {
        int delta = size - peerInitialWindow;
        peerInitialWindow = size;
        boolean[] fits = {true};
        streams.forEach(stream -> {
            fits[0] &= stream.growSendWindow(delta);
            if (delta > 0) {
                stream.sink.ready();
            }
        });
        return fits[0];
    }

    /** What the peer may send on a new stream. Until it knows our SETTINGS it may believe in the protocol's own default. */
    int ownInitialWindow() {
        int own = options.initialWindowSize();
        return settingsAcknowledged ? own : Math.max(own, Frame.DEFAULT_WINDOW);
    }

    void settingsAcknowledged() {
        int excess = ownInitialWindow() - options.initialWindowSize();
        settingsAcknowledged = true;
        if (excess > 0) {
            streams.forEach(stream -> stream.shiftReceiveWindow(-excess));
        }
    }

    void peerMaxFrame(int size) {
        int own = options.maxDataFrameLength();
        out.peerMaxFrame(own > 0 ? Math.min(own, size) : size);
    }

    // --- writing

    void waitInLine(StreamSink sink) {
        if (!sink.inWaitingLine) {
            sink.inWaitingLine = true;
            order.wait(sink.id(), sink);
        }
    }

    void flushSoon() {
        transport.flushSoon();
    }

    // --- threads

    boolean onIoThread() {
        return Thread.currentThread() == ioThread;
    }

    /** At once on the I/O thread, else later there. */
    void execute(Runnable task) {
        if (onIoThread()) {
            task.run();
        } else {
            try {
                ioThread.execute(task);
            } catch (RejectedExecutionException e) {
                // The I/O threads have ended, and the connection with them.
                return;
            }
        }
    }

    SessionClock clock() {
        return clock;
    }
}
