package dev.sluice.wire.http1;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a response line by line, as bytes come, with httpd's tolerance (ap_proxy_http_process_response,
 * ap_proxy_read_headers): a bare LF ends a line, the reason and its space may be missing, folded lines are joined, and
 * what does not begin with a status line at all is an HTTP/0.9 body.
 */
final class ResponseHead {
    private static final int FIRST_SIZE = 2048;
    private static final int STATUS_AT = 9;

    private final HeaderCache cache = new HeaderCache();
    private byte[] octets = new byte[FIRST_SIZE];
    private int length;
    private int scanned;
    private int lineStart;
    private int fieldStart;
    private int fieldEnd;
    private boolean folded;
    private boolean done;

    private int status;
    private @Nullable String reason = "";
    private HttpString protocol = Protocols.HTTP_1_1;
    private HeaderMap headers = new HeaderMap();
    private byte @Nullable [] bodyStart;

    /** Forgets the last head. */
    void start() {
        length = 0;
        scanned = 0;
        lineStart = 0;
        fieldStart = -1;
        done = false;
        status = -1;
        headers = new HeaderMap();
        bodyStart = null;
        if (octets.length > 16 * FIRST_SIZE) {
            octets = new byte[FIRST_SIZE];
        }
    }

    boolean hasStatus() {
        return status >= 0;
    }

    int status() {
        return status;
    }

    /** Null where more than a status stood there: then it is the usual one. */
    @Nullable
    String reason() {
        return reason;
    }

    /** HTTP/1.1, HTTP/1.0, or HTTP/0.9 where the bytes were no head at all. */
    HttpString protocol() {
        return protocol;
    }

    HeaderMap headers() {
        return headers;
    }

    /** What belongs to the body though it was read as a line of the head, without that line's end; null for nothing. */
    byte @Nullable [] bodyStart() {
        return bodyStart;
    }

    /** Reads from {@code in} what belongs to the head; true once it is complete, {@code in} is then at the body. */
    boolean read(ByteBuffer in, ResponseLimits limits) throws ResponseException {
        int more = in.remaining();
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + more));
        }
        in.get(octets, length, more);
        length += more;
        while (!done) {
            int lineFeed = nextLineFeed();
            int lineLength = (lineFeed < 0 ? length : lineFeed) - lineStart;
            if (lineLength >= limits.fieldSize()) {
                throw tooLong(lineLength);
            }
            if (lineFeed < 0) {
                if (length > limits.headSize()) {
                    throw new ResponseException(
                            ResponseException.Reason.HEAD_TOO_LONG, "head longer than " + limits.headSize());
                }
                return false;
            }
            int start = lineStart;
            lineStart = lineFeed + 1;
            line(start, lineFeed > start && octets[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed, limits);
        }
        giveBack(in, more);
        return true;
    }

    /** Leaves {@code in} at the body; what is body and came with an earlier read is added to {@link #bodyStart}. */
    private void giveBack(ByteBuffer in, int lastRead) {
        int rest = length - lineStart;
        int inBuffer = Math.min(rest, lastRead);
        in.position(in.position() - inBuffer);
        if (rest > inBuffer) {
            byte[] before = bodyStart == null ? new byte[0] : bodyStart;
            byte[] joined = Arrays.copyOf(before, before.length + rest - inBuffer);
            System.arraycopy(octets, lineStart, joined, before.length, rest - inBuffer);
            bodyStart = joined;
        }
    }

    private ResponseException tooLong(int lineLength) {
        String line = text(lineStart, lineStart + lineLength);
        return new ResponseException(
                status < 0 ? ResponseException.Reason.CORRUPT_STATUS_LINE : ResponseException.Reason.FIELD_TOO_LONG,
                line);
    }

    private int nextLineFeed() {
        for (int i = scanned; i < length; i++) {
            if (octets[i] == '\n') {
                scanned = i + 1;
                return i;
            }
        }
        scanned = length;
        return -1;
    }

    private void line(int start, int end, ResponseLimits limits) throws ResponseException {
        if (status < 0) {
            statusLine(start, end);
        } else if (start == end) {
            field(limits);
            done = true;
        } else if (fieldStart >= 0 && (octets[start] == ' ' || octets[start] == '\t')) {
            folded = true;
            fieldEnd = end;
        } else {
            field(limits);
            fieldStart = start;
            fieldEnd = end;
            folded = false;
        }
    }

    /** {@code HTTP/#.# ###} and anything after it; httpd takes all else for the first line of an HTTP/0.9 body. */
    private void statusLine(int start, int end) throws ResponseException {
        if (!isStatusLine(start, end)) {
            status = StatusCodes.OK;
            reason = StatusCodes.OK_STRING;
            protocol = Protocols.HTTP_0_9;
            bodyStart = Arrays.copyOfRange(octets, start, end);
            done = true;
            return;
        }
        if (octets[start + 5] != '1') {
            throw new ResponseException(ResponseException.Reason.CORRUPT_STATUS_LINE, text(start, end));
        }
        protocol = octets[start + 7] == '0' ? Protocols.HTTP_1_0 : Protocols.HTTP_1_1;
        int at = start + STATUS_AT;
        status = (octets[at] - '0') * 100 + (octets[at + 1] - '0') * 10 + octets[at + 2] - '0';
        if (at + 3 < end && octets[at + 3] != ' ') {
            // httpd takes the three digits, and words of its own for the rest (validate_status_line).
            reason = null;
            return;
        }
        int reasonStart = at + 3;
        while (reasonStart < end && octets[reasonStart] == ' ') {
            reasonStart++;
        }
        String usual = StatusCodes.getReason(status);
        reason = is(usual, reasonStart, end) ? usual : text(reasonStart, end);
        if (!Octets.isValue(octets, reasonStart, end)) {
            throw new ResponseException(ResponseException.Reason.CORRUPT_STATUS_LINE, text(start, end));
        }
    }

    private boolean isStatusLine(int start, int end) {
        if (end - start < STATUS_AT + 3 || !is("HTTP/", start, start + 5)) {
            return false;
        }
        return Octets.isDigit(octets[start + 5])
                && octets[start + 6] == '.'
                && Octets.isDigit(octets[start + 7])
                && octets[start + 8] == ' '
                && Octets.isDigit(octets[start + STATUS_AT])
                && Octets.isDigit(octets[start + STATUS_AT + 1])
                && Octets.isDigit(octets[start + STATUS_AT + 2]);
    }

    private void field(ResponseLimits limits) throws ResponseException {
        if (fieldStart < 0) {
            return;
        }
        int start = fieldStart;
        int end = folded ? unfold(start, fieldEnd) : fieldEnd;
        int colon = start;
        while (colon < end && octets[colon] != ':') {
            colon++;
        }
        if (colon == end) {
            badLine(start, end, limits);
            return;
        }
        int valueStart = colon + 1;
        while (valueStart < end && isSpace(octets[valueStart])) {
            valueStart++;
        }
        while (end > valueStart && isSpace(octets[end - 1])) {
            end--;
        }
        if (!Octets.isToken(octets, start, colon) || !Octets.isValue(octets, valueStart, end)) {
            throw new ResponseException(ResponseException.Reason.FORBIDDEN_CHARACTER, text(start, end));
        }
        HttpString name = cache.name(octets, start, colon);
        try {
            headers.add(name, cache.value(octets, valueStart, end));
        } catch (RuntimeException tooMany) {
            // A HeaderMap holds at most 127 values of one name.
            throw new ResponseException(
                    ResponseException.Reason.HEAD_TOO_LONG, "too many fields '" + name + "'", tooMany);
        }
    }

    private void badLine(int start, int end, ResponseLimits limits) throws ResponseException {
        switch (limits.badHeader()) {
            case IS_ERROR -> throw new ResponseException(ResponseException.Reason.BAD_HEADER, text(start, end));
            case IGNORE -> {}
            case START_BODY -> {
                bodyStart = Arrays.copyOfRange(octets, start, end);
                // The line after this one has been read, too: it is given back with the rest.
                lineStart = octets[fieldEnd] == '\r' ? fieldEnd + 2 : fieldEnd + 1;
                done = true;
            }
        }
    }

    /** Takes the line ends out of a folded field, in place; the spaces that follow them stay, as httpd leaves them. */
    private int unfold(int start, int end) {
        int to = start;
        for (int from = start; from < end; from++) {
            byte octet = octets[from];
            if (octet != '\n' && (octet != '\r' || octets[from + 1] != '\n')) {
                octets[to++] = octet;
            }
        }
        return to;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private boolean is(String expected, int start, int end) {
        if (expected.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (expected.charAt(i - start) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    private String text(int start, int end) {
        return new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
