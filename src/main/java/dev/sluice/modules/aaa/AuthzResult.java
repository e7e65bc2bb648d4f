package dev.sluice.modules.aaa;

/** What an authorization directive says of a request, in httpd's words. */
enum AuthzResult {
    GRANTED("granted"),
    DENIED("denied"),
    /** Denied, but it may be granted to some user. */
    DENIED_NO_USER("denied (no authenticated user yet)"),
    NEUTRAL("neutral"),
    /** Could not be found out; the provider has said why. */
    GENERAL_ERROR("error"),
    /** Finding out would block the I/O thread. */
    ON_WORKER("not known yet");

    private final String words;

    AuthzResult(String words) {
        this.words = words;
    }

    boolean isAnswer() {
        return this != GENERAL_ERROR && this != ON_WORKER;
    }

    AuthzResult negated() {
        return switch (this) {
            case GRANTED -> DENIED;
            // That a request is not rejected is no reason to grant it.
            case DENIED, DENIED_NO_USER -> NEUTRAL;
            default -> this;
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
