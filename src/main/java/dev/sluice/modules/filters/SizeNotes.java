package dev.sluice.modules.filters;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Effect;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.request.Request;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Notes that a compressing filter leaves for logs. */
final class SizeNotes {
    enum What {
        INPUT,
        OUTPUT,
        RATIO
    }

    private SizeNotes() {}

    /** A name alone is that of the ratio's note. */
    static <T> Effect reading(
            Setting<List<UnaryOperator<T>>> setting,
            Function<Map<What, String>, UnaryOperator<T>> change,
            UnaryOperator<String> complaint) {
        return (line, scope) -> {
            String first = line.words().get(0).text();
            What what = line.words().size() == 1 ? What.RATIO : named(first);
            if (what == null) {
                throw new BadArgument(
                        complaint.apply(first), line.words().get(0).span());
            }
            String name = line.words().get(line.words().size() - 1).text();
            scope.give(setting, List.of(change.apply(Map.of(what, name))), line.span());
        };
    }

    private static @Nullable What named(String word) {
        for (What what : What.values()) {
            if (what.name().equalsIgnoreCase(word)) {
                return what;
            }
        }
        return null;
    }

    static Map<What, String> both(Map<What, String> before, Map<What, String> later) {
        return Merge.<What, String>overlay().merge(before, later);
    }

    /** In bytes; the ratio is what is left of a hundred. */
    static void leave(Request request, Map<What, String> notes, long in, long out) {
        notes.forEach((what, name) -> request.notes()
                .set(
                        name,
                        switch (what) {
                            case INPUT -> Long.toString(in);
                            case OUTPUT -> Long.toString(out);
                            case RATIO -> in > 0 ? Long.toString(out * 100 / in) : "-";
                        }));
    }
}
