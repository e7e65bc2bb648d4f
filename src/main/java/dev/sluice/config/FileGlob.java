package dev.sluice.config;

/**
 * A pattern for the name of a file: {@code * ? [a-z] [!a] \c}. A dot at the beginning of a name has to be there in the
 * pattern (apr_fnmatch with APR_FNM_PERIOD).
 */
final class FileGlob {
    private final String pattern;

    FileGlob(String pattern) {
        this.pattern = pattern;
    }

    /** Whether {@code text} has anything in it that makes it a pattern (apr_fnmatch_test). */
    static boolean isPattern(String text) {
        boolean bracket = false;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '?', '*' -> {
                    return true;
                }
                case '\\' -> i++;
                case '[' -> bracket = true;
                case ']' -> {
                    if (bracket) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    boolean matches(String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) {
            return false;
        }
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else {
                int next = p < pattern.length() ? one(p, name.charAt(n)) : -1;
                if (next >= 0) {
                    p = next;
                    n++;
                } else if (star >= 0) {
                    p = star + 1;
                    n = ++retry;
                } else {
                    return false;
                }
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Where the pattern goes on if what is at {@code at} matches {@code c}; -1 if it does not. */
    private int one(int at, char c) {
        return switch (pattern.charAt(at)) {
            case '?' -> at + 1;
            case '[' -> oneOf(at, c);
            case '\\' -> {
                int escaped = at + 1 < pattern.length() ? at + 1 : at;
                yield pattern.charAt(escaped) == c ? escaped + 1 : -1;
            }
            default -> pattern.charAt(at) == c ? at + 1 : -1;
        };
    }

    private int oneOf(int at, char c) {
        int i = at + 1;
        boolean not = i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^');
        i += not ? 1 : 0;
        boolean found = false;
        for (int first = i; i < pattern.length(); i++) {
            if (pattern.charAt(i) == ']' && i > first) {
                return found != not ? i + 1 : -1;
            }
            char low = pattern.charAt(i);
            char high = low;
            if (i + 2 < pattern.length() && pattern.charAt(i + 1) == '-' && pattern.charAt(i + 2) != ']') {
                i += 2;
                high = pattern.charAt(i);
            }
            found |= low <= c && c <= high;
        }
        return c == '[' ? at + 1 : -1;
    }
}
