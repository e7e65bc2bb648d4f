package dev.sluice.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something with a text: a word, a part of a string. Ready to be evaluated. */
@FunctionalInterface
interface Term<S> {
    String text(Evaluation<S> evaluation);

    /** The text where it is known already; null where it depends. */
    default @Nullable String constant() {
        return null;
    }

    /** True where it is a string without anything else, quoted: what httpd takes for a constant argument. */
    default boolean isLiteral() {
        return false;
    }

    /** A text of its own. */
    record Constant<S>(String constant, boolean isLiteral) implements Term<S> {
        @Override
        public String text(Evaluation<S> evaluation) {
            return constant;
        }
    }

    /** {@code parts} one behind the other. */
    static <S> Term<S> joined(List<Term<S>> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<Term<S>> all = List.copyOf(parts);
        return evaluation -> {
            StringBuilder text = new StringBuilder(64);
            for (int i = 0; i < all.size(); i++) {
                text.append(all.get(i).text(evaluation));
            }
            return text.toString();
        };
    }
}
