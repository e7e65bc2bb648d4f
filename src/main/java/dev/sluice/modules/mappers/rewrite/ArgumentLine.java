package dev.sluice.modules.mappers.rewrite;

import org.jspecify.annotations.Nullable;

/**
 * The words of RewriteRule and RewriteCond, which keep their backslashes (parseargline, mod_rewrite.c). What stands behind
 * the third is not looked at.
 */
record ArgumentLine(String first, String second, @Nullable String third) {
    /** Null where the first word does not end: two are needed. */
    static @Nullable ArgumentLine read(String text) {
        Words words = new Words(text);
        String first = words.next();
        if (words.isAtEnd()) {
            return null;
        }
        words.skipDelimiter();
        String second = words.next();
        if (words.isAtEnd()) {
            return new ArgumentLine(first, second, null);
        }
        words.skipDelimiter();
        words.skipSpace();
        return new ArgumentLine(first, second, words.isAtEnd() ? null : words.next());
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static final class Words {
        private final String text;
        private int at;

        Words(String text) {
            this.text = text;
        }

        boolean isAtEnd() {
            return at >= text.length();
        }

        void skipDelimiter() {
            at++;
        }

        void skipSpace() {
            while (!isAtEnd() && isSpace(text.charAt(at))) {
                at++;
            }
        }

        /** Up to a space or, in quotes, to the closing one; a backslash keeps a space from ending the word. */
        String next() {
            skipSpace();
            char quote = 0;
            if (!isAtEnd() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
                quote = text.charAt(at++);
            }
            int start = at;
            while (!isAtEnd()) {
                char c = text.charAt(at);
                if (quote == 0 ? isSpace(c) : c == quote) {
                    break;
                }
                boolean escaped = c == '\\' && at + 1 < text.length() && isSpace(text.charAt(at + 1));
                at += escaped ? 2 : 1;
            }
            return text.substring(start, Math.min(at, text.length()));
        }
    }
}
