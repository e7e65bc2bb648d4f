package dev.sluice.directive;

import dev.sluice.syntax.Word;
import java.util.List;

/**
 * Reads one word into a typed value.
 *
 * @param <T> what the word means; a quantity carries its unit in its type
 */
public interface Arg<T> {
    T read(Word word, Line line, Scope scope) throws BadArgument;

    /** The words that complete it in the shell; empty where any word may stand. */
    default List<String> words() {
        return List.of();
    }
}
