package dev.sluice.modules.proxy;

import org.jspecify.annotations.Nullable;

/** The states a worker can be in, by the letters of {@code status=}, in the order they are shown in (proxy_wstat_tbl). */
public enum WorkerStatus {
    INITIALIZED('O', "Init "),
    IGNORE_ERRORS('I', "Ign "),
    DRAIN('N', "Drn "),
    GENERIC('G', "Gen "),
    SHUT_DOWN('U', "Shut "),
    DISABLED('D', "Dis "),
    STOPPED('S', "Stop "),
    IN_ERROR('E', "Err "),
    HOT_STANDBY('H', "Stby "),
    HOT_SPARE('R', "Spar "),
    FREE('F', "Free "),
    HEALTH_FAILED('C', "HcFl ");

    private final char letter;
    private final String shown;

    WorkerStatus(char letter, String shown) {
        this.letter = letter;
        this.shown = shown;
    }

    int bit() {
        return 1 << ordinal();
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
