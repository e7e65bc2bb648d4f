package dev.sluice.wire.http2;

import java.time.Duration;

/**
 * How large the records of a TLS connection are: such that each fits a packet while the connection is new, or has been silent for a while,
 * then as large as they may be (H2TLSWarmUpSize, H2TLSCoolDownSecs).
 */
final class RecordSizes {
    /** What a packet of 1500 bytes has room for beside the headers and the record's own. */
    private static final int SMALL = 1300;

    private final long warmUp;
    private final long coolDown;
    private long sent;
    private long last;

    /** {@code warmUp} bytes go out in small records, 0 for none; a silence of {@code coolDown} begins anew, zero never does. */
    RecordSizes(long warmUp, Duration coolDown) {
        this.warmUp = warmUp;
        this.coolDown = coolDown.toNanos();
    }

    /** Bytes that the next write may have. */
    int size() {
        if (warmUp == 0) {
            return Integer.MAX_VALUE;
        }
        if (coolDown > 0 && sent >= warmUp && System.nanoTime() - last > coolDown) {
            sent = 0;
        }
        return sent < warmUp ? SMALL : Integer.MAX_VALUE;
    }

    void sent(int bytes) {
        if (warmUp > 0 && bytes > 0) {
            sent += bytes;
            last = coolDown > 0 ? System.nanoTime() : 0;
        }
    }
}
