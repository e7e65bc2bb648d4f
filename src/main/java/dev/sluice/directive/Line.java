package dev.sluice.directive;

import dev.sluice.source.Span;
import dev.sluice.syntax.PlacedText;
import dev.sluice.syntax.Quoting;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line as it is executed: conditions decided, files included, variables replaced, macros used. Immutable.
 *
 * <p>Chars are bytes, as in {@link dev.sluice.source.SourceFile}. Words are read on first use; a line may be shared between
 * threads all the same, since reading them twice gives the same.
 */
public final class Line {
    private final PlacedText text;
    private final String name;
    private final boolean section;
    private final int argsStart;
    private final int argsEnd;
    private final List<Line> children;
    private final At at;
    private @Nullable List<Word> words;

    /**
     * Where httpd says that a line is.
     *
     * @param fileName the file as httpd's messages call it; of a line of a macro {@code macro 'm' (defined on line 2 of
     *     "F") used on line 5 of "F"}
     * @param lineNumber the last physical line, from 1; of a line of a macro counted in the macro
     * @param includedFrom the Include line that brought the file in; null in the main file
     */
    public record At(String fileName, int lineNumber, @Nullable At includedFrom) {
        /** {@code line 12 of httpd.conf}. */
        @Override
        public String toString() {
            return "line " + lineNumber + " of " + fileName;
        }
    }

    private Line(PlacedText text, String name, int argsStart, List<Line> children, At at) {
        this.text = text;
        this.section = name.startsWith("<");
        this.name = section ? name.substring(1) : name;
        this.argsStart = argsStart;
        int bracket = section ? text.text().lastIndexOf('>') : -1;
        this.argsEnd = bracket >= argsStart ? bracket : text.text().length();
        this.children = children;
        this.at = at;
    }

    /**
     * A line of its own.
     *
     * @param text the whole line, trimmed, with variables replaced
     * @param name its first word; of a section with {@code <} and without {@code >}
     * @param argsStart where the arguments begin in {@code text}
     */
    public static Line of(PlacedText text, String name, int argsStart, List<Line> children, At at) {
        return new Line(text, name, argsStart, List.copyOf(children), at);
    }

    /** The same with other lines in it, say without some of its own. */
    public Line with(List<Line> others) {
        return new Line(text, section ? "<" + name : name, argsStart, List.copyOf(others), at);
    }

    /** The directive's name as it is written; of a section without {@code <}. */
    public String name() {
        return name;
    }

    public boolean isSection() {
        return section;
    }

    /** The text behind the name, quotes and all; of a section up to the last {@code >}. */
    public String args() {
        return text.text().substring(argsStart, argsEnd);
    }

    /** The text behind the name as httpd keeps it: of a section with the {@code >} and whatever follows it. */
    public String rawArgs() {
        String raw = text.text().substring(argsStart);
        return section && raw.isEmpty() ? ">" : raw;
    }

    /** False for a section whose arguments have no {@code >} behind them. Where there are no arguments httpd asks for none. */
    public boolean hasClosingBracket() {
        return !section
                || argsEnd < text.text().length()
                || argsStart == text.text().length();
    }

    /** The words of {@link #args}, each with the place it was read from; a variable's words have the variable's place. */
    public List<Word> words() {
        List<Word> known = words;
        if (known == null) {
            known = readWords();
            words = known;
        }
        return known;
    }

    private List<Word> readWords() {
        List<Word> found = new ArrayList<>();
        Quoting quoting = new Quoting(args());
        while (!quoting.isAtEnd()) {
            String word = quoting.word();
            if (quoting.end() > quoting.start()) {
                found.add(new Word(word, text.span(argsStart + quoting.start(), argsStart + quoting.end())));
            }
        }
        return List.copyOf(found);
    }

    /** The place of the chars from {@code start} to {@code end} of {@link #args}. */
    public Span spanOfArgs(int start, int end) {
        return text.span(argsStart + start, argsStart + end);
    }

    /** The line in its file, without white space around it. */
    public Span span() {
        return text.span();
    }

    /** Whether it stands in its file as it is executed: no variable, no macro argument, no join in it. */
    public boolean isVerbatim() {
        return text.text().equals(text.span().text());
    }

    /** The name in its file, with {@code <} and quotes where there are any. */
    public Span nameSpan() {
        Quoting quoting = new Quoting(text.text());
        quoting.word();
        return text.span(quoting.start(), quoting.end());
    }

    /** The lines in the section, in the order of reading; empty for a directive. */
    public List<Line> children() {
        return children;
    }

    public At at() {
        return at;
    }

    /** The file as httpd's messages call it. */
    public String fileName() {
        return at.fileName();
    }

    /** The number that httpd's messages give. */
    public int lineNumber() {
        return at.lineNumber();
    }

    /** The line as it is executed. */
    @Override
    public String toString() {
        return text.text();
    }
}
