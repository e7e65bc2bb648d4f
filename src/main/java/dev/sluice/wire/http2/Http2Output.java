package dev.sluice.wire.http2;

import java.time.Duration;

/**
 * What concerns the answers of a server. The defaults are mod_http2's.
 *
 * @param push whether answers may be pushed to clients that take them (H2Push)
 * @param pushDiarySize pushes that a connection remembers, not to make them twice (H2PushDiarySize); 0 for none
 * @param maxHeaderBlock bytes of the names and values of a response head (H2MaxHeaderBlockLen); a stream with a longer one is reset
 * @param streamMemory body bytes of a stream that workers may leave for the connection (H2StreamMaxMemSize)
 * @param warmUp bytes that a TLS connection sends in small records at first (H2TLSWarmUpSize); 0 for none
 * @param coolDown the silence after which it begins with small ones again (H2TLSCoolDownSecs); zero for never
 * @param modernTlsOnly whether connections by old protocols and the suites that RFC 9113 Appendix A lists are given up
 */
public record Http2Output(
        boolean push,
        int pushDiarySize,
        int maxHeaderBlock,
        int streamMemory,
        long warmUp,
        Duration coolDown,
        boolean modernTlsOnly) {
    public static final Http2Output DEFAULT =
            new Http2Output(true, 256, 1 << 16, 1 << 16, 1 << 20, Duration.ofSeconds(1), true);
}
