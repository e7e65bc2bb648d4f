package dev.sluice.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/2 of a virtual host, as mod_http2's directives set it.
 *
 * @param direct whether the preface is looked for on clear-text connections (H2Direct)
 * @param upgrade whether {@code Upgrade: h2c} is honoured (H2Upgrade)
 * @param maxSessionStreams streams open at once
 * @param windowSize bytes a client may send on a stream before it must wait
 * @param maxDataFrameLength bytes of a DATA frame's payload; 0 for the protocol's own limit
 * @param paddingBits each padded frame gets up to 2 to that many bytes; 0 for none
 * @param maxStreamErrors stream errors by the client before the connection is given up
 * @param maxHeaderBlockLength bytes of a response's header block, above which its stream is reset; 0 for 64 kB
 * @param outputBuffering false where each write goes out at once
 * @param streamTimeout the longest wait for a stream's read or write; null for that of the connection
 * @param earlyHints whether 103 responses are sent (H2EarlyHints)
 * @param push whether answers may be pushed (H2Push)
 * @param pushDiarySize pushes that a connection remembers (H2PushDiarySize)
 * @param streamMemory body bytes of a stream that may wait for the client in memory (H2StreamMaxMemSize)
 * @param warmUp bytes in small TLS records at the beginning (H2TLSWarmUpSize)
 * @param coolDown the silence after which records are small again (H2TLSCoolDownSecs); zero for never
 * @param modernTlsOnly whether old protocols and suites end an HTTP/2 connection (H2ModernTLSOnly)
 * @param webSockets whether extended CONNECT is offered (H2WebSockets)
 */
public record Http2Plan(
        boolean direct,
        boolean upgrade,
        int maxSessionStreams,
        int windowSize,
        int maxDataFrameLength,
        int paddingBits,
        int maxStreamErrors,
        int maxHeaderBlockLength,
        boolean outputBuffering,
        @Nullable Duration streamTimeout,
        boolean earlyHints,
        boolean push,
        int pushDiarySize,
        int streamMemory,
        long warmUp,
        Duration coolDown,
        boolean modernTlsOnly,
        boolean webSockets) {
    public static final Http2Plan DEFAULT = new Http2Plan(
            true,
            true,
            100,
            65535,
            0,
            0,
            8,
            0,
            true,
            null,
            false,
            true,
            256,
            1 << 16,
            1 << 20,
            Duration.ofSeconds(1),
            true,
            false);
}
