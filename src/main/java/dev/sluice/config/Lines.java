package dev.sluice.config;

import dev.sluice.source.SourceFile;
import dev.sluice.syntax.ConfigParser;
import dev.sluice.syntax.PlacedText;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that lines are read from, with the name that messages give it: a file, or the contents of a macro in use. */
final class Lines {
    private final String name;
    private final Iterator<NumberedText> texts;
    private final @Nullable Lines upper;

    private Lines(String name, Iterator<NumberedText> texts, @Nullable Lines upper) {
        this.name = name;
        this.texts = texts;
        this.upper = upper;
    }

    static Lines of(SourceFile file) {
        Iterator<NumberedText> texts = ConfigParser.parse(file).stream()
                .map(statement -> new NumberedText(statement.logical(), statement.lineNumber(), statement.length()))
                .iterator();
        return new Lines(file.name(), texts, null);
    }

    /** The contents of a macro; after the last of them reading goes on in {@code upper}. */
    static Lines ofMacro(String name, List<PlacedText> contents, Lines upper) {
        return new Lines(name, new Joined(contents), upper);
    }

    String name() {
        return name;
    }

    /** Where reading goes on after the last line; null at the end of a file. */
    @Nullable
    Lines upper() {
        return upper;
    }

    @Nullable
    NumberedText next() {
        return texts.hasNext() ? texts.next() : null;
    }

    /** Lines of a macro are joined anew: one that ends in a backslash goes on in the next. */
    private static final class Joined implements Iterator<NumberedText> {
        private final List<PlacedText> contents;
        private int at;

        Joined(List<PlacedText> contents) {
            this.contents = contents;
        }

        @Override
        public boolean hasNext() {
            return at < contents.size();
        }

        @Override
        public NumberedText next() {
            PlacedText line = contents.get(at++);
            if (!line.text().endsWith("\\")) {
                return new NumberedText(line, at);
            }
            PlacedText.Builder joined = new PlacedText.Builder();
            while (line.text().endsWith("\\")) {
                joined.append(line, 0, line.text().length() - 1);
                if (!hasNext()) {
                    return new NumberedText(joined.build(line.span()).trimmed(), at + 1);
                }
                line = contents.get(at++);
            }
            return new NumberedText(
                    joined.append(line, 0, line.text().length())
                            .build(line.span())
                            .trimmed(),
                    at);
        }
    }
}
