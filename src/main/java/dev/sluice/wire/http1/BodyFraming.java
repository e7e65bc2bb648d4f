package dev.sluice.wire.http1;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a body is found (RFC 9112, 6.3).
 *
 * @param kind how its end is found
 * @param length bytes of a {@link Kind#FIXED} body, 0 otherwise
 * @param trusted whether another message may follow on the connection: false where the head contradicts itself
 */
record BodyFraming(Kind kind, long length, boolean trusted) {
    enum Kind {
        FIXED,
        CHUNKED,
        UNTIL_CLOSE
    }

    static final BodyFraming NONE = new BodyFraming(Kind.FIXED, 0, true);
    private static final BodyFraming CHUNKED = new BodyFraming(Kind.CHUNKED, 0, true);
    private static final BodyFraming UNTIL_CLOSE = new BodyFraming(Kind.UNTIL_CLOSE, 0, false);

    /** Whether there are no bytes of it. */
    boolean isEmpty() {
        return kind == Kind.FIXED && length == 0;
    }

    /** The body the head of a request announces; no Transfer-Encoding and no Content-Length is no body. */
    static BodyFraming ofRequest(HeaderMap headers) throws RequestException {
        if (headers.contains(Headers.TRANSFER_ENCODING)) {
            if (headers.contains(Headers.CONTENT_LENGTH)) {
                throw new RequestException("Content-Length beside Transfer-Encoding");
            }
            return CHUNKED;
        }
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        if (length == null) {
            return NONE;
        }
        long parsed = length(length);
        if (parsed < 0 || headers.count(Headers.CONTENT_LENGTH) > 1) {
            throw new RequestException("Content-Length is no number: '" + length + "'");
        }
        return parsed == 0 ? NONE : new BodyFraming(Kind.FIXED, parsed, true);
    }

    /**
     * The body of a response. Transfer-Encoding wins over Content-Length; one that does not end in {@code chunked} is
     * read until the backend closes; of several Content-Length fields the first counts (ap_http_filter).
     */
    static BodyFraming ofResponse(HttpString method, int status, HttpString protocol, HeaderMap headers)
            throws ResponseException {
        if (protocol.equals(Protocols.HTTP_0_9)) {
            return UNTIL_CLOSE;
        }
        if (method.equals(Methods.HEAD) || status == 204 || status == 304 || status == 101) {
            return NONE;
        }
        HeaderValues encodings = headers.get(Headers.TRANSFER_ENCODING);
        HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
        if (encodings != null) {
            if (!endsInChunked(encodings.getLast())) {
                return UNTIL_CLOSE;
            }
            return lengths == null ? CHUNKED : new BodyFraming(Kind.CHUNKED, 0, false);
        }
        if (lengths == null) {
            return UNTIL_CLOSE;
        }
        long length = length(lengths.getFirst());
        if (length < 0) {
            throw new ResponseException(ResponseException.Reason.BAD_FRAMING, "Content-Length: " + lengths.getFirst());
        }
        return new BodyFraming(Kind.FIXED, length, lengths.size() == 1);
    }

    private static boolean endsInChunked(@Nullable String encodings) {
        if (encodings == null) {
            return false;
        }
        int start = encodings.lastIndexOf(',') + 1;
        return encodings.substring(start).trim().equalsIgnoreCase("chunked");
    }

    /** Digits only, no sign, at most 18 of them; -1 for anything else. */
    private static long length(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            length = length * 10 + digit - '0';
        }
        return length;
    }
}
