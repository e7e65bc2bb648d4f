package dev.sluice.wire;

import java.io.IOException;

/**
 * The peer says, or the protocol guarantees, that it did not act upon the request: it may be sent again elsewhere whatever its method is
 * (REFUSED_STREAM and a GOAWAY below the stream's id, RFC 9113 section 8.7).
 */
public final class NotProcessed extends IOException {
    private static final long serialVersionUID = 1L;

    public NotProcessed(String message) {
        super(message);
    }
}
