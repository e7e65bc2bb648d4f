package dev.sluice.expression;

import java.util.Objects;

/** Why a regular expression cannot be used. Carries no stack: it is an answer, not a fault. */
public final class BadPattern extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unsupported;

    private BadPattern(String message, boolean unsupported) {
        super(message, null, false, false);
        this.unsupported = unsupported;
    }

    static BadPattern wrong(String message) {
        return new BadPattern(message, false);
    }

    static BadPattern unsupported(String construct) {
        return new BadPattern("'" + construct + "' is not supported", true);
    }

    /** True where httpd would take the pattern. */
    public boolean isUnsupported() {
        return unsupported;
    }

    /** {@code httpd}, the module's own words for a bad pattern; with the reason where httpd would have taken the pattern. */
    public String in(String httpd) {
        if (!unsupported) {
            return httpd;
        }
        String words = httpd.endsWith(".") ? httpd.substring(0, httpd.length() - 1) : httpd;
        return words + ": " + Objects.requireNonNull(getMessage());
    }
}
