package dev.sluice.modules.core;

/** Paths as they stand in URLs. */
public final class UriEscape {
    private static final String PLAIN = "$-_.+!*'(),:;@&=/~";
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private UriEscape() {}

    /** {@code path}, bytes held one a char, with what may not stand in a URL as {@code %xx} (ap_escape_uri). */
    public static String path(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (!isPlain(path.charAt(i))) {
                return escaped(path, i);
            }
        }
        return path;
    }

    private static String escaped(String path, int first) {
        StringBuilder escaped = new StringBuilder(path.length() + 16).append(path, 0, first);
        for (int i = first; i < path.length(); i++) {
            char c = path.charAt(i);
            if (isPlain(c)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }
}
