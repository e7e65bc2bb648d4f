package dev.sluice.syntax;

import dev.sluice.source.Span;
import java.util.List;

/**
 * A logical line as it is written: the physical lines that {@code \} joins, with their line ends. The texts of all
 * statements of a file, one after the other, are the file.
 *
 * <p>What a statement is follows from its raw text. A variable may turn it into something else when it is read, and a
 * condition may skip it.
 */
public sealed interface Statement {
    /** All of it, from the first byte of its first line to the line end of its last. */
    Span span();

    /** The words as they are written, with no variable replaced; the first is the name, {@code <} and {@code >} included. */
    List<Word> words();

    /** Every byte of it. */
    default String text() {
        return span().text();
    }

    /**
     * The line that httpd sees: joined, cut at a NUL, trimmed. Costs a pass over the text.
     */
    default PlacedText logical() {
        return LogicalText.of(span());
    }

    /** Bytes that httpd reads for it: its line end counts, what joins its lines does not. */
    default int length() {
        return LogicalText.length(span());
    }

    /** httpd's number for it: that of its last physical line. A join at the very end of a file counts one more. */
    default int lineNumber() {
        return LogicalText.lineNumber(span());
    }

    /** A directive and its arguments. */
    record DirectiveLine(Span span, List<Word> words) implements Statement {}

    /** {@code <Name arguments>}. */
    record SectionOpen(Span span, List<Word> words) implements Statement {}

    /** {@code </Name>}. */
    record SectionClose(Span span, List<Word> words) implements Statement {}

    /** A line whose first byte that is not blank is {@code #}. */
    record Comment(Span span) implements Statement {
        @Override
        public List<Word> words() {
            return List.of();
        }
    }

    /** A line with nothing in it. */
    record Blank(Span span) implements Statement {
        @Override
        public List<Word> words() {
            return List.of();
        }
    }
}
