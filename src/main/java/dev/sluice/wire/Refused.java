package dev.sluice.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered as it was sent. Thrown where a handler reads its body: the handler may still answer,
 * with {@link Refusal#status()}, and the connection ends after that.
 */
public final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final transient @Nullable String reason;

    public Refused(Refusal refusal, String message) {
        this(refusal, message, null);
    }

    /** @param reason as apr would number and name the error; null where it follows from the refusal */
    public Refused(Refusal refusal, String message, @Nullable String reason) {
        super(message);
        this.refusal = refusal;
        this.reason = reason;
    }

    public @Nullable String reason() {
        return reason;
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
