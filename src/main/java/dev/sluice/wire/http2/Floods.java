package dev.sluice.wire.http2;

/**
 * Frames that cost the peer little and us some work: many are in order, a flood is not. A connection above a limit ends with
 * ENHANCE_YOUR_CALM.
 */
final class Floods {
    private final Allowance resets = new Allowance(200, 10);
    private final Allowance settings = new Allowance(100, 5);
    private final Allowance pings = new Allowance(1000, 50);
    private final Allowance emptyData = new Allowance(200, 20);
    private final Allowance others = new Allowance(10_000, 1000);
    private int streamErrors;
    private final int maxStreamErrors;

    Floods(int maxStreamErrors) {
        this.maxStreamErrors = maxStreamErrors;
    }

    /** The peer reset a stream whose answer was under way (rapid reset, CVE-2023-44487). */
    void reset() throws Http2Exception {
        check(resets, "stream resets");
    }

    void settings() throws Http2Exception {
        check(settings, "SETTINGS frames");
    }

    void ping() throws Http2Exception {
        check(pings, "PING frames");
    }

    /** A DATA frame without body that does not end its stream. */
    void emptyData() throws Http2Exception {
        check(emptyData, "empty DATA frames");
    }

    /** PRIORITY, frames of closed streams, frames of unknown type. */
    void other() throws Http2Exception {
        check(others, "frames without effect");
    }

    /** The peer made us reset a stream; {@code H2MaxStreamErrors}, of which 0 is no limit (MadeYouReset, CVE-2025-8671). */
    void streamError() throws Http2Exception {
        if (++streamErrors > maxStreamErrors && maxStreamErrors > 0) {
            throw new Http2Exception(Http2Error.ENHANCE_YOUR_CALM, streamErrors + " stream errors");
        }
    }

    private static void check(Allowance allowance, String what) throws Http2Exception {
        if (!allowance.take()) {
            throw new Http2Exception(Http2Error.ENHANCE_YOUR_CALM, "too many " + what);
        }
    }
}
