package dev.sluice.wire.http1;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A response that could not be read; {@link #reason()} tells how far it got. */
public final class ResponseException extends IOException {
    private static final long serialVersionUID = 1;

    /** How far the response got, and what stopped it. */
    public enum Reason {
        /** The connection ended before a whole status line. */
        NO_STATUS_LINE,
        /** A status line of another protocol, or longer than the limit; the message is the line. */
        CORRUPT_STATUS_LINE,
        /** The connection ended inside the head. */
        HEAD_ENDED,
        /** A line that is no header field, under {@link BadHeader#IS_ERROR}. */
        BAD_HEADER,
        /** A line above {@link ResponseLimits#fieldSize()}; the message is the line. */
        FIELD_TOO_LONG,
        /** A header name or value with characters no header may have. */
        FORBIDDEN_CHARACTER,
        /** A head above {@link ResponseLimits#headSize()}. */
        HEAD_TOO_LONG,
        /** More interim responses than {@link ResponseLimits#interimResponses()}. */
        TOO_MANY_INTERIM,
        /** A Content-Length that is no number, or a chunk that is none. */
        BAD_FRAMING,
        /** The connection ended inside the body. */
        BODY_ENDED
    }

    private final Reason reason;

    ResponseException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ResponseException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
