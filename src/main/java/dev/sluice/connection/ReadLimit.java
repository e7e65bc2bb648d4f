package dev.sluice.connection;

import java.time.Duration;

/**
 * How long a client may take to send something, as RequestReadTimeout has it.
 *
 * @param first what it may take at least; zero for as long as it likes
 * @param most what it may take at most, however much it sends; zero for no such limit
 * @param bytesPerSecond so many bytes earn it another second; 0 for none
 */
public record ReadLimit(Duration first, Duration most, int bytesPerSecond) {
    public static final ReadLimit NONE = new ReadLimit(Duration.ZERO, Duration.ZERO, 0);
}
