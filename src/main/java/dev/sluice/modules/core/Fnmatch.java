package dev.sluice.modules.core;

/** Shell patterns as apr_fnmatch reads them: {@code *}, {@code ?}, {@code [...]} and a backslash that escapes. */
public final class Fnmatch {
    private Fnmatch() {}

    /** True where {@code text} has a wildcard, or a backslash before its end (apr_fnmatch_test). */
    public static boolean isPattern(String text) {
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '*', '?' -> {
                    return true;
                }
                case '\\' -> {
                    if (i + 1 == text.length()) {
                        return false;
                    }
                    i++;
                }
                case '[' -> open = true;
                case ']' -> {
                    if (open) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** True where all of {@code text} matches; no wildcard matches a slash (APR_FNM_PATHNAME). */
    public static boolean matches(String pattern, String text) {
        return matches(pattern, 0, text, 0, true);
    }

    /** As {@link #matches}, but wildcards match slashes, too. */
    public static boolean matchesAcrossSlashes(String pattern, String text) {
        return matches(pattern, 0, text, 0, false);
    }

    private static boolean matches(String pattern, int from, String text, int start, boolean pathname) {
        int p = from;
        int t = start;
        while (p < pattern.length()) {
            char c = pattern.charAt(p);
            if (c == '*') {
                return star(pattern, p + 1, text, t, pathname);
            }
            if (t == text.length()) {
                return false;
            }
            int next = one(pattern, p, text.charAt(t), pathname);
            if (next < 0) {
                return false;
            }
            p = next;
            t++;
        }
        return t == text.length();
    }

    private static boolean star(String pattern, int after, String text, int start, boolean pathname) {
        int p = after;
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        for (int t = start; ; t++) {
            if (matches(pattern, p, text, t, pathname)) {
                return true;
            }
            if (t == text.length() || (pathname && text.charAt(t) == '/')) {
                return false;
            }
        }
    }

    /** Where the pattern goes on once its element at {@code p}, not a star, has taken {@code c}; -1 where it does not. */
    private static int one(String pattern, int p, char c, boolean pathname) {
        return switch (pattern.charAt(p)) {
            case '?' -> pathname && c == '/' ? -1 : p + 1;
            case '[' -> {
                int end = bracketEnd(pattern, p, pathname);
                if (end < 0) {
                    yield c == '[' ? p + 1 : -1;
                }
                yield !(pathname && c == '/') && inBracket(pattern, p + 1, end, c) ? end + 1 : -1;
            }
            case '\\' -> {
                int escaped = p + 1 < pattern.length() ? p + 1 : p;
                yield pattern.charAt(escaped) == c ? escaped + 1 : -1;
            }
            default -> pattern.charAt(p) == c ? p + 1 : -1;
        };
    }

    /** The index of the bracket that closes the one at {@code open}; -1 where none does before a slash. */
    private static int bracketEnd(String pattern, int open, boolean pathname) {
        int i = open + 1;
        if (i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^')) {
            i++;
        }
        for (int first = i; i < pattern.length() && !(pathname && pattern.charAt(i) == '/'); i++) {
            if (pattern.charAt(i) == ']' && i > first) {
                return i;
            }
            if (pattern.charAt(i) == '\\') {
                i++;
            }
        }
        return -1;
    }

    private static boolean inBracket(String pattern, int from, int end, char c) {
        int i = from;
        boolean negated = pattern.charAt(i) == '!' || pattern.charAt(i) == '^';
        if (negated) {
            i++;
        }
        boolean found = false;
        while (i < end) {
            if (pattern.charAt(i) == '\\' && i + 1 < end) {
                i++;
            }
            char low = pattern.charAt(i++);
            char high = low;
            if (i + 1 < end && pattern.charAt(i) == '-') {
                i++;
                if (pattern.charAt(i) == '\\' && i + 1 < end) {
                    i++;
                }
                high = pattern.charAt(i++);
            }
            found |= low <= c && c <= high;
        }
        return found != negated;
    }
}
