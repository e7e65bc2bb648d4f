package dev.sluice.syntax;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text of one char a byte, as the lexer sees it.
 *
 * <p>To the grammar all bytes from 0x80 are alike, and ANTLR caches the way through its automaton for chars below 0x80
 * only: they are shown to it as one such char, and the text itself keeps what they are.
 */
final class Bytes implements CharStream {
    private static final char ANY_HIGH_BYTE = 'x';

    private final String name;
    private final String text;
    private int at;

    Bytes(String name, String text) {
        this.name = name;
        this.text = text;
    }

    @Override
    public void consume() {
        if (at >= text.length()) {
            throw new IllegalStateException("end of " + name);
        }
        at++;
    }

    @Override
    public int LA(int distance) {
        int index = distance < 0 ? at + distance : at + distance - 1;
        if (distance == 0 || index < 0) {
            return 0;
        }
        if (index >= text.length()) {
            return IntStream.EOF;
        }
        char c = text.charAt(index);
        return c < 0x80 ? c : ANY_HIGH_BYTE;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return at;
    }

    @Override
    public void seek(int index) {
        at = Math.min(index, text.length());
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return name;
    }

    @Override
    public String getText(Interval interval) {
        return text.substring(interval.a, Math.min(interval.b + 1, text.length()));
    }
}
