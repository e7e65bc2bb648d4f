package dev.sluice.wire.http1;

import dev.sluice.wire.Deadlines;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/** What the connections of one listener share on one I/O thread: readers of heads, and the clocks. */
final class IoThreadState {
    private static final int KEPT_READERS = 16;

    /** How long what a client still sends is read after our last byte (SECONDS_TO_LINGER, http_connection.c). */
    private static final long LINGER_NANOS = 2_000_000_000L;

    private static final long LONGEST_LOOK = 1_000_000_000L;

    final Deadlines idle;
    final Deadlines busy;
    final Deadlines lingering;

    /** When to look how far clients have come with what they send. */
    final Deadlines watching;

    private final ArrayDeque<RequestReader> readers = new ArrayDeque<>();

    IoThreadState(XnioIoThread thread, Http1Options options) {
        idle = new Deadlines(thread, options.keepAliveTimeout().toNanos());
        busy = new Deadlines(thread, options.timeoutNanos());
        lingering = new Deadlines(thread, LINGER_NANOS);
        watching = new Deadlines(thread, Math.min(look(options.headRate()), look(options.bodyRate())));
    }

    private static long look(ReadRate rate) {
        return rate.limits() ? Math.min(LONGEST_LOOK, rate.first().toNanos() / 4) : LONGEST_LOOK;
    }

    RequestReader lend(Http1Options options) {
        RequestReader kept = readers.poll();
        RequestReader reader = kept == null ? new RequestReader() : kept;
        reader.start(options);
        return reader;
    }

    void giveBack(@Nullable RequestReader reader) {
        if (reader != null && readers.size() < KEPT_READERS) {
            readers.push(reader);
        }
    }
}
