package dev.sluice.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A text with a name, byte for byte.
 *
 * <p>The text is decoded as ISO-8859-1, so that each char is one byte of the file and nothing is lost or replaced. A word
 * that leaves the configuration as text for people or as a path is turned into UTF-8 by {@link #utf8(String)}.
 */
public final class SourceFile {
    private final String name;
    private final String text;
    private int[] lineStarts = {};

    private SourceFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** The file as it is on disk. {@code name} is how messages call it. */
    public static SourceFile read(String name, Path path) throws IOException {
        return new SourceFile(name, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
    }

    /** {@code text} has one char a byte. */
    public static SourceFile of(String name, String text) {
        return new SourceFile(name, text);
    }

    /** Bytes held one a char, read as UTF-8. */
    public static String utf8(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) >= 0x80) {
                return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** The 1-based line in which {@code offset} stands. */
    public int line(int offset) {
        int at = Arrays.binarySearch(starts(), offset);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** The 1-based column, in bytes, of {@code offset} in its line. */
    public int column(int offset) {
        return offset - starts()[line(offset) - 1] + 1;
    }

    /** The 1-based column, in characters of UTF-16, of {@code offset} in its line, where the file is in UTF-8. */
    public int characterColumn(int offset) {
        return utf8(text.substring(starts()[line(offset) - 1], offset)).length() + 1;
    }

    /** The text of a 1-based line without its line end. */
    public String lineText(int line) {
        int from = starts()[line - 1];
        int to = text.indexOf('\n', from);
        String whole = text.substring(from, to < 0 ? text.length() : to);
        return whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
    }

    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    private int[] starts() {
        if (lineStarts.length == 0) {
            int lines = 1;
            for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
                lines++;
            }
            int[] found = new int[lines];
            int line = 1;
            for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
                found[line++] = i + 1;
            }
            lineStarts = found;
        }
        return lineStarts;
    }

    @Override
    public String toString() {
        return name;
    }
}
