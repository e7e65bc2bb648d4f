package dev.sluice.wire.http1;

import dev.sluice.wire.Refusal;
import dev.sluice.wire.Refused;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the chunked coding (RFC 9112, 7.1) off a stream, in the buffer that holds it. As strict as httpd (ap_http_filter):
 * CR LF ends every line of it, extensions are skipped, sizes fit a long.
 */
final class ChunkDecoder {
    private static final int MAX_LINE = 8192;
    private static final int MAX_TRAILERS = 100;
    private static final String BROKEN = "AH01590: Error reading/parsing chunk ";
    private static final String TRAILER = "AH02656: Error while reading HTTP trailer: 400";

    private enum State {
        SIZE,
        SPACE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        DONE
    }

    private final boolean strict;
    private final int maxLine;
    private final int maxField;
    private final int maxTrailers;
    private State state = State.SIZE;
    private long remaining;
    private int digits;
    private int lineLength;
    private int trailerCount;
    private final StringBuilder trailer = new StringBuilder(0);
    private @Nullable HeaderMap trailers;

    /** Of a response: a bare LF may end a trailer field. */
    ChunkDecoder() {
        this(false, MAX_LINE, MAX_LINE, MAX_TRAILERS);
    }

    /** Of a request: trailers are read as strictly, and with the same limits, as the head. */
    ChunkDecoder(Http1Options options) {
        this(
                true,
                options.limitRequestLine(),
                options.limitRequestFieldSize(),
                options.limitRequestFields() == 0 ? Integer.MAX_VALUE : options.limitRequestFields());
    }

    private ChunkDecoder(boolean strict, int maxLine, int maxField, int maxTrailers) {
        this.strict = strict;
        this.maxLine = maxLine;
        this.maxField = maxField;
        this.maxTrailers = maxTrailers;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** The trailer fields, complete once the decoder is done; null where there were none. */
    @Nullable
    HeaderMap trailers() {
        return trailers;
    }

    /**
     * Decodes {@code buffer[start, end)} in place.
     *
     * @return the end of the decoded bytes, which begin at {@code start}; {@link #left} tells what is behind the last chunk
     */
    int decode(ByteBuffer buffer, int start, int end) throws Refused {
        int to = start;
        int from = start;
        while (from < end && state != State.DONE) {
            if (state == State.DATA) {
                int size = (int) Math.min(remaining, end - from);
                if (to != from) {
                    buffer.put(to, buffer, from, size);
                }
                to += size;
                from += size;
                remaining -= size;
                if (remaining == 0) {
                    state = State.DATA_CR;
                }
            } else {
                framing(buffer.get(from++));
            }
        }
        left = end - from;
        return to;
    }

    private int left;

    /** Bytes of the last {@link #decode} that came after the end of the body. */
    int left() {
        return left;
    }

    private void framing(byte octet) throws Refused {
        switch (state) {
            case SIZE -> size(octet);
            case SPACE -> space(octet);
            case EXTENSION -> extension(octet);
            case SIZE_LF -> {
                expect(octet, '\n');
                digits = 0;
                lineLength = 0;
                state = remaining > 0 ? State.DATA : State.TRAILER;
            }
            case DATA_CR -> {
                expect(octet, '\r');
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                expect(octet, '\n');
                state = State.SIZE;
            }
            case TRAILER -> trailer(octet);
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void size(byte octet) throws Refused {
        int digit = octet < 0 ? -1 : Character.digit(octet, 16);
        countLine();
        if (digit >= 0) {
            if (remaining >> 59 != 0) {
                throw overflow("chunk size too large");
            }
            remaining = remaining * 16 + digit;
            digits++;
        } else if (digits == 0) {
            throw bad("chunk size missing");
        } else if (octet == '\r') {
            state = State.SIZE_LF;
        } else if (octet == ';') {
            state = State.EXTENSION;
        } else if (octet == ' ' || octet == '\t') {
            state = State.SPACE;
        } else {
            throw bad("chunk size is no number");
        }
    }

    /** Between the size and what may follow it. */
    private void space(byte octet) throws Refused {
        countLine();
        if (octet == '\r') {
            state = State.SIZE_LF;
        } else if (octet == ';') {
            state = State.EXTENSION;
        } else if (octet != ' ' && octet != '\t') {
            throw bad("chunk size followed by what is no extension");
        }
    }

    private void extension(byte octet) throws Refused {
        countLine();
        if (octet == '\r') {
            state = State.SIZE_LF;
        } else if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 127) {
            throw bad("chunk extension");
        }
    }

    private void countLine() throws Refused {
        if (++lineLength > maxLine) {
            throw overflow("chunk line too long");
        }
    }

    private void trailer(byte octet) throws Refused {
        int size = trailer.length();
        if (octet != '\n') {
            if (size > maxField + 1) {
                throw badTrailer("Size of a request header field exceeds server limit.");
            }
            trailer.append((char) (octet & 0xFF));
            return;
        }
        boolean crlf = size > 0 && trailer.charAt(size - 1) == '\r';
        if (!crlf && strict) {
            throw badTrailer("");
        }
        if (crlf) {
            trailer.setLength(size - 1);
        }
        if (trailer.length() == 0) {
            state = State.DONE;
            return;
        }
        addTrailer();
        trailer.setLength(0);
    }

    private void addTrailer() throws Refused {
        int colon = trailer.indexOf(":");
        byte[] octets = trailer.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (++trailerCount > maxTrailers) {
            throw badTrailer("The number of request header fields exceeds this server's limit.");
        }
        if (colon < 0 || !Octets.isToken(octets, 0, colon) || !Octets.isValue(octets, colon + 1, octets.length)) {
            throw badTrailer("");
        }
        if (trailers == null) {
            trailers = new HeaderMap();
        }
        HttpString name = new HttpString(trailer.substring(0, colon));
        if (trailers.count(name) >= MAX_TRAILERS) {
            throw badTrailer("The number of request header fields exceeds this server's limit.");
        }
        trailers.add(name, trailer.substring(colon + 1).trim());
    }

    private static Refused badTrailer(String notes) {
        String text = notes.isEmpty() ? TRAILER : TRAILER + ": " + notes;
        return new Refused(new Refusal(400, notes, List.of(new Refusal.Line(false, "http", text))), "trailer field");
    }

    private static Refused overflow(String message) {
        return new Refused(
                new Refusal(413, "", List.of(new Refusal.Line(false, "http", BROKEN + "(overflow)"))), message);
    }

    private static void expect(byte octet, char expected) throws Refused {
        if (octet != expected) {
            throw bad("chunk not ended by CR LF");
        }
    }

    private static Refused bad(String message) {
        return new Refused(new Refusal(400, "", List.of(new Refusal.Line(false, "http", BROKEN.trim()))), message);
    }
}
