package dev.sluice.syntax;

import dev.sluice.source.Span;

/** Physical lines to the logical line that httpd sees (ap_cfg_getline, server/util.c). */
final class LogicalText {
    private LogicalText() {}

    /** The text of {@code statement} without joins, without what a NUL hides and without white space at its ends. */
    static PlacedText of(Span statement) {
        String text = statement.file().text();
        int start = statement.start();
        int end = statement.end();
        if (!contains(text, '\\', start, end) && !contains(text, '\0', start, end)) {
            return PlacedText.of(statement.file(), start, end).trimmed();
        }
        PlacedText.Builder joined = new PlacedText.Builder();
        int piece = start;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                end = i;
            } else if (c == '\\' && joinLength(text, i, end) > 0) {
                joined.append(statement.file(), piece, i);
                piece = i + joinLength(text, i, end);
                i = piece - 1;
            }
        }
        joined.append(statement.file(), piece, end);
        return joined.build(statement).trimmed();
    }

    static int length(Span statement) {
        String text = statement.file().text();
        int length = statement.end() - statement.start();
        for (int i = text.indexOf('\\', statement.start());
                i >= 0 && i < statement.end();
                i = text.indexOf('\\', i + 1)) {
            length -= joinLength(text, i, statement.end());
        }
        return length;
    }

    /** How many bytes the join at {@code at} has: 0 where there is none. */
    private static int joinLength(String text, int at, int end) {
        if (at + 1 < end && text.charAt(at + 1) == '\n') {
            return 2;
        }
        return at + 2 < end && text.charAt(at + 1) == '\r' && text.charAt(at + 2) == '\n' ? 3 : 0;
    }

    static int lineNumber(Span statement) {
        return statement.end() > statement.start() && endsInJoin(statement)
                ? statement.file().line(statement.end())
                : statement.lastLine();
    }

    /** Only the last statement of a file can end so: the join took its line end away. */
    private static boolean endsInJoin(Span statement) {
        String text = statement.file().text();
        int end = statement.end();
        int start = statement.start();
        if (end != text.length() || text.charAt(end - 1) != '\n' || contains(text, '\0', start, end)) {
            return false;
        }
        int before = end - 2 >= start && text.charAt(end - 2) == '\r' ? end - 3 : end - 2;
        return before >= start && text.charAt(before) == '\\';
    }

    private static boolean contains(String text, char c, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == c) {
                return true;
            }
        }
        return false;
    }
}
