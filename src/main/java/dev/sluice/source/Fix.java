package dev.sluice.source;

import java.util.List;

/**
 * A remedy.
 *
 * @param title what it does, in a few words
 * @param edits they do not overlap
 * @param isSafe whether it keeps what the configuration is meant to do, so that it may be made without asking; another one
 *     is only shown
 */
public record Fix(String title, List<Edit> edits, boolean isSafe) {
    public Fix(String title, List<Edit> edits) {
        this(title, edits, true);
    }

    /** Puts {@code replacement} in the place of {@code span}. */
    public static Fix replace(String title, Span span, String replacement) {
        return new Fix(title, List.of(new Edit(span, replacement)));
    }

    /** Takes the lines away in which {@code span} stands, with their line ends. */
    public static Fix deleteLines(String title, Span span) {
        return new Fix(title, List.of(new Edit(span.wholeLines(), "")));
    }

    /** Puts {@code lines}, which end in a line end, before the line in which {@code span} begins. */
    public static Fix insertBefore(String title, Span span, String lines) {
        int start = span.wholeLines().start();
        return new Fix(title, List.of(new Edit(span.file().span(start, start), lines)));
    }

    /** Puts {@code lines}, which end in a line end, behind the line in which {@code span} ends. */
    public static Fix insertAfter(String title, Span span, String lines) {
        int end = span.wholeLines().end();
        boolean open = end > 0 && span.file().text().charAt(end - 1) != '\n';
        return new Fix(title, List.of(new Edit(span.file().span(end, end), open ? "\n" + lines : lines)));
    }

    /** The same, to be shown but not made without asking. */
    public Fix unsure() {
        return new Fix(title, edits, false);
    }
}
