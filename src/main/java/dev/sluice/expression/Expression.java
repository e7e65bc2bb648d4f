package dev.sluice.expression;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ap_expr: a condition, or a string with variables in it. Read once; evaluating compiles nothing, and allocates no more
 * than the texts it makes.
 *
 * @param <S> what it is evaluated about
 */
public final class Expression<S> {
    /** How an expression is read. */
    public enum Option {
        /** Refuses what looks at files: for those who write pages (AP_EXPR_FLAG_RESTRICTED). */
        RESTRICTED,
        /** The answer is not said to vary by what was looked at (AP_EXPR_FLAG_DONT_VARY). */
        DONT_VARY,
        /** {@code eq} and its kin compare texts: SSLRequire's language (AP_EXPR_FLAG_SSL_EXPR_COMPAT). */
        SSL_REQUIRE
    }

    private final String source;
    private final @Nullable Test<S> test;
    private final @Nullable Term<S> term;
    private final boolean blocks;
    private final boolean varies;
    private final Set<String> variables;

    private Expression(
            String source, @Nullable Test<S> test, @Nullable Term<S> term, ExpressionReader<S> reader, boolean varies) {
        this.source = source;
        this.test = test;
        this.term = term;
        this.blocks = reader.blocks();
        this.variables = reader.variables();
        this.varies = varies;
    }

    public static <S> Expression<S> condition(String source, Names<S> names, Option... options) throws BadExpression {
        ExpressionReader<S> reader = new ExpressionReader<>(names, has(Option.RESTRICTED, options));
        Test<S> test = reader.condition(source, has(Option.SSL_REQUIRE, options));
        return new Expression<>(source, test, null, reader, !has(Option.DONT_VARY, options));
    }

    /** {@code source} is a text in which {@code %{...}} and {@code $0} to {@code $9} stand for others. */
    public static <S> Expression<S> string(String source, Names<S> names, Option... options) throws BadExpression {
        ExpressionReader<S> reader = new ExpressionReader<>(names, has(Option.RESTRICTED, options));
        Term<S> term = reader.text(source);
        return new Expression<>(source, null, term, reader, !has(Option.DONT_VARY, options));
    }

    private static boolean has(Option wanted, Option... options) {
        return List.of(options).contains(wanted);
    }

    /** True where evaluating may wait for a disk, or for another request's phases: not for I/O threads. */
    public boolean blocks() {
        return blocks;
    }

    /** True where the answer depends on what {@link Evaluation#varyBy} names. */
    public boolean varies() {
        return varies;
    }

    /** True where it uses the variable {@code name}, in any case. */
    public boolean mentions(String name) {
        return variables.contains(name);
    }

    /** Whether the condition holds. */
    public boolean test(Evaluation<S> evaluation) {
        if (test == null) {
            throw new IllegalStateException("expression " + source + ": a string (expected: a condition)");
        }
        return test.holds(evaluation);
    }

    /** The string that it stands for. */
    public String text(Evaluation<S> evaluation) {
        if (term == null) {
            throw new IllegalStateException("expression " + source + ": a condition (expected: a string)");
        }
        return term.text(evaluation);
    }

    /** The string where it is the same for every subject; null where it is not, and for a condition. */
    public @Nullable String constant() {
        return term == null ? null : term.constant();
    }

    /** As written. */
    @Override
    public String toString() {
        return source;
    }
}
