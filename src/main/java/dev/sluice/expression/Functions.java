package dev.sluice.expression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** What expressions do with texts, byte strings held one byte a char. */
public final class Functions {
    private static final HexFormat HEX = HexFormat.of();

    private Functions() {}

    public static String lower(String text) {
        return shifted(text, 'A', 'Z', 32);
    }

    public static String upper(String text) {
        return shifted(text, 'a', 'z', -32);
    }

    private static String shifted(String text, char from, char to, int by) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= from && text.charAt(i) <= to) {
                char[] all = text.toCharArray();
                for (int j = i; j < all.length; j++) {
                    all[j] = (char) (all[j] + (all[j] >= from && all[j] <= to ? by : 0));
                }
                return new String(all);
            }
        }
        return text;
    }

    /** As a path of a URL, slashes among it (ap_escape_uri). */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letter || "$-_.+!*'(),:;@&=/~".indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HEX.toHexDigits((byte) c));
            }
        }
        return escaped.toString();
    }

    /** Empty for what is no escaped text, or holds an escaped NUL; escaped slashes stay escaped (ap_unescape_url_keep2f). */
    public static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                plain.append(c);
                continue;
            }
            int value = i + 2 < text.length() ? hex(text, i + 1) : -1;
            if (value <= 0) {
                return "";
            }
            if (value == '/') {
                plain.append(text, i, i + 3);
            } else {
                plain.append((char) value);
            }
            i += 2;
        }
        return plain.toString();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    /** Up to the first character that is none of base64's, and up to the first NUL. */
    public static String unbase64(String text) {
        int end = 0;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        if (end % 4 == 1) {
            end--;
        }
        byte[] decoded = Base64.getDecoder().decode(text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
        String plain = new String(decoded, StandardCharsets.ISO_8859_1);
        int nul = plain.indexOf('\0');
        return nul < 0 ? plain : plain.substring(0, nul);
    }

    private static boolean isBase64(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    /** The hexadecimal hash of {@code text}; {@code algorithm} is one that every JDK has. */
    public static String digest(String algorithm, String text) {
        try {
            return HEX.formatHex(MessageDigest.getInstance(algorithm).digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("algorithm: " + algorithm + " (expected: one of every JDK)", e);
        }
    }

    /** For a name (RFC 4514) in a filter (RFC 4515) of LDAP. */
    public static String ldap(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F || "*()\\,+;<>\"".indexOf(c) >= 0) {
                escaped.append('\\').append(HEX.toHexDigits((byte) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
