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

    /** {@code httpd.conf:12}. */
    @Override
    public String toString() {
        return file.name() + ":" + lastLine();
    }
}
