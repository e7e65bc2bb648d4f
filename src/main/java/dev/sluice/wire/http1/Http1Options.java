package dev.sluice.wire.http1;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How HTTP/1 connections of a server are spoken.
 *
 * @param limitRequestLine bytes of a request line (LimitRequestLine, default 8190)
 * @param limitRequestFieldSize bytes of a header field (LimitRequestFieldSize, default 8190)
 * @param limitRequestFields header fields of a request, and fields of its trailer; 0 for any number (LimitRequestFields, default 100)
 * @param timeout longest wait for a request's head, for a read of its body, for a write; zero for any time (Timeout, default 60 s)
 * @param keepAliveTimeout longest wait for the next request (KeepAliveTimeout, default 5 s)
 * @param headRate how long a head may take from its first byte, or the first from the connection's beginning (RequestReadTimeout)
 * @param bodyRate how long a body may take from the moment that it is waited for
 * @param reasons the reason phrase of a status; empty for none
 */
public record Http1Options(
        int limitRequestLine,
        int limitRequestFieldSize,
        int limitRequestFields,
        Duration timeout,
        Duration keepAliveTimeout,
        ReadRate headRate,
        ReadRate bodyRate,
        IntFunction<String> reasons) {
    public static final Http1Options DEFAULT = new Http1Options(
            8190,
            8190,
            100,
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            ReadRate.ANY,
            ReadRate.ANY,
            io.undertow.util.StatusCodes::getReason);

    /** Zero is no timeout. */
    long timeoutNanos() {
        return timeout.isZero() ? Long.MAX_VALUE / 4 : timeout.toNanos();
    }
}
