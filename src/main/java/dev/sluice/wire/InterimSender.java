package dev.sluice.wire;

import io.undertow.util.HeaderMap;

/** A server connection that can send 1xx responses other than 100 (103 above all) before the final one. */
public interface InterimSender {
    /**
     * Sends {@code status} (100 to 199, not 101) with these headers at once; nothing is sent when the final response has begun.
     * Any thread.
     *
     * @param reason for the status line of HTTP/1; empty for the usual one
     */
    void sendInterim(int status, String reason, HeaderMap headers);
}
