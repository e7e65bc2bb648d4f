package dev.sluice.modules.proxy;

import org.jspecify.annotations.Nullable;

/** The states a worker can be in, by the letters of {@code status=}, in the order they are shown in (proxy_wstat_tbl). */
public enum WorkerStatus {
    INITIALIZED('O', "Init ", 1),
    IGNORE_ERRORS('I', "Ign ", 2),
    DRAIN('N', "Drn ", 4),
    GENERIC('G', "Gen ", 8),
    SHUT_DOWN('U', "Shut ", 16),
    DISABLED('D', "Dis ", 32),
    STOPPED('S', "Stop ", 64),
    IN_ERROR('E', "Err ", 128),
    HOT_STANDBY('H', "Stby ", 256),
    HOT_SPARE('R', "Spar ", 512),
    FREE('F', "Free ", 1024),
    HEALTH_FAILED('C', "HcFl ", 2048);

    private final char letter;
    private final String shown;
    private final int bit;

    WorkerStatus(char letter, String shown, int bit) {
        this.bit = bit;
        this.letter = letter;
        this.shown = shown;
    }

    int bit() {
        return bit;
    }

    /** As {@code status=} names it. */
    public char letter() {
        return letter;
    }

    /** As the balancer-manager and the status page show it, with a space behind. */
    public String shown() {
        return shown;
    }

    /** The state of {@code letter} in any case, or null. */
    static @Nullable WorkerStatus of(char letter) {
        for (WorkerStatus status : values()) {
            if (status.letter == Character.toUpperCase(letter)) {
                return status;
            }
        }
        return null;
    }
}
