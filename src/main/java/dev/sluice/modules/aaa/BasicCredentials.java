package dev.sluice.modules.aaa;

import dev.sluice.request.Request;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/** The name and the password that a client sent, one byte a char. */
record BasicCredentials(String user, String password) {
    /** Null where the request carries none, or carries them by another scheme (get_basic_auth, mod_auth_basic.c). */
    static @Nullable BasicCredentials of(Request request) {
        String field = request.exchange().getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (field == null) {
            return null;
        }
        int space = field.indexOf(' ');
        if (!(space < 0 ? field : field.substring(0, space)).equalsIgnoreCase("Basic")) {
            return null;
        }
        int start = space < 0 ? field.length() : space;
        while (start < field.length() && (field.charAt(start) == ' ' || field.charAt(start) == '\t')) {
            start++;
        }
        String decoded = decoded(field, start);
        int colon = decoded.indexOf(':');
        return colon < 0
                ? new BasicCredentials(decoded, "")
                : new BasicCredentials(decoded.substring(0, colon), decoded.substring(colon + 1));
    }

    /**
     * As apr_base64_decode and C's strings do it: up to the first char that is not base64, whatever is left over of a group of
     * four, and up to the first NUL.
     */
    static String decoded(String text, int start) {
        StringBuilder decoded = new StringBuilder(text.length());
        int bits = 0;
        int count = 0;
        for (int i = start; i < text.length(); i++) {
            int six = sixBits(text.charAt(i));
            if (six < 0) {
                break;
            }
            bits = bits << 6 | six;
            count += 6;
            if (count >= 8) {
                count -= 8;
                char c = (char) (bits >> count & 0xff);
                if (c == 0) {
                    break;
                }
                decoded.append(c);
            }
        }
        return decoded.toString();
    }

    private static int sixBits(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }
}
