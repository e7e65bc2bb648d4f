package dev.sluice.source;

/** A part of a file: {@code start} inclusive, {@code end} exclusive, in bytes from 0. */
public record Span(SourceFile file, int start, int end) {
    public int line() {
        return file.line(start);
    }

    public int column() {
        return file.column(start);
    }

    /** The line of the last byte: httpd numbers a directive by the last of its physical lines. */
    public int lastLine() {
        return file.line(Math.max(start, end - 1));
    }

    public String text() {
        return file.text().substring(start, end);
    }

    /** From the first byte of its first line to the line end of its last. */
    public Span wholeLines() {
        String text = file.text();
        int from = text.lastIndexOf('\n', start - 1) + 1;
        int to = text.indexOf('\n', Math.max(start, end - 1));
        return file.span(from, to < 0 ? text.length() : to + 1);
    }

    /** The blanks that its first line begins with. */
    public String indent() {
        String text = file.text();
        int from = text.lastIndexOf('\n', start - 1) + 1;
        int to = from;
        while (to < start && (text.charAt(to) == ' ' || text.charAt(to) == '\t')) {
            to++;
        }
        return text.substring(from, to);
    }

    /** {@code httpd.conf:12}. */
    @Override
    public String toString() {
        return file.name() + ":" + lastLine();
    }
}
