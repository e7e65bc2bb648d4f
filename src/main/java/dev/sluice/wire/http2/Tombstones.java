package dev.sluice.wire.http2;

/**
 * How the last streams ended. After we reset a stream the peer's frames for it may still be under way and must be let pass; after the peer
 * ended it they are an error (RFC 9113 section 5.1).
 */
final class Tombstones {
    enum Death {
        UNKNOWN,
        ENDED,
        RESET_BY_US,
        RESET_BY_PEER
    }

    private static final int KEPT = 256;

    private final int[] ids = new int[KEPT];
    private final Death[] deaths = new Death[KEPT];
    private int next;

    void add(int id, Death death) {
        ids[next] = id;
        deaths[next] = death;
        next = (next + 1) % KEPT;
    }

    /** {@link Death#UNKNOWN} for a stream that was never open, or has been closed for long. */
    Death of(int id) {
        for (int i = 0; i < KEPT; i++) {
            int at = Math.floorMod(next - 1 - i, KEPT);
            if (ids[at] == id) {
                return deaths[at];
            }
        }
        return Death.UNKNOWN;
    }
}
