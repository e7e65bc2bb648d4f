package dev.sluice.request;

/** The phases of a request in their order, named as httpd's hooks are. */
public enum Phase {
    POST_READ_REQUEST(Runs.ALL),
    /** URL path to {@code filename}, or to {@code proxy:} and a URL. */
    TRANSLATE_NAME(Runs.FIRST),
    /** May block: runs on a worker thread unless the request is proxied. */
    MAP_TO_STORAGE(Runs.FIRST),
    HEADER_PARSER(Runs.ALL),
    /** Refuses by what is known without a user; "Satisfy Any" lets a user make up for it. */
    ACCESS_CHECKER(Runs.ALL),
    /** {@link Outcome#OK} spares the request the phases up to {@link #AUTH_CHECKER}; where all decline a user is asked for. */
    ACCESS_CHECKER_EX(Runs.FIRST),
    /** {@link Outcome#OK} asks for a user all the same. */
    FORCE_AUTHN(Runs.FIRST),
    /** Finds out who the user is; may block, then on a worker thread. */
    CHECK_USER_ID(Runs.FIRST),
    /** What the user may do. */
    AUTH_CHECKER(Runs.FIRST),
    TYPE_CHECKER(Runs.FIRST),
    FIXUPS(Runs.ALL),
    /** Says which filters the bodies of request and response go through. */
    INSERT_FILTER(Runs.ALL),
    /** The hook that answers says with which handler. */
    HANDLER(Runs.FIRST),
    /** Just before the response head is written, whoever answered. */
    RESPONSE_HEAD(Runs.ALL),
    /** After the last byte went out, or the client went away. */
    LOG(Runs.ALL);

    /** How many hooks of a phase run: all until one fails, or the first that does not decline. */
    public enum Runs {
        ALL,
        FIRST
    }

    private final Runs runs;

    Phase(Runs runs) {
        this.runs = runs;
    }

    public Runs runs() {
        return runs;
    }
}
