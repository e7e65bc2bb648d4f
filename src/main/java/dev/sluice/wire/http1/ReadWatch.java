package dev.sluice.wire.http1;

import dev.sluice.wire.Deadlines;

/**
 * Watches how long a client takes for a head, or for a body (mod_reqtimeout). Looks now and then, not with each byte: a
 * client gets up to a quarter of its time more than it is due. Begins and ends on the I/O thread; bytes are told by whoever reads.
 */
final class ReadWatch extends Deadlines.Wait {
    private final Http1ServerConnection connection;
    private volatile ReadRate rate = ReadRate.ANY;
    private volatile long start;
    private volatile long bytes;

    ReadWatch(Http1ServerConnection connection) {
        this.connection = connection;
    }

    void begin(ReadRate limit, Deadlines ticks) {
        rate = limit;
        bytes = 0;
        start = System.nanoTime();
        if (limit.limits()) {
            ticks.add(this);
        }
    }

    /** One reader at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void received(int count) {
        if (rate.limits() && count > 0) {
            bytes += count;
        }
    }

    /** What is left of its time; not a small number where there is no limit. */
    long leftNanos() {
        ReadRate limit = rate;
        return limit.limits() ? start + limit.allowed(bytes) - System.nanoTime() : Long.MAX_VALUE / 4;
    }

    void end() {
        rate = ReadRate.ANY;
        stopWaiting();
    }

    @Override
    protected void timedOut() {
        connection.watched();
    }
}
