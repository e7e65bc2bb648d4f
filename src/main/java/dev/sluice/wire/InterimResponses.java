package dev.sluice.wire;

import io.undertow.util.HeaderMap;

/**
 * A client exchange that tells of interim (1xx) responses (RFC 9110, 15.2), which Undertow's own
 * {@link io.undertow.client.ClientExchange} does not: it only knows 100.
 */
public interface InterimResponses {
    /** Called on the connection's I/O thread for each interim response before the final one; 101 is final and not told. */
    void setInterimHandler(Handler handler);

    /** Receives one interim response. */
    interface Handler {
        void interim(int status, HeaderMap headers);
    }
}
