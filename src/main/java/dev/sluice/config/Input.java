package dev.sluice.config;

import dev.sluice.directive.Line;
import dev.sluice.source.Span;
import org.jspecify.annotations.Nullable;

/** One file that is being read: where its next line comes from, and which line httpd would blame. */
final class Input {
    /** What a logical line may have, in bytes. */
    static final int LONGEST_LINE = 16 * 1024 * 1024;

    /** The same in an access file. */
    static final int LONGEST_LINE_OF_ACCESS_FILE = 8192;

    private final Line.@Nullable At includedFrom;
    private final int longestLine;
    private Lines lines;
    private NumberedText current;
    private Line.@Nullable At blamed;

    Input(Lines lines, Line.@Nullable At includedFrom, NumberedText none, int longestLine) {
        this.lines = lines;
        this.includedFrom = includedFrom;
        this.current = none;
        this.longestLine = longestLine;
    }

    /** The next logical line; null at the end. Reading leaves a macro when a line is asked for behind its last. */
    @Nullable
    NumberedText next() throws ConfigError {
        NumberedText next = lines.next();
        while (next == null) {
            Lines upper = lines.upper();
            if (upper == null) {
                return null;
            }
            lines = upper;
            next = lines.next();
        }
        if (next.length() > longestLine) {
            throw ConfigError.read(
                    "Error reading " + lines.name() + " at line " + next.number() + ": Line too long",
                    next.text().span());
        }
        current = next;
        return next;
    }

    /** Puts the contents of a macro before what is left to read. */
    void use(Lines macro) {
        lines = macro;
    }

    Lines lines() {
        return lines;
    }

    /** Where the line that was read last is. */
    Line.At here() {
        return new Line.At(lines.name(), current.number(), includedFrom);
    }

    Span span() {
        return current.text().span();
    }

    /** An error of the line that was read last, which is not blamed for it by itself. */
    ConfigError error(String message) {
        return ConfigError.read(message, span());
    }

    void blame(Line.@Nullable At line) {
        blamed = line;
    }

    /** The line that httpd names when reading fails; null before there is one. */
    Line.@Nullable At blamed() {
        return blamed;
    }
}
