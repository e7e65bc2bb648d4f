package dev.sluice.modules.core;

import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Expression;
import dev.sluice.expression.Names;
import dev.sluice.request.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A condition that stands in a page instead of the configuration: it has {@code v(...)} for variables (mod_include.c). */
public final class PageExpression {
    private static final Names<Request> NAMES = new OfPage(RequestNames.all());

    private final Expression<Request> expression;

    private PageExpression(Expression<Request> expression) {
        this.expression = expression;
    }

    public static PageExpression read(String text) throws BadExpression {
        return new PageExpression(Expression.condition(text, NAMES));
    }

    public boolean test(Evaluation<Request> evaluation) {
        return expression.test(evaluation);
    }

    private record OfPage(Names<Request> plain) implements Names<Request> {
        @Override
        public @Nullable Meaning<Variable<Request>> variable(String name) {
            return plain.variable(name);
        }

        @Override
        public @Nullable Meaning<Function<Request>> function(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean ofPage = lower.equals("v") || lower.equals("env");
            return ofPage ? plain.function("reqenv") : plain.function(name);
        }

        @Override
        public @Nullable Meaning<ListFunction<Request>> listFunction(String name) {
            return plain.listFunction(name);
        }

        @Override
        public @Nullable Meaning<UnaryOperator<Request>> unary(String letter) {
            return plain.unary(letter);
        }

        @Override
        public @Nullable Meaning<BinaryOperator<Request>> binary(String name) {
            return plain.binary(name);
        }
    }
}
