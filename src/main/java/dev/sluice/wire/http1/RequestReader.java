package dev.sluice.wire.http1;

import dev.sluice.wire.Refusal;
import dev.sluice.wire.Refused;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the head of a request line by line, as bytes come, and refuses what httpd refuses (read_request_line,
 * ap_get_mime_headers_core), with its limits. Holds one field at a time. Lent to a connection from its first byte to the
 * end of its head.
 */
final class RequestReader {
    private static final int FIRST_SIZE = 1024;
    /** Empty lines that may come before a request (DEFAULT_LIMIT_BLANK_LINES). */
    private static final int BLANK_LINES = 10;

    private static final int SHOWN = 80;
    private static final String TOO_LONG = "Size of a request header field exceeds server limit.";
    private static final Refusal.Line ENDED =
            new Refusal.Line(true, "core", "AH00567: request failed: error reading the headers");

    private final HeaderCache cache = new HeaderCache();
    private final RequestLine requestLine = new RequestLine();
    private byte[] octets = new byte[FIRST_SIZE];

    /** {@code [0, fieldEnd)} is the field that the next line may continue, {@code [fieldEnd, length)} the line under way. */
    private int fieldEnd;

    private int length;
    private int blankLines;
    private int fields;
    private boolean lineRead;
    private boolean fresh;
    private HeaderMap headers = new HeaderMap();
    private Http1Options options = Http1Options.DEFAULT;

    void start(Http1Options limits) {
        options = limits;
        length = 0;
        fieldEnd = 0;
        blankLines = 0;
        fields = 0;
        lineRead = false;
        fresh = true;
        headers = new HeaderMap();
        requestLine.start();
        if (octets.length > 16 * FIRST_SIZE) {
            octets = new byte[FIRST_SIZE];
        }
    }

    RequestLine requestLine() {
        return requestLine;
    }

    HeaderMap headers() {
        return headers;
    }

    /** Whether the request line is known: a request that fails from here on has an answer. */
    boolean lineRead() {
        return lineRead;
    }

    /** Whether nothing but empty lines was read before the last read: the time for the head counts from here. */
    boolean justBegun() {
        boolean first = fresh;
        fresh = false;
        return first;
    }

    /** What came for a request line, where it is none: for the access log. Ends before a NUL, as httpd's strings do, and where its buffer ends. */
    String brokenLine() {
        int end = length;
        if (end > 1 && octets[end - 1] == '\n' && octets[end - 2] == '\r') {
            end -= 2;
        }
        end = Math.min(end, options.limitRequestLine() + 1);
        int nul = 0;
        while (nul < end && octets[nul] != 0) {
            nul++;
        }
        return text(0, nul);
    }

    /** Reads what belongs to the head; true once it is complete, {@code in} then stands behind it. */
    boolean read(ByteBuffer in) throws Refused {
        while (in.hasRemaining()) {
            if (gather(in) && line()) {
                return true;
            }
        }
        return false;
    }

    /** Appends to the line under way; true where its LF was found. */
    private boolean gather(ByteBuffer in) throws Refused {
        int start = in.position();
        int limit = in.limit();
        int end = start;
        boolean found = false;
        while (end < limit && !found) {
            found = in.get(end++) == '\n';
        }
        int most = (lineRead ? options.limitRequestFieldSize() : options.limitRequestLine()) + (found ? 3 : 2);
        int size = end - start;
        boolean tooLong = length - fieldEnd + size > most;
        if (tooLong) {
            size = Math.max(0, most - (length - fieldEnd));
        }
        if (octets.length - length < size) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + size));
        }
        in.get(octets, length, size);
        length += size;
        if (tooLong) {
            throw tooLong();
        }
        return found;
    }

    private Refused tooLong() {
        if (!lineRead) {
            return refused(new Refusal(
                    414,
                    "",
                    List.of(new Refusal.Line(
                            false,
                            "core",
                            "AH00565: request failed: client's request-line exceeds LimitRequestLine (longer than "
                                    + options.limitRequestLine() + ")"))));
        }
        int colon = fieldEnd;
        while (colon < length && octets[colon] != ':') {
            colon++;
        }
        return fieldRefused(
                "AH00561: Request header exceeds LimitRequestFieldSize: "
                        + text(fieldEnd, Math.min(colon, fieldEnd + SHOWN)),
                TOO_LONG);
    }

    /** True where the head is complete. */
    private boolean line() throws Refused {
        int start = fieldEnd;
        int end = length - 2;
        boolean crlf = end >= start && octets[end] == '\r';
        if (!crlf || hasNul(start, end)) {
            throw endedBadly();
        }
        if (!lineRead) {
            if (start == end && blankLines++ < BLANK_LINES) {
                length = 0;
                return false;
            }
            requestLine.parse(cache, octets, start, end);
            lineRead = true;
            length = 0;
            return requestLine.protocol.equals(io.undertow.util.Protocols.HTTP_0_9);
        }
        if (start == end) {
            field();
            return true;
        }
        if (octets[start] == ' ' || octets[start] == '\t') {
            fold(start, end);
        } else {
            next(start, end);
        }
        return false;
    }

    private boolean hasNul(int start, int end) {
        for (int i = start; i < end; i++) {
            if (octets[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private Refused endedBadly() {
        return lineRead
                ? refused(new Refusal(400, "", List.of(ENDED)))
                : refused(Refusal.debug(400, "AH00566: request failed: malformed request line"));
    }

    private void fold(int start, int end) throws Refused {
        if (start == 0) {
            throw fieldRefused(true, "AH03442: Line folding encountered before first header line", "");
        }
        int from = start;
        while (from < end && isSpace(octets[from])) {
            from++;
        }
        if (from == end) {
            throw fieldRefused(true, "AH03443: Empty folded line encountered", "");
        }
        int to = trimmed(0, start);
        octets[to++] = ' ';
        System.arraycopy(octets, from, octets, to, end - from);
        fieldEnd = to + end - from;
        length = fieldEnd;
        if (fieldEnd > options.limitRequestFieldSize()) {
            int colon = 0;
            while (colon < fieldEnd && octets[colon] != ':') {
                colon++;
            }
            throw fieldRefused(
                    "AH00562: Request header exceeds LimitRequestFieldSize after folding: "
                            + text(0, Math.min(colon, SHOWN)),
                    TOO_LONG);
        }
    }

    /** The line begins a field: the one before is complete. */
    private void next(int start, int end) throws Refused {
        field();
        if (options.limitRequestFields() > 0 && ++fields > options.limitRequestFields()) {
            throw tooMany();
        }
        if (start > 0) {
            System.arraycopy(octets, start, octets, 0, end - start);
        }
        fieldEnd = end - start;
        length = fieldEnd;
    }

    private static Refused tooMany() {
        return fieldRefused(
                "AH00563: Number of request headers exceeds LimitRequestFields",
                "The number of request header fields exceeds this server's limit.");
    }

    private void field() throws Refused {
        int end = fieldEnd;
        if (end == 0) {
            return;
        }
        int colon = 0;
        while (colon < end && octets[colon] != ':') {
            colon++;
        }
        if (colon == end || !Octets.isToken(octets, 0, colon)) {
            throw fieldRefused(
                    true, "AH02426: Request header field name is malformed: " + text(0, Math.min(end, SHOWN)), "");
        }
        int from = colon + 1;
        while (from < end && isSpace(octets[from])) {
            from++;
        }
        int to = trimmed(from, end);
        if (!Octets.isValue(octets, from, to)) {
            throw fieldRefused(
                    true, "AH02427: Request header value is malformed: " + text(from, Math.min(to, from + SHOWN)), "");
        }
        HttpString name = cache.name(octets, 0, colon);
        try {
            headers.add(name, cache.value(octets, from, to));
        } catch (RuntimeException full) {
            // A HeaderMap holds at most 127 values of one name.
            throw tooMany();
        }
        fieldEnd = 0;
    }

    private int trimmed(int from, int end) {
        int to = end;
        while (to > from && isSpace(octets[to - 1])) {
            to--;
        }
        return to;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** The connection ended, or its time was over, within the head. */
    static Refusal cutOff(int status) {
        return new Refusal(status, "", List.of(ENDED));
    }

    private static Refused fieldRefused(String message, String notes) {
        return fieldRefused(false, message, notes);
    }

    private static Refused fieldRefused(boolean debug, String message, String notes) {
        return refused(new Refusal(400, notes, List.of(new Refusal.Line(debug, "core", message), ENDED)));
    }

    private static Refused refused(Refusal refusal) {
        return new Refused(
                refusal, refusal.log().isEmpty() ? "" : refusal.log().get(0).text());
    }

    private String text(int start, int end) {
        return new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
