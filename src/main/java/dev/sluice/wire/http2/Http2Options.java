package dev.sluice.wire.http2;

import java.time.Duration;

/**
 * How a session behaves. The defaults are mod_http2's. A timeout of zero is none.
 *
 * @param maxConcurrentStreams requests a client may have open at a time (H2MaxSessionStreams); more are refused
 * @param initialWindowSize body bytes the peer may send on a stream ahead of its reader (H2WindowSize)
 * @param connectionWindow body bytes the peer may send on all streams together ahead of their readers
 * @param maxHeaderListSize bytes of a header list as RFC 9113 section 6.5.2 counts them; a request above it is answered 431
 * @param maxHeaderFields header fields of a request (LimitRequestFields); 0 is no limit; above it 431
 * @param maxFieldSize bytes of one header field, name and value (LimitRequestFieldSize); above it 431
 * @param maxRequestLine bytes of {@code :path} and the like (LimitRequestLine); above it 414
 * @param maxDataFrameLength payload bytes of the DATA frames we send (H2MaxDataFrameLen); 0 is as many as the peer allows
 * @param maxStreamErrors stream errors of the peer's making before the connection is given up (H2MaxStreamErrors)
 * @param paddingBits up to 2^n - 1 random bytes of padding are added to each frame (H2Padding); 0 is none
 * @param timeout how long a connection may go without its first request, or without progress in what we write (Timeout)
 * @param keepAliveTimeout how long a connection may be idle after a request (H2KeepAliveTimeout, KeepAliveTimeout)
 * @param streamTimeout how long a stream may wait for the peer's body bytes or window (H2StreamTimeout, Timeout), in the client role for the
 *     response as well (ProxyTimeout)
 * @param outputBuffering whether small writes of a response that follow one another may share a DATA frame (H2OutputBuffering); none waits
 *     longer than the turn of the I/O thread either way
 * @param connectProtocol whether extended CONNECT is offered (RFC 8441, H2WebSockets)
 * @param earlyHints whether clients are sent 103 responses (H2EarlyHints)
 * @param output what concerns answers alone
 */
public record Http2Options(
        int maxConcurrentStreams,
        int initialWindowSize,
        int connectionWindow,
        int maxHeaderListSize,
        int maxHeaderFields,
        int maxFieldSize,
        int maxRequestLine,
        int maxDataFrameLength,
        int maxStreamErrors,
        int paddingBits,
        Duration timeout,
        Duration keepAliveTimeout,
        Duration streamTimeout,
        boolean outputBuffering,
        boolean connectProtocol,
        boolean earlyHints,
        Http2Output output) {

    public static final Http2Options DEFAULT = new Http2Options(
            100,
            65535,
            Integer.MAX_VALUE,
            1 << 16,
            100,
            8190,
            8190,
            0,
            8,
            0,
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            true,
            false,
            false,
            Http2Output.DEFAULT);

    public Http2Options {
        check("maxConcurrentStreams", maxConcurrentStreams, 1, Integer.MAX_VALUE);
        check("initialWindowSize", initialWindowSize, 1, Integer.MAX_VALUE);
        check("connectionWindow", connectionWindow, Frame.DEFAULT_WINDOW, Integer.MAX_VALUE);
        check("maxHeaderListSize", maxHeaderListSize, 1, 1 << 24);
        check("maxHeaderFields", maxHeaderFields, 0, Integer.MAX_VALUE);
        check("maxFieldSize", maxFieldSize, 1, Integer.MAX_VALUE);
        check("maxRequestLine", maxRequestLine, 1, Integer.MAX_VALUE);
        check("maxDataFrameLength", maxDataFrameLength, 0, Integer.MAX_VALUE);
        check("maxStreamErrors", maxStreamErrors, 0, Integer.MAX_VALUE);
        check("paddingBits", paddingBits, 0, 8);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    /** The same options but for the streams limit and the stream window. */
    public Http2Options withStreams(int maxConcurrentStreams, int initialWindowSize) {
        return new Http2Options(
                maxConcurrentStreams,
                initialWindowSize,
                connectionWindow,
                maxHeaderListSize,
                maxHeaderFields,
                maxFieldSize,
                maxRequestLine,
                maxDataFrameLength,
                maxStreamErrors,
                paddingBits,
                timeout,
                keepAliveTimeout,
                streamTimeout,
                outputBuffering,
                connectProtocol,
                earlyHints,
                output);
    }

    /** The same options but for the shape of the frames we send. */
    public Http2Options withFrames(int maxDataFrameLength, int paddingBits, boolean outputBuffering) {
        return new Http2Options(
                maxConcurrentStreams,
                initialWindowSize,
                connectionWindow,
                maxHeaderListSize,
                maxHeaderFields,
                maxFieldSize,
                maxRequestLine,
                maxDataFrameLength,
                maxStreamErrors,
                paddingBits,
                timeout,
                keepAliveTimeout,
                streamTimeout,
                outputBuffering,
                connectProtocol,
                earlyHints,
                output);
    }

    /** The same options but for the three timeouts. */
    public Http2Options withTimeouts(Duration timeout, Duration keepAliveTimeout, Duration streamTimeout) {
        return new Http2Options(
                maxConcurrentStreams,
                initialWindowSize,
                connectionWindow,
                maxHeaderListSize,
                maxHeaderFields,
                maxFieldSize,
                maxRequestLine,
                maxDataFrameLength,
                maxStreamErrors,
                paddingBits,
                timeout,
                keepAliveTimeout,
                streamTimeout,
                outputBuffering,
                connectProtocol,
                earlyHints,
                output);
    }

    /** The same options, with 103 responses or without. */
    public Http2Options withEarlyHints(boolean sent) {
        return new Http2Options(
                maxConcurrentStreams,
                initialWindowSize,
                connectionWindow,
                maxHeaderListSize,
                maxHeaderFields,
                maxFieldSize,
                maxRequestLine,
                maxDataFrameLength,
                maxStreamErrors,
                paddingBits,
                timeout,
                keepAliveTimeout,
                streamTimeout,
                outputBuffering,
                connectProtocol,
                sent,
                output);
    }

    /** The same options but for what concerns answers alone, and for whether WebSockets are offered. */
    public Http2Options withOutput(Http2Output output, boolean connectProtocol) {
        return new Http2Options(
                maxConcurrentStreams,
                initialWindowSize,
                connectionWindow,
                maxHeaderListSize,
                maxHeaderFields,
                maxFieldSize,
                maxRequestLine,
                maxDataFrameLength,
                maxStreamErrors,
                paddingBits,
                timeout,
                keepAliveTimeout,
                streamTimeout,
                outputBuffering,
                connectProtocol,
                earlyHints,
                output);
    }
}
