package dev.sluice.wire.http1;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes the chunked coding (RFC 9112, 7.1) off a stream, in the buffer that holds it. As strict as httpd: CR LF ends
 * every line of it, extensions are skipped, sizes have at most 15 digits.
 */
final class ChunkDecoder {
    private static final int MAX_LINE = 8192;
    private static final int MAX_TRAILERS = 100;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        DONE
    }

    private State state = State.SIZE;
    private long remaining;
    private int digits;
    private int lineLength;
    private int trailerCount;
    private final StringBuilder trailer = new StringBuilder(0);
    private @Nullable HeaderMap trailers;

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
    int decode(ByteBuffer buffer, int start, int end) throws ResponseException {
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

    private void framing(byte octet) throws ResponseException {
        switch (state) {
            case SIZE -> size(octet);
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

    private void size(byte octet) throws ResponseException {
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            if (++digits > 15) {
                throw bad("chunk size too large");
            }
            remaining = remaining * 16 + digit;
        } else if (digits == 0) {
            throw bad("chunk size missing");
        } else if (octet == '\r') {
            state = State.SIZE_LF;
        } else if (octet == ';' || octet == ' ' || octet == '\t') {
            state = State.EXTENSION;
        } else {
            throw bad("chunk size is no number");
        }
    }

    private void extension(byte octet) throws ResponseException {
        if (octet == '\r') {
            state = State.SIZE_LF;
        } else if (octet == '\n' || ++lineLength > MAX_LINE) {
            throw bad("chunk extension");
        }
    }

    private void trailer(byte octet) throws ResponseException {
        if (octet != '\n') {
            if (trailer.length() >= MAX_LINE) {
                throw bad("trailer too long");
            }
            trailer.append((char) (octet & 0xFF));
            return;
        }
        if (trailer.length() > 0 && trailer.charAt(trailer.length() - 1) == '\r') {
            trailer.setLength(trailer.length() - 1);
        }
        if (trailer.length() == 0) {
            state = State.DONE;
            return;
        }
        addTrailer();
        trailer.setLength(0);
    }

    private void addTrailer() throws ResponseException {
        int colon = trailer.indexOf(":");
        byte[] octets = trailer.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (++trailerCount > MAX_TRAILERS
                || colon < 0
                || !Octets.isToken(octets, 0, colon)
                || !Octets.isValue(octets, colon + 1, octets.length)) {
            throw bad("trailer field");
        }
        if (trailers == null) {
            trailers = new HeaderMap();
        }
        trailers.add(
                new HttpString(trailer.substring(0, colon)),
                trailer.substring(colon + 1).trim());
    }

    private static void expect(byte octet, char expected) throws ResponseException {
        if (octet != expected) {
            throw bad("chunk not ended by CR LF");
        }
    }

    private static ResponseException bad(String message) {
        return new ResponseException(ResponseException.Reason.BAD_FRAMING, message);
    }
}
