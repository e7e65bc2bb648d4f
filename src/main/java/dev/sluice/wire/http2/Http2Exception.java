package dev.sluice.wire.http2;

import java.io.IOException;

/** The peer broke a rule whose breach ends the whole connection (RFC 9113 section 5.4.1). Carries no stack: peers cause it at will. */
final class Http2Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    Http2Exception(int code, String message) {
        super(message);
        this.code = code;
        this.reason = message;
    }

    /** One of {@link Http2Error}, for the GOAWAY frame. */
    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
