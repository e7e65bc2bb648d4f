package dev.sluice.wire.http1;

import java.io.IOException;

/** A request that was not sent, not one byte of it, because of what it contains. */
public final class RequestException extends IOException {
    private static final long serialVersionUID = 1;

    RequestException(String message) {
        super(message);
    }
}
