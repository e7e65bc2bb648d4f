package dev.sluice.wire;

import java.io.IOException;

/**
 * A request that cannot be answered as it was sent. Thrown where a handler reads its body: the handler may still answer,
 * with {@link Refusal#status()}, and the connection ends after that.
 */
public final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Refused(Refusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** Broken requests are no rarity: a stack trace would cost more than the refusal. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
