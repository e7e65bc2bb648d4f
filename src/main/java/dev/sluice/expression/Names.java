package dev.sluice.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the names in an expression mean. Looked at while an expression is read; evaluating looks up no name.
 *
 * @param <S> what expressions are evaluated about
 */
public interface Names<S> {
    /** A variable; null where there is none of that name, in any case. */
    @Nullable
    Meaning<Variable<S>> variable(String name);

    /** A function of one text; null where there is none of that name, in any case. */
    @Nullable
    Meaning<Function<S>> function(String name);

    /** A function that makes a list; null where there is none of that name, in any case. */
    @Nullable
    Meaning<ListFunction<S>> listFunction(String name);

    /** An operator before a word, by its letter; null where there is none. */
    @Nullable
    Meaning<UnaryOperator<S>> unary(String letter);

    /** An operator between words, by its name without the dash, in any case; null where there is none. */
    @Nullable
    Meaning<BinaryOperator<S>> binary(String name);

    /**
     * What a name stands for.
     *
     * @param restricted true where those who write pages may not use it, as it looks at files
     * @param blocks true where it may wait for a disk: not for I/O threads
     */
    record Meaning<T>(T does, boolean restricted, boolean blocks) {
        public static <T> Meaning<T> of(T does) {
            return new Meaning<>(does, false, false);
        }

        public static <T> Meaning<T> blocking(T does) {
            return new Meaning<>(does, false, true);
        }

        /** Looks at files: waits for them, and is not for everybody. */
        public static <T> Meaning<T> ofFiles(T does) {
            return new Meaning<>(does, true, true);
        }
    }

    /** Null counts as an empty text. */
    @FunctionalInterface
    interface Variable<S> {
        @Nullable
        String value(Evaluation<S> evaluation);
    }

    /** Null counts as an empty text. */
    @FunctionalInterface
    interface Function<S> {
        @Nullable
        String value(String argument, Evaluation<S> evaluation);
    }

    @FunctionalInterface
    interface ListFunction<S> {
        List<String> values(String argument, Evaluation<S> evaluation);
    }

    /** An operator that takes one word. */
    @FunctionalInterface
    interface UnaryOperator<S> {
        boolean holds(String word, Evaluation<S> evaluation);

        /**
         * What it is with a word that is known when the expression is read; {@code constant} is null for one that is not.
         *
         * @throws BadArgument where it cannot take that word
         */
        default UnaryOperator<S> with(@Nullable String constant) throws BadArgument {
            return this;
        }
    }

    /** An operator that takes two words. */
    @FunctionalInterface
    interface BinaryOperator<S> {
        boolean holds(String left, String right, Evaluation<S> evaluation);

        /** As {@link UnaryOperator#with}, of the word on its right. */
        default BinaryOperator<S> with(@Nullable String constant) throws BadArgument {
            return this;
        }
    }

    /** Why an operator cannot take a word, in httpd's words. */
    final class BadArgument extends Exception {
        private static final long serialVersionUID = 1L;

        public BadArgument(String message) {
            super(message, null, false, false);
        }
    }
}
