package dev.sluice.module;

import dev.sluice.directive.Line;
import dev.sluice.source.Fix;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line and what it stands in. Lines are as they are executed: conditions decided, files included, variables replaced.
 *
 * @param outer the section around it; null at the top
 * @param siblings the lines of that section, itself among them
 */
public record Standing(Line line, @Nullable Standing outer, List<Line> siblings) {
    /** The name in lower case, of a section without {@code <}. */
    public String name() {
        return line.name().toLowerCase(Locale.ROOT);
    }

    /** In any case of letters; a section is asked for without {@code <}. */
    public boolean is(String name) {
        return line.name().equalsIgnoreCase(name);
    }

    /** The words behind the name. */
    public List<Word> words() {
        return line.words();
    }

    /** The text of the word at {@code index} behind the name; empty where there is none. */
    public String word(int index) {
        return index < line.words().size() ? line.words().get(index).text() : "";
    }

    /** The place of the word at {@code index}, or of the line where there is none. */
    public Span wordSpan(int index) {
        return index < line.words().size() ? line.words().get(index).span() : line.span();
    }

    public Span span() {
        return line.span();
    }

    /** Whether a section of one of {@code names} is around it, at any distance. */
    public boolean within(String... names) {
        for (String name : names) {
            if (enclosing(name) != null) {
                return true;
            }
        }
        return false;
    }

    /** The innermost section of that name around it; null where there is none. */
    public @Nullable Standing enclosing(String name) {
        for (Standing each = outer; each != null; each = each.outer) {
            if (each.is(name)) {
                return each;
            }
        }
        return null;
    }

    /** The {@code <VirtualHost>} around it; null in the main server. */
    public @Nullable Standing host() {
        return enclosing("VirtualHost");
    }

    /** The line that opens the virtual host around it; null in the main server. Two lines of one host have the same. */
    public @Nullable Line hostLine() {
        Standing host = host();
        return host == null ? null : host.line;
    }

    /** The innermost section around it that decides by path, file or URL whether its lines apply; null where there is none. */
    public @Nullable Standing directory() {
        for (Standing each = outer; each != null; each = each.outer) {
            switch (each.name()) {
                case "directory",
                        "directorymatch",
                        "files",
                        "filesmatch",
                        "location",
                        "locationmatch",
                        "proxy",
                        "proxymatch",
                        "if",
                        "elseif",
                        "else" -> {
                    return each;
                }
                default -> {}
            }
        }
        return null;
    }

    /** Whether it stands outside of every section but virtual hosts. */
    public boolean isAtServerLevel() {
        return outer == null || (outer.is("VirtualHost") && outer.outer == null);
    }

    /** {@code fix} where the line stands in its file as it is executed; null where an edit would hit something else. */
    public @Nullable Fix ifVerbatim(Fix fix) {
        return line.isVerbatim() ? fix : null;
    }
}
