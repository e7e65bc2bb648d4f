package dev.sluice.modules.generators.autoindex;

/**
 * Compares texts so that numbers in them count as numbers, {@code a2} before {@code a10}; a number that begins with a zero
 * counts as the digits behind a point (apr_strnatcmp).
 */
final class NaturalOrder {
    /** What stands for the end: it sorts behind bytes above 127, and before all others. */
    private static final char END = 0x80;

    private NaturalOrder() {}

    /** 0 also for texts that differ in blanks alone. */
    static int compare(String a, String b, boolean foldCase) {
        int i = 0;
        int j = 0;
        while (true) {
            i = afterBlanks(a, i);
            j = afterBlanks(b, j);
            if (isDigit(a, i) && isDigit(b, j)) {
                boolean fraction = a.charAt(i) == '0' || b.charAt(j) == '0';
                int result = fraction ? fractions(a, i, b, j) : numbers(a, i, b, j);
                if (result != 0) {
                    return result;
                }
            }
            char c = at(a, i++, foldCase);
            char d = at(b, j++, foldCase);
            if (c != d) {
                return c < d ? -1 : 1;
            }
            if (c == END) {
                return 0;
            }
        }
    }

    /** The longer one is greater; of two as long the first digit that differs says which. */
    private static int numbers(String a, int from, String b, int start) {
        int i = from;
        int j = start;
        int bias = 0;
        for (; isDigit(a, i) && isDigit(b, j); i++, j++) {
            bias = bias != 0 ? bias : Character.compare(a.charAt(i), b.charAt(j));
        }
        return isDigit(a, i) ? 1 : isDigit(b, j) ? -1 : bias;
    }

    private static int fractions(String a, int from, String b, int start) {
        int i = from;
        int j = start;
        for (; isDigit(a, i) && isDigit(b, j); i++, j++) {
            if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            }
        }
        return isDigit(a, i) ? 1 : isDigit(b, j) ? -1 : 0;
    }

    private static int afterBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || (text.charAt(at) >= '\t' && text.charAt(at) <= '\r'))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /** C's chars are signed: bytes above 127 come before all others. */
    private static char at(String text, int at, boolean foldCase) {
        if (at >= text.length()) {
            return END;
        }
        char c = text.charAt(at);
        char upper = foldCase && c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
        return (char) (upper ^ 0x80);
    }
}
