package dev.sluice.module;

/** Why a configuration that reads well cannot be served. The message has its AH number in front, where httpd has one. */
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message, null, false, false);
    }
}
