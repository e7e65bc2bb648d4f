package dev.sluice.module;

/**
 * Why a configuration that reads well cannot be served. The message has its AH number in front, where httpd has one; it is
 * several lines where httpd names everything that is wrong.
 */
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean told;

    public CannotStart(String message) {
        this(message, false);
    }

    private CannotStart(String message, boolean told) {
        super(message, null, false, false);
        this.told = told;
    }

    /** The same where an error log has the message already: httpd tells the terminal nothing once its logs are open. */
    public static CannotStart told(String message) {
        return new CannotStart(message, true);
    }

    public boolean isTold() {
        return told;
    }
}
