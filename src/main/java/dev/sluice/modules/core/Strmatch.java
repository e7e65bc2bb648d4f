package dev.sluice.modules.core;

/** ap_strcmp_match: {@code *} is any text and {@code ?} any character, slashes among them; nothing else is special. */
final class Strmatch {
    private Strmatch() {}

    static boolean matches(String pattern, String text) {
        return matches(pattern, text, false);
    }

    /** Without regard to the case of ASCII letters. */
    static boolean matchesIgnoringCase(String pattern, String text) {
        return matches(pattern, text, true);
    }

    /** Goes back to the last star alone: time grows with the product of the lengths, no worse. */
    private static boolean matches(String pattern, String text, boolean ignoreCase) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length()
                    && (pattern.charAt(p) == '?' || same(pattern.charAt(p), text.charAt(t), ignoreCase))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean same(char a, char b, boolean ignoreCase) {
        return a == b || (ignoreCase && lower(a) == lower(b));
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
