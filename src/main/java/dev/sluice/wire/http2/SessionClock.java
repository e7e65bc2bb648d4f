package dev.sluice.wire.http2;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * The timeouts of a session: one timer a connection, set again when it fires, not when something happens. A timeout is so exact as a
 * quarter of the shortest, at most a second.
 */
final class SessionClock {
    private static final long LONGEST_TICK = TimeUnit.SECONDS.toNanos(1);

    /** How long a connection may stay half open after our last byte. */
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

    private final Http2Session session;
    private final long timeout;
    private final long keepAlive;
    private final long streamTimeout;
    private final long tick;
    private long idleSince = System.nanoTime();
    private long lingerSince;
    private boolean anyStream;
    private boolean lingering;
    private boolean stopped;
    private XnioExecutor.@Nullable Key key;

    SessionClock(Http2Session session) {
        this.session = session;
        this.timeout = nanos(session.options.timeout());
        this.keepAlive = nanos(session.options.keepAliveTimeout());
        this.streamTimeout = nanos(session.options.streamTimeout());
        long shortest = Math.min(timeout, Math.min(keepAlive, streamTimeout));
        this.tick = Math.max(TimeUnit.MILLISECONDS.toNanos(20), Math.min(LONGEST_TICK, shortest / 4));
    }

    /** Zero is no timeout. */
    private static long nanos(Duration timeout) {
        return timeout.isZero() ? Long.MAX_VALUE / 4 : timeout.toNanos();
    }

    void start() {
        arm(tick);
    }

    private void arm(long nanos) {
        key = session.ioThread.executeAfter(this::fire, nanos, TimeUnit.NANOSECONDS);
    }

    void streamOpened() {
        anyStream = true;
    }

    void becameIdle() {
        idleSince = System.nanoTime();
    }

    /** The last frame is framed: the peer may close now, and soon must. */
    void linger() {
        if (!lingering) {
            lingering = true;
            lingerSince = System.nanoTime();
        }
    }

    void stop() {
        stopped = true;
        XnioExecutor.Key current = key;
        if (current != null) {
            current.remove();
        }
    }

    private void fire() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        if (lingering && now - lingerSince > LINGER) {
            session.end(new IOException("the connection was closed"));
            return;
        }
        if (session.out.pending() > 0 && now - session.transport.lastWrite() > timeout) {
            session.end(new IOException(
                    "the peer has read nothing for " + session.options.timeout().toMillis() + " ms"));
            return;
        }
        if (!lingering) {
            checkStreams(now);
        }
        if (!stopped) {
            arm(nextTick(now));
        }
    }

    private void checkStreams(long now) {
        if (session.streams.size() > 0) {
            session.streams.forEach(stream -> {
                if (stream.stalledSince(now - streamTimeout)) {
                    String why = "stream " + stream.id + " has waited for the peer for "
                            + session.options.streamTimeout().toMillis() + " ms";
                    session.reset(stream, Http2Error.CANCEL, new SocketTimeoutException(why));
                }
            });
        } else if (now - idleSince > idleLimit()) {
            session.farewell().now();
        }
    }

    private long idleLimit() {
        return anyStream ? keepAlive : timeout;
    }

    private long nextTick(long now) {
        if (session.streams.size() == 0 && !lingering && session.out.pending() == 0) {
            return Math.max(tick, Math.min(idleSince + idleLimit() - now, 8 * LONGEST_TICK));
        }
        return tick;
    }
}
