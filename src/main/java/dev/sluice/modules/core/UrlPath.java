package dev.sluice.modules.core;

import java.nio.charset.StandardCharsets;

/** The path of a URL, between its decoded form and the one that is sent. */
public final class UrlPath {
    private static final String HEX = "0123456789abcdef";
    private static final boolean[] PLAIN = new boolean[256];

    static {
        String plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$-_.+!*'(),:;@&=/~";
        for (byte b : plain.getBytes(StandardCharsets.US_ASCII)) {
            PLAIN[b] = true;
        }
    }

    private UrlPath() {}

    /** Bytes held one a char, escaped where a URL's path needs it (ap_os_escape_path, server/util.c). */
    public static String escaped(String path) {
        int at = 0;
        while (at < path.length() && isPlain(path.charAt(at))) {
            at++;
        }
        if (at == path.length()) {
            return path;
        }
        StringBuilder text = new StringBuilder(path.length() + 16).append(path, 0, at);
        for (; at < path.length(); at++) {
            char c = path.charAt(at);
            if (isPlain(c)) {
                text.append(c);
            } else {
                text.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            }
        }
        return text.toString();
    }

    /** Every escape taken off; what only looks like one stays. */
    public static String unescaped(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int high = path.charAt(i) == '%' && i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(path.charAt(i + 2), 16);
            if (low < 0) {
                text.append(path.charAt(i));
            } else {
                text.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return text.toString();
    }

    private static boolean isPlain(char c) {
        return c < 256 && PLAIN[c];
    }

    /** True where {@code text} begins with a scheme and a colon (ap_is_url, server/util.c). */
    public static boolean isUrl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > 0;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return false;
    }
}
