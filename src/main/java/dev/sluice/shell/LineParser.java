package dev.sluice.shell;

import org.jline.reader.impl.DefaultParser;

/**
 * The line editor's idea of words: as {@link CommandWords}. A line with an open quote or a backslash at its end goes on in
 * the next one.
 */
final class LineParser extends DefaultParser {
    LineParser() {
        setEofOnUnclosedQuote(true);
        setEofOnEscapedNewLine(true);
        setEscapeChars(new char[] {'\\'});
    }
}
