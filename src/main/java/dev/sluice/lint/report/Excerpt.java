package dev.sluice.lint.report;

import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.List;

/** A line of a file with a caret under the place that is meant. Bytes are held one a char. */
final class Excerpt {
    /** What a terminal shows of a long line, and how much of it stands before the place. */
    private static final int WIDEST = 160;

    private static final int BEFORE = 40;

    private Excerpt() {}

    /** The line, and the carets below it; {@code gutter} is as wide as {@link #number} made it. */
    static List<String> lines(Span span, Severity severity, Paint paint, int width) {
        SourceFile file = span.file();
        String text = file.lineText(span.line());
        int from = Math.min(span.column() - 1, text.length());
        int to = Math.min(text.length(), Math.max(from + 1, from + span.end() - span.start()));
        int cut = text.length() > WIDEST ? Math.max(0, from - BEFORE) : 0;
        int end = Math.min(text.length(), cut + WIDEST);
        String under = blanks(text.substring(cut, from))
                + paint.severity(severity, carets(text.substring(from, Math.min(Math.max(to, from), end))));
        String shown = (cut > 0 ? "..." : "") + clean(text.substring(cut, end)) + (end < text.length() ? "..." : "");
        return List.of(
                paint.gutter(number(span.line(), width) + " |") + " " + shown,
                paint.gutter(" ".repeat(width) + " |") + " " + (cut > 0 ? "   " : "") + under);
    }

    static String number(int line, int width) {
        String number = String.valueOf(line);
        return " ".repeat(Math.max(0, width - number.length())) + number;
    }

    /** As wide as {@code text}: a tab stays one, and the bytes of a character in UTF-8 but the first take no room. */
    private static String blanks(String text) {
        StringBuilder blanks = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                blanks.append(c);
            } else if ((c & 0xC0) != 0x80) {
                blanks.append(' ');
            }
        }
        return blanks.toString();
    }

    private static String carets(String text) {
        return "^" + "~".repeat(Math.max(0, blanks(text).length() - 1));
    }

    /** Without what a terminal would take as a command. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append((c < ' ' && c != '\t') || c == 0x7F ? '?' : c);
        }
        return clean.toString();
    }
}
