package dev.sluice.modules.filters;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;

/** Content-Encoding of what is to be inflated (check_gzip, mod_deflate.c). */
final class GzipHeader {
    private GzipHeader() {}

    /** Whether gzip is the last encoding. */
    static boolean isLast(HeaderMap headers) {
        String encodings = headers.getFirst(Headers.CONTENT_ENCODING);
        String last = encodings == null
                ? ""
                : encodings.substring(encodings.lastIndexOf(',') + 1).strip();
        return last.equalsIgnoreCase("gzip") || last.equalsIgnoreCase("x-gzip");
    }

    /** Takes gzip out of Content-Encoding where it is the last encoding; false where it is not. */
    static boolean take(HeaderMap headers) {
        String encodings = headers.getFirst(Headers.CONTENT_ENCODING);
        if (encodings == null || !isLast(headers)) {
            return false;
        }
        int comma = encodings.lastIndexOf(',');
        if (comma < 0) {
            headers.remove(Headers.CONTENT_ENCODING);
        } else {
            headers.put(Headers.CONTENT_ENCODING, encodings.substring(0, comma).stripTrailing());
        }
        headers.remove(Headers.CONTENT_LENGTH);
        headers.remove(Headers.CONTENT_MD5);
        return true;
    }
}
