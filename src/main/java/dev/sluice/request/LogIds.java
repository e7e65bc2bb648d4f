package dev.sluice.request;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** Ids for {@code %L}: eleven characters that name a request among all of this server and its successors (add_log_id, core.c). */
final class LogIds {
    private static final AtomicLong LAST = new AtomicLong(System.currentTimeMillis() << 20);
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private LogIds() {}

    static String next() {
        return ENCODER.encodeToString(
                ByteBuffer.allocate(Long.BYTES).putLong(LAST.incrementAndGet()).array());
    }
}
