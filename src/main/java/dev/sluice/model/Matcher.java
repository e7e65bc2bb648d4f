package dev.sluice.model;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides whether a section applies to a name: a path on disk, a file's name, a URL path. Compiled once. */
public interface Matcher {
    boolean matches(String name);

    /** As {@link #matches(String)}; {@code captured} is told of each {@code MATCH_NAME} that took part, and its text. */
    default boolean matches(String name, BiConsumer<String, String> captured) {
        return matches(name);
    }

    /** The pattern of a matcher that is a regular expression, for its captures; null for others. */
    default @Nullable Pattern pattern() {
        return null;
    }

    /** Names of the groups that become variables, {@code MATCH_NAME}; empty for others. */
    default List<String> captures() {
        return List.of();
    }
}
