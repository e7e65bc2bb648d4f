package dev.sluice.modules.proxy;

/** The states a worker can be put in, by the letters of {@code status=} (ap_proxy_set_wstatus). */
public enum WorkerStatus {
    IGNORE_ERRORS('I'),
    DRAIN('N'),
    STOPPED('S'),
    DISABLED('D'),
    IN_ERROR('E'),
    HOT_STANDBY('H'),
    HOT_SPARE('R');

    private final char letter;

    WorkerStatus(char letter) {
        this.letter = letter;
    }

    /** The state of {@code letter} in any case, or null. */
    static @org.jspecify.annotations.Nullable WorkerStatus of(char letter) {
        for (WorkerStatus status : values()) {
            if (status.letter == Character.toUpperCase(letter)) {
                return status;
            }
        }
        return null;
    }
}
