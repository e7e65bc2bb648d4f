package dev.sluice.config;

import dev.sluice.source.Span;
import dev.sluice.syntax.PlacedText;
import dev.sluice.syntax.Quoting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line at the moment it is read, variables replaced, before it is known what it does.
 *
 * @param name the first word; of a section's begin with {@code <} and without {@code >}, of its end as it stands
 * @param argsStart where the arguments begin in {@code text}
 */
record ReadLine(PlacedText text, String name, int argsStart) {
    static ReadLine of(PlacedText text) {
        Quoting quoting = new Quoting(text.text());
        String name = quoting.word();
        boolean closes = name.length() > 1 && name.charAt(1) == '/';
        if (!closes && name.endsWith(">")) {
            name = name.substring(0, name.length() - 1);
        }
        return new ReadLine(text, name, quoting.at());
    }

    boolean opensSection() {
        return name.startsWith("<") && !closesSection();
    }

    boolean closesSection() {
        return name.startsWith("</");
    }

    /** What stands behind the name; where a section has nothing, the {@code >} that its name lost. */
    String args() {
        String args = text.text().substring(argsStart);
        return args.isEmpty() && opensSection() ? ">" : args;
    }

    /** Between {@code least} and {@code most} words, of which the first is not empty; null where it is otherwise. */
    @Nullable
    List<String> words(int least, int most) {
        Quoting quoting = new Quoting(args());
        List<String> words = new ArrayList<>();
        while (words.size() < most && !quoting.isAtEnd()) {
            words.add(quoting.word());
        }
        boolean filled =
                words.size() >= least && words.stream().limit(least).noneMatch(String::isEmpty) && quoting.isAtEnd();
        return filled ? words : null;
    }

    Span span() {
        return text.span();
    }
}
