package dev.sluice.wire;

import io.undertow.util.AttachmentKey;
import java.util.List;

/**
 * Why a codec refused a request, in httpd's words.
 *
 * @param status of the answer: 400, 408, 413, 414
 * @param notes HTML that httpd's page shows beside its own words, untrusted text in it escaped; empty for none
 * @param log lines for the error log, in order
 */
public record Refusal(int status, String notes, List<Line> log) {
    /** Attached to the exchange that stands for the refused request. */
    public static final AttachmentKey<Refusal> KEY = AttachmentKey.create(Refusal.class);

    /**
     * What came where a request line was expected; attached where it was none, or one of a version that is not known, for
     * the access log.
     */
    public static final AttachmentKey<String> REQUEST_LINE = AttachmentKey.create(String.class);

    /** The version that a request line had, where it is none that is known. */
    public static final AttachmentKey<String> PROTOCOL = AttachmentKey.create(String.class);

    /**
     * A line of the error log.
     *
     * @param debug whether httpd writes it at level debug; at info otherwise
     * @param module httpd's name of the module that writes it: {@code core}, {@code http}
     */
    public record Line(boolean debug, String module, String text) {}

    /** Without a log line. */
    public static Refusal of(int status) {
        return new Refusal(status, "", List.of());
    }

    /** With one line of the core, at level debug. */
    public static Refusal debug(int status, String text) {
        return new Refusal(status, "", List.of(new Line(true, "core", text)));
    }
}
