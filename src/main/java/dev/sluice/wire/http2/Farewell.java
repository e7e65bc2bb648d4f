package dev.sluice.wire.http2;

import java.util.concurrent.TimeUnit;

/** The end of a session that nothing is lost by: GOAWAY for all, a round trip, GOAWAY for what has come, the streams, the close. */
final class Farewell {
    /** What our PING carries, to be known when it returns. */
    static final long PING = 0x676f6f6462796521L;

    /** A peer that does not answer the PING is not waited for longer. */
    private static final long ROUND_TRIP_SECONDS = 1;

    private final Http2Session session;
    private boolean begun;
    private boolean said;
    private boolean peerLeft;
    private int last = Integer.MAX_VALUE;

    Farewell(Http2Session session) {
        this.session = session;
    }

    void begin() {
        if (begun || !session.isOpen()) {
            return;
        }
        begun = true;
        session.out.goAway(Integer.MAX_VALUE, Http2Error.NO_ERROR);
        session.out.ping(false, PING);
        session.flushSoon();
        session.ioThread.executeAfter(this::say, ROUND_TRIP_SECONDS, TimeUnit.SECONDS);
    }

    /** The PING came back: what the peer had under way when it learned of our leaving has arrived. */
    void pingReturned() {
        if (begun) {
            say();
        }
    }

    private void say() {
        if (said || !session.isOpen()) {
            return;
        }
        said = true;
        last = session.lastPeerStream();
        session.out.goAway(last, Http2Error.NO_ERROR);
        session.flushSoon();
        closeIfOver();
    }

    /** Ends an idle session at once. */
    void now() {
        begun = true;
        say();
    }

    /** Streams above this are not served. */
    int lastStream() {
        return last;
    }

    boolean begun() {
        return begun;
    }

    /** The peer sent its GOAWAY. */
    void peerLeft() {
        peerLeft = true;
        closeIfOver();
    }

    void streamsAreOver() {
        closeIfOver();
    }

    private void closeIfOver() {
        if ((said || peerLeft) && session.streams.size() == 0) {
            session.transport.closeWhenWritten();
            session.clock().linger();
        }
    }
}
