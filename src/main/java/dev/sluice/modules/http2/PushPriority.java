package dev.sluice.modules.http2;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.syntax.Word;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where pushed answers of a media type stand to the one that brought them.
 *
 * @param weight 1 or more, of which 256 is the most that counts in the end; 0 where it is the other's own
 */
record PushPriority(Dependency dependency, int weight) {
    enum Dependency {
        AFTER,
        BEFORE,
        INTERLEAVED
    }

    static final PushPriority USUAL = new PushPriority(Dependency.AFTER, 16);

    /** The media type that stands for all. */
    private static final String ANY = "*";

    private static final int GREATEST = 256;

    /** h2_conf_add_push_priority: where the second word is no dependency it is the weight of "After". */
    static void read(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        String type = words.get(0).text();
        if (type.isEmpty()) {
            throw new BadArgument(
                    "1st argument must be a mime-type, like 'text/css' or '*' to match all",
                    words.get(0).span());
        }
        Word second = words.get(1);
        Dependency dependency = dependency(second.text());
        Word weight = words.size() > 2 ? words.get(2) : null;
        if (dependency == null && weight == null && Character.digit(firstOf(second), 10) >= 0) {
            dependency = Dependency.AFTER;
            weight = second;
        }
        if (dependency == null) {
            throw new BadArgument("dependency must be one of 'After', 'Before' or 'Interleaved'", second.span());
        }
        if (dependency == Dependency.BEFORE && weight != null) {
            throw new BadArgument("dependency 'Before' does not allow a weight", weight.span());
        }
        Map<String, PushPriority> before = scope.given(Http2Module.PUSH_PRIORITY);
        Map<String, PushPriority> all = new HashMap<>(before == null ? Map.of() : before);
        all.put(type, new PushPriority(dependency, weight == null ? usual(dependency) : weight(weight)));
        scope.give(Http2Module.PUSH_PRIORITY, Map.copyOf(all), line.span());
    }

    private static char firstOf(Word word) {
        return word.text().isEmpty() ? ' ' : word.text().charAt(0);
    }

    private static @Nullable Dependency dependency(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "after" -> Dependency.AFTER;
            case "before" -> Dependency.BEFORE;
            case "interleaved" -> Dependency.INTERLEAVED;
            default -> null;
        };
    }

    private static int usual(Dependency dependency) {
        return switch (dependency) {
            case AFTER -> USUAL.weight;
            case INTERLEAVED -> GREATEST;
            case BEFORE -> 0;
        };
    }

    private static int weight(Word word) throws BadArgument {
        int weight = Reading.atoi(word.text());
        if (weight < 1) {
            throw new BadArgument("weight must be a number >= 1", word.span());
        }
        return weight;
    }

    /** Of a response with this Content-Type, or of one without. */
    static PushPriority of(Map<String, PushPriority> all, @Nullable String type) {
        if (type != null) {
            int parameters = type.indexOf(';');
            PushPriority own = all.get((parameters < 0 ? type : type.substring(0, parameters)).strip());
            if (own != null) {
                return own;
            }
        }
        return all.getOrDefault(ANY, USUAL);
    }
}
