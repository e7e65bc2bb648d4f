package dev.sluice.server;

import dev.sluice.modules.core.CoreModule.EncodedSlashes;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request, taken apart as httpd does: dots and slashes are made plain first, then the path is decoded.
 *
 * @param path decoded, begins with a slash (or is {@code *}); undecoded where {@code status} is not 0
 * @param status 400 or 404 for a target that httpd does not serve; else 0
 */
record RequestTarget(String path, String query, int status) {
    /** The target of a request that is refused: nothing is decoded, and it may be empty. */
    static RequestTarget undecoded(String raw) {
        int question = raw.indexOf('?');
        return question < 0
                ? new RequestTarget(raw, "", 0)
                : new RequestTarget(raw.substring(0, question), raw.substring(question + 1), 0);
    }

    /** True for a target that ends in the question mark of an empty query. */
    static boolean hasEmptyQuery(String raw) {
        int hash = raw.indexOf('#');
        int end = hash < 0 ? raw.length() : hash;
        return end > 0 && raw.indexOf('?') == end - 1;
    }

    /** {@code raw} has no scheme and host. A path that needs no change is not copied but for the query it may carry. */
    static RequestTarget of(String raw, boolean mergeSlashes, EncodedSlashes slashes) {
        int hash = raw.indexOf('#');
        String target = hash < 0 ? raw : raw.substring(0, hash);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        if (path.equals("*")) {
            return new RequestTarget(path, query, 0);
        }
        if (path.isEmpty()) {
            return new RequestTarget("/", query, 0);
        }
        if (path.charAt(0) != '/') {
            return new RequestTarget(path, query, 400);
        }
        if (isPlain(path)) {
            return new RequestTarget(path, query, 0);
        }
        String normal = normalized(unreserved(path), mergeSlashes);
        return normal == null ? new RequestTarget(path, query, 400) : decoded(normal, query, slashes);
    }

    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                return false;
            }
            if (c == '/' && i + 1 < path.length()) {
                char next = path.charAt(i + 1);
                if (next == '/' || next == '.') {
                    return false;
                }
            }
        }
        return true;
    }

    /** Decodes letters, digits and {@code - . _ ~}, which mean the same either way (RFC 3986, 2.3). */
    private static String unreserved(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int value = c == '%' ? hex(path, i) : -1;
            if (value >= 0 && isUnreserved((char) value)) {
                out.append((char) value);
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** Without {@code //} (where asked), {@code /./} and {@code /../}; null where it would climb above the root. */
    private static @Nullable String normalized(String path, boolean mergeSlashes) {
        StringBuilder out = new StringBuilder(path.length());
        int i = 0;
        while (i < path.length()) {
            char c = path.charAt(i);
            boolean atSegment = out.length() > 0 && out.charAt(out.length() - 1) == '/';
            if (c == '/' && atSegment && mergeSlashes) {
                i++;
            } else if (c == '.' && atSegment && endsSegment(path, i + 1)) {
                i += 2;
            } else if (c == '.' && atSegment && path.startsWith("..", i) && endsSegment(path, i + 2)) {
                if (out.length() == 1) {
                    return null;
                }
                out.setLength(out.lastIndexOf("/", out.length() - 2) + 1);
                i += 3;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static boolean endsSegment(String path, int at) {
        return at >= path.length() || path.charAt(at) == '/';
    }

    private static RequestTarget decoded(String path, String query, EncodedSlashes slashes) {
        if (path.indexOf('%') < 0) {
            return new RequestTarget(path, query, 0);
        }
        StringBuilder out = new StringBuilder(path.length());
        boolean refused = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            int value = hex(path, i);
            if (value < 0) {
                return new RequestTarget(path, query, 400);
            }
            if (value == 0 || (value == '/' && slashes == EncodedSlashes.OFF)) {
                refused = true;
            }
            if (value == '/' && slashes == EncodedSlashes.NO_DECODE) {
                out.append(path, i, i + 3);
            } else {
                out.append((char) value);
            }
            i += 2;
        }
        return refused ? new RequestTarget(path, query, 404) : new RequestTarget(out.toString(), query, 0);
    }

    /** The byte that {@code %xx} at {@code at} stands for, or -1. */
    private static int hex(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
