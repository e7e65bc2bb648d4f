package dev.sluice.wire;

import io.undertow.util.HeaderMap;

/** A client exchange that shows the 1xx responses which precede the final one; Undertow's own interface knows only 100, without its headers. */
public interface InterimResponses {
    /** At most one handler; it must be set before the request leaves the I/O thread's current turn. Runs on the I/O thread. */
    void setInterimHandler(Handler handler);

    /** Told of each interim response, 100 included, in the order of arrival. */
    @FunctionalInterface
    interface Handler {
        /** @param reason as the peer worded it; empty where it gave none, as HTTP/2 does */
        void interim(int status, String reason, HeaderMap headers);
    }
}
