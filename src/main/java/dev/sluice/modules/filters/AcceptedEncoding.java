package dev.sluice.modules.filters;

import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;

/** Whether a response may be sent in an encoding (deflate_out_filter, mod_deflate.c; compress_filter, mod_brotli.c). */
final class AcceptedEncoding {
    private AcceptedEncoding() {}

    /**
     * Whether the client takes {@code encoding}, by the first time it is named: {@code *} stands for nothing, and whatever is
     * not a kind of zero counts.
     */
    static boolean takes(HeaderMap request, String encoding) {
        HeaderValues values = request.get(Headers.ACCEPT_ENCODING);
        if (values == null) {
            return false;
        }
        for (String value : values) {
            for (String item : value.split(",")) {
                String[] parts = item.split(";");
                if (parts.length > 0 && parts[0].strip().equalsIgnoreCase(encoding)) {
                    return parts.length < 2 || !isZero(parts[parts.length - 1].strip());
                }
            }
        }
        return false;
    }

    private static boolean isZero(String quality) {
        return quality.length() >= 3 && "q=0.000".startsWith(quality);
    }

    /** True where some other encoding is on the response already. */
    static boolean isEncoded(HeaderMap response) {
        HeaderValues values = response.get(Headers.CONTENT_ENCODING);
        if (values == null) {
            return false;
        }
        for (String value : values) {
            for (String token : value.split(",")) {
                switch (token.strip().toLowerCase(Locale.ROOT)) {
                    case "", "identity", "7bit", "8bit", "binary" -> {}
                    default -> {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** True for what is never encoded: parts of pages, parts of files, what has no body, what the environment excludes. */
    static boolean isExcluded(Request request, String variable) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        return request.main() != null
                || request.exchange().getStatusCode() == 204
                || request.environment().has(variable)
                || headers.contains(Headers.CONTENT_RANGE);
    }

    /** The headers of a body that goes out in {@code encoding}. */
    static void mark(HeaderMap headers, String encoding) {
        String known = headers.getFirst(Headers.CONTENT_ENCODING);
        headers.put(
                Headers.CONTENT_ENCODING,
                known == null || known.equalsIgnoreCase("identity") ? encoding : known + ", " + encoding);
        headers.remove(Headers.CONTENT_LENGTH);
        headers.remove(Headers.CONTENT_MD5);
    }
}
