package dev.sluice.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few names, for expressions about a text. */
final class KnownNames implements Names<String> {
    static final KnownNames ALL = new KnownNames();

    private KnownNames() {}

    @Override
    public @Nullable Meaning<Variable<String>> variable(String name) {
        return name.equalsIgnoreCase("known") ? Meaning.of(Evaluation::subject) : null;
    }

    @Override
    public @Nullable Meaning<Function<String>> function(String name) {
        return name.equalsIgnoreCase("known") ? Meaning.of((text, e) -> "<" + text + ">") : null;
    }

    @Override
    public @Nullable Meaning<ListFunction<String>> listFunction(String name) {
        return name.equalsIgnoreCase("listed") ? Meaning.of((text, e) -> List.of(text, "b")) : null;
    }

    @Override
    public @Nullable Meaning<UnaryOperator<String>> unary(String letter) {
        return switch (letter) {
            case "y" -> Meaning.ofFiles((word, e) -> !word.isEmpty());
            case "c" -> Meaning.of(new Constant());
            default -> null;
        };
    }

    @Override
    public @Nullable Meaning<BinaryOperator<String>> binary(String name) {
        return name.equalsIgnoreCase("fits") ? Meaning.of((left, right, e) -> left.endsWith(right)) : null;
    }

    /** Takes no word that is known. */
    private static final class Constant implements Names.UnaryOperator<String> {
        @Override
        public boolean holds(String word, Evaluation<String> evaluation) {
            return true;
        }

        @Override
        public Names.UnaryOperator<String> with(@Nullable String constant) throws BadArgument {
            if (constant != null) {
                throw new BadArgument("never constant enough");
            }
            return this;
        }
    }
}
