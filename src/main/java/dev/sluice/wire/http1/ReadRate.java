package dev.sluice.wire.http1;

import java.time.Duration;

/**
 * How long a client may take for a head or a body.
 *
 * @param first at least this; zero for any time
 * @param most at most this, whatever it sends; zero for no such limit
 * @param bytesPerSecond bytes that earn it one more second; 0 for none
 */
public record ReadRate(Duration first, Duration most, int bytesPerSecond) {
    public static final ReadRate ANY = new ReadRate(Duration.ZERO, Duration.ZERO, 0);

    private static final long SECOND = 1_000_000_000L;

    boolean limits() {
        return !first.isZero();
    }

    /** Nanoseconds from the beginning, for one who has sent so many bytes. */
    long allowed(long bytes) {
        long nanos = first.toNanos();
        if (bytesPerSecond > 0) {
            nanos += bytes * SECOND / bytesPerSecond;
        }
        return most.isZero() ? nanos : Math.min(nanos, Math.max(first.toNanos(), most.toNanos()));
    }
}
