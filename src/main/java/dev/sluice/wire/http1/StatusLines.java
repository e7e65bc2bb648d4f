package dev.sluice.wire.http1;

import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The first lines of responses; those with the usual reason are made once. Any thread. */
final class StatusLines {
    private static final int STATUSES = 1000;

    private final IntFunction<String> reasons;
    private final AtomicReferenceArray<Line> usual = new AtomicReferenceArray<>(STATUSES);

    private static final class Line {
        final int status;
        final String reason;
        final byte[] octets;

        Line(int status, String reason) {
            this.status = status;
            this.reason = reason;
            this.octets = ("HTTP/1.1 " + status + ' ' + reason + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** @param reasons the usual ones by status; empty where a status has none */
    StatusLines(IntFunction<String> reasons) {
        this.reasons = reasons;
    }

    /**
     * {@code HTTP/1.1 200 OK} with its line end; not to be changed. A status that has no usual reason is written as 500
     * (ap_get_status_line_ex).
     */
    byte[] of(int status) {
        return usual(status).octets;
    }

    /** @param reason what it ends with, as far as the first control character; null for the usual one */
    byte[] of(int status, @Nullable String reason) {
        Line known = usual(status);
        return reason == null || (known.status == status && reason.equals(known.reason))
                ? known.octets
                : new Line(status, clean(reason)).octets;
    }

    private Line usual(int status) {
        Line known = usual.get(status);
        if (known == null) {
            String reason = reasons.apply(status);
            known = reason.isEmpty() && status != StatusCodes.INTERNAL_SERVER_ERROR
                    ? usual(StatusCodes.INTERNAL_SERVER_ERROR)
                    : new Line(status, reason);
            usual.set(status, known);
        }
        return known;
    }

    private static String clean(String reason) {
        for (int i = 0; i < reason.length(); i++) {
            if (reason.charAt(i) < ' ' || reason.charAt(i) == 127) {
                return reason.substring(0, i);
            }
        }
        return reason;
    }
}
