package dev.sluice.request;

import java.util.Locale;

/** httpd's levels of the error log, the gravest first. */
public enum Level {
    EMERG,
    ALERT,
    CRIT,
    ERROR,
    WARN,
    NOTICE,
    INFO,
    DEBUG,
    TRACE1,
    TRACE2,
    TRACE3,
    TRACE4,
    TRACE5,
    TRACE6,
    TRACE7,
    TRACE8;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As LogLevel takes it and the error log prints it. */
    public String word() {
        return word;
    }

    /** True where a log that keeps {@code kept} and graver keeps this. */
    public boolean isKeptAt(Level kept) {
        return compareTo(kept) <= 0;
    }
}
