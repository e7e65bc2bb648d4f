package dev.sluice.request;

import io.undertow.server.HttpHandler;
import org.jspecify.annotations.Nullable;

/** What a hook decided. The common ones are constants; a status is made once for each number. */
public final class Outcome {
    /** Not mine. */
    public static final Outcome DECLINED = new Outcome(0, null);

    /** Seen to; in a phase where the first hook decides, no other is asked. */
    public static final Outcome OK = new Outcome(0, null);

    private static final Outcome[] STATUSES = new Outcome[600];

    static {
        for (int i = 100; i < STATUSES.length; i++) {
            STATUSES[i] = new Outcome(i, null);
        }
    }

    private final int status;
    private final @Nullable HttpHandler handler;

    private Outcome(int status, @Nullable HttpHandler handler) {
        this.status = status;
        this.handler = handler;
    }

    /** The request ends with {@code status}, 100 to 599, and its error document. */
    public static Outcome status(int status) {
        return STATUSES[status];
    }

    /** {@code handler} answers. Handlers are made once per configuration, not per request. */
    public static Outcome answerWith(HttpHandler handler) {
        return new Outcome(0, handler);
    }

    /** The status that ends the request, or 0. */
    public int status() {
        return status;
    }

    public @Nullable HttpHandler handler() {
        return handler;
    }

    /** True where the phase goes on to the next hook, if all of them run. */
    public boolean goesOn() {
        return status == 0 && handler == null;
    }
}
