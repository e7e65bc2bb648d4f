package dev.sluice.wire.http2;

import io.undertow.util.HeaderMap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One stream: its two windows, its two halves, how it ends. All of it belongs to the session's I/O thread, but for what
 * {@link StreamSource} and {@link StreamSink} hand over.
 */
abstract class Http2Stream {
    final Http2Session session;
    final int id;
    final StreamSink sink;
    final @Nullable StreamSource source;

    private int sendWindow;
    private int receiveWindow;
    private int uncredited;
    private long lengthAnnounced = -1;
    private long lengthReceived;
    private long lengthToSend = -1;
    private long lengthSent;
    private long lastProgress = System.nanoTime();
    private boolean remoteEnded;
    private boolean localEnded;
    private boolean closed;

    /** {@code remoteEnded} where the peer's half is over with its head. */
    Http2Stream(Http2Session session, int id, boolean remoteEnded) {
        this.session = session;
        this.id = id;
        this.remoteEnded = remoteEnded;
        this.sendWindow = session.peerInitialWindow();
        this.receiveWindow = session.ownInitialWindow();
        this.sink = new StreamSink(this);
        this.source = remoteEnded ? null : new StreamSource(this);
    }

    /** Frames the head; {@code end} where no body follows. */
    abstract void writeHead(boolean end);

    /** What follows the body, or null. Called on the thread that ends the body. */
    abstract @Nullable HeaderMap trailersToSend();

    /** All of the body we send has been handed over. Called on the thread that did so. */
    abstract void sinkDone();

    /** All of the body we receive has been read. Called on the thread that read it. */
    abstract void sourceDone();

    /** The stream ended before its time. Both channels have failed already. */
    abstract void failed(IOException failure);

    /** Whether a body that came whole may be read though the stream has failed since. */
    abstract boolean bodyOutlivesFailure();

    /** Whether we wait for the peer's head, whoever reads. */
    abstract boolean expectsHead();

    /** The error code of a stream that our side gives up in the middle of what it sends. */
    abstract int abortCode();

    // --- receiving

    /** The content length the peer announced, -1 for none. */
    void announce(long length) {
        lengthAnnounced = length;
    }

    /** Whether so many body bytes agree with the announced length. */
    boolean lengthAgrees(int bytes, boolean end) {
        lengthReceived += bytes;
        return lengthAnnounced < 0 || (end ? lengthReceived == lengthAnnounced : lengthReceived <= lengthAnnounced);
    }

    /** Takes flow-controlled bytes off the window; false when the peer sent more than it may. */
    boolean takeReceiveWindow(int length) {
        lastProgress = System.nanoTime();
        receiveWindow -= length;
        return receiveWindow >= 0;
    }

    /** The peer has learned of our SETTINGS: its window for this stream has changed by so much. */
    void shiftReceiveWindow(int delta) {
        receiveWindow += delta;
    }

    /** Gives the peer room for bytes that are used up, in steps of half a window. */
    void credit(int bytes) {
        if (remoteEnded || closed) {
            return;
        }
        uncredited += bytes;
        if (uncredited >= (session.options.initialWindowSize() + 1) / 2) {
            session.out.frame(Frame.WINDOW_UPDATE, id, uncredited);
            receiveWindow += uncredited;
            uncredited = 0;
            session.flushSoon();
        }
    }

    boolean remoteEnded() {
        return remoteEnded;
    }

    /** The peer's half is over. */
    void endRemote() {
        remoteEnded = true;
        closeWhenBothEnded();
    }

    // --- sending

    /** The content length of the head we sent, -1 for none. */
    void promise(long length) {
        lengthToSend = length;
    }

    boolean promiseKept() {
        return lengthToSend < 0 || lengthSent == lengthToSend;
    }

    /** Body bytes that may be framed now. */
    int sendRoom() {
        long queue = Transport.HIGH_WATER - session.out.pending();
        return (int) Math.max(0, Math.min(Math.min(sendWindow, session.sendWindow()), queue));
    }

    /** Whether it is this stream's own window that keeps it from sending. */
    boolean windowShut() {
        return sendWindow <= 0;
    }

    /** {@code charged} counts with padding. */
    void sent(int bytes, int charged) {
        sendWindow -= charged;
        lengthSent += bytes;
        lastProgress = System.nanoTime();
        session.sent(charged);
    }

    /** False when the window overflows. */
    boolean growSendWindow(int delta) {
        long grown = (long) sendWindow + delta;
        if (grown > Integer.MAX_VALUE) {
            return false;
        }
        sendWindow = (int) grown;
        lastProgress = System.nanoTime();
        return true;
    }

    boolean localEnded() {
        return localEnded;
    }

    /** Our half is over: its last frame is framed. */
    void endLocal() {
        localEnded = true;
        closeWhenBothEnded();
    }

    // --- the end

    private void closeWhenBothEnded() {
        if (remoteEnded && localEnded && !closed) {
            session.forget(this, Tombstones.Death.ENDED);
        }
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** Fails whatever half is not over yet. */
    void fail(IOException failure) {
        sink.fail(failure);
        StreamSource from = source;
        if (from != null) {
            from.fail(failure);
        }
        failed(failure);
    }

    /** Whether someone on our side has waited for the peer's bytes or window since {@code deadline}. */
    boolean stalledSince(long deadline) {
        StreamSource from = source;
        boolean reads = from != null && !remoteEnded && from.wanted();
        boolean waits = expectsHead() || reads || (sink.wanted() && (windowShut() || session.sendWindow() <= 0));
        return waits && lastProgress - deadline < 0;
    }
}
