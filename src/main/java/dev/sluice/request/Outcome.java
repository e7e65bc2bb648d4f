package dev.sluice.request;

import io.undertow.server.HttpHandler;
import org.jspecify.annotations.Nullable;

/** What a hook decided. The common ones are constants; a status is made once for each number. */
public final class Outcome {
    /** Not mine. */
    public static final Outcome DECLINED = new Outcome(0, null, null, null);

    /** Seen to; in a phase where the first hook decides, no other is asked. */
    public static final Outcome OK = new Outcome(0, null, null, null);

    /** This hook must be asked again, on a worker thread: what it needs would block. */
    public static final Outcome ON_WORKER = new Outcome(0, null, null, null);

    private static final Outcome[] STATUSES = new Outcome[600];

    static {
        for (int i = 100; i < STATUSES.length; i++) {
            STATUSES[i] = new Outcome(i, null, null, null);
        }
    }

    private final int status;
    private final @Nullable HttpHandler handler;
    private final @Nullable String redirect;
    private final @Nullable Request request;

    private Outcome(int status, @Nullable HttpHandler handler, @Nullable String redirect, @Nullable Request request) {
        this.status = status;
        this.handler = handler;
        this.redirect = redirect;
        this.request = request;
    }

    /** The request ends with {@code status}, 100 to 599, and its error document. */
    public static Outcome status(int status) {
        return STATUSES[status];
    }

    /** {@code handler} answers. Handlers are made once per configuration, not per request. */
    public static Outcome answerWith(HttpHandler handler) {
        return new Outcome(0, handler, null, null);
    }

    /** The request starts again as one for {@code target}, a path and perhaps a query, both encoded as in a URL. */
    public static Outcome internalRedirect(String target) {
        return new Outcome(0, null, target, null);
    }

    /**
     * {@code found}, a request that {@link Request#lookUp} ran the phases for, takes the place of the one at hand: the phases
     * go on with {@link Phase#HANDLER} for it (ap_internal_fast_redirect).
     */
    public static Outcome goOnWith(Request found) {
        return new Outcome(0, null, null, found);
    }

    /** The status that ends the request, or 0. */
    public int status() {
        return status;
    }

    public @Nullable HttpHandler handler() {
        return handler;
    }

    /** The target of an internal redirect, or null. */
    public @Nullable String redirect() {
        return redirect;
    }

    /** The request that takes the place of the one at hand, or null. */
    public @Nullable Request request() {
        return request;
    }

    /** True where the phase goes on to the next hook, if all of them run. */
    public boolean goesOn() {
        return this == OK || this == DECLINED;
    }
}
