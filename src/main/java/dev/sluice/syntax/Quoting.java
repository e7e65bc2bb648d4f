package dev.sluice.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes words off a text, as httpd's getword functions do (server/util.c). The text is that of a line after joins and
 * variables; white space is SPACE, TAB, LF, VT, FF and CR, as in the C locale.
 */
public final class Quoting {
    private final String text;
    private int at;
    private int start;
    private int end;

    public Quoting(String text) {
        this.text = text;
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /**
     * The next word, or an empty string where there is none; an empty quoted word looks the same. Then white space is
     * skipped, so that {@link #isAtEnd} tells whether another word follows ({@code ap_getword_conf}).
     *
     * <p>A word that starts with a quote runs to the next such quote or to the end; in it a backslash escapes that quote
     * and itself. Elsewhere it only escapes itself.
     */
    public String word() {
        skipSpace();
        start = at;
        char quote = at < text.length() ? text.charAt(at) : 0;
        if (quote != '"' && quote != '\'') {
            while (at < text.length() && !isSpace(text.charAt(at))) {
                at++;
            }
            end = at;
            skipSpace();
            return unescaped(start, end, (char) 0);
        }
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += isEscape(at, quote) ? 2 : 1;
        }
        String word = unescaped(start + 1, at, quote);
        at = Math.min(at + 1, text.length());
        end = at;
        skipSpace();
        return word;
    }

    /** The text up to the next {@code stop}, which is skipped however often it is repeated ({@code ap_getword}). */
    public String wordUntil(char stop) {
        start = at;
        while (at < text.length() && text.charAt(at) != stop) {
            at++;
        }
        end = at;
        while (at < text.length() && text.charAt(at) == stop) {
            at++;
        }
        return text.substring(start, end);
    }

    /** The text up to the next {@code stop}, of which one is skipped ({@code ap_getword_nulls}). */
    public String wordUntilOne(char stop) {
        start = at;
        int found = text.indexOf(stop, at);
        end = found < 0 ? text.length() : found;
        at = Math.min(end + 1, text.length());
        return text.substring(start, end);
    }

    /** The text up to the next white space, which is skipped; quotes mean nothing ({@code ap_getword_white}). */
    public String wordUntilSpace() {
        start = at;
        while (at < text.length() && !isSpace(text.charAt(at))) {
            at++;
        }
        end = at;
        skipSpace();
        return text.substring(start, end);
    }

    /** Where the last word began, quotes included. */
    public int start() {
        return start;
    }

    /** Where the last word ended, quotes included. */
    public int end() {
        return end;
    }

    /** Where the next word begins. */
    public int at() {
        return at;
    }

    public boolean isAtEnd() {
        return at >= text.length();
    }

    /** What is not read yet. */
    public String rest() {
        return text.substring(at);
    }

    /** All words of {@code text}, empty quoted ones included. */
    public static List<String> words(String text) {
        Quoting quoting = new Quoting(text);
        quoting.skipSpace();
        List<String> words = new ArrayList<>();
        while (!quoting.isAtEnd()) {
            words.add(quoting.word());
        }
        return words;
    }

    /** {@code word} as it has to be written to be read as one word: as it is, or in double quotes. */
    public static String quote(String word) {
        boolean bare = !word.isEmpty() && word.charAt(0) != '"' && word.charAt(0) != '\'' && word.indexOf('\\') < 0;
        for (int i = 0; bare && i < word.length(); i++) {
            bare = !isSpace(word.charAt(i));
        }
        return bare ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private boolean isEscape(int index, char quote) {
        return text.charAt(index) == '\\'
                && index + 1 < text.length()
                && (text.charAt(index + 1) == '\\' || (quote != 0 && text.charAt(index + 1) == quote));
    }

    private String unescaped(int from, int to, char quote) {
        int first = from;
        while (first < to && text.charAt(first) != '\\') {
            first++;
        }
        if (first == to) {
            return text.substring(from, to);
        }
        StringBuilder word = new StringBuilder(to - from).append(text, from, first);
        for (int i = first; i < to; i++) {
            if (isEscape(i, quote)) {
                i++;
            }
            word.append(text.charAt(i));
        }
        return word.toString();
    }
}
