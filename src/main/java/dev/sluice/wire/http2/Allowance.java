package dev.sluice.wire.http2;

/** So many events at once, and so many a second in the long run. */
final class Allowance {
    private final int burst;
    private final int perSecond;
    private double left;
    private long last = System.nanoTime();

    Allowance(int burst, int perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.left = burst;
    }

    /** False when there have been too many. The clock is read only every so often. */
    boolean take() {
        if (left >= 1) {
            left--;
            return true;
        }
        long now = System.nanoTime();
        left = Math.min(burst, (now - last) * 1e-9 * perSecond);
        last = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
