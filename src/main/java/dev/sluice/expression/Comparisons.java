package dev.sluice.expression;

import java.util.List;
import java.util.function.IntPredicate;

/** The comparisons that every expression knows (ap_expr_eval_comp, util_expr_eval.c). */
final class Comparisons {
    /** The right side of {@code in}. */
    @FunctionalInterface
    interface Words<S> {
        boolean contain(String wanted, Evaluation<S> evaluation);
    }

    private Comparisons() {}

    /**
     * {@code operator} is a token of the parser: texts are compared byte by byte, numbers as C's strtoll reads them.
     *
     * @param byLength true where a shorter text is always the lesser one (strcmplex of SSLRequire)
     */
    static <S> Test<S> of(int operator, Term<S> left, Term<S> right, boolean byLength) {
        return switch (operator) {
            case ExpressionParser.OP_STR_EQ -> e -> left.text(e).equals(right.text(e));
            case ExpressionParser.OP_STR_NE -> e -> !left.text(e).equals(right.text(e));
            case ExpressionParser.OP_STR_LT -> texts(left, right, byLength, order -> order < 0);
            case ExpressionParser.OP_STR_LE -> texts(left, right, byLength, order -> order <= 0);
            case ExpressionParser.OP_STR_GT -> texts(left, right, byLength, order -> order > 0);
            case ExpressionParser.OP_STR_GE -> texts(left, right, byLength, order -> order >= 0);
            case ExpressionParser.OP_EQ -> numbers(left, right, order -> order == 0);
            case ExpressionParser.OP_NE -> numbers(left, right, order -> order != 0);
            case ExpressionParser.OP_LT -> numbers(left, right, order -> order < 0);
            case ExpressionParser.OP_LE -> numbers(left, right, order -> order <= 0);
            case ExpressionParser.OP_GT -> numbers(left, right, order -> order > 0);
            case ExpressionParser.OP_GE -> numbers(left, right, order -> order >= 0);
            default -> throw new IllegalArgumentException("operator: " + operator + " (expected: a comparison)");
        };
    }

    private static <S> Test<S> texts(Term<S> left, Term<S> right, boolean byLength, IntPredicate order) {
        return e -> order.test(compare(left.text(e), right.text(e), byLength));
    }

    private static int compare(String one, String other, boolean byLength) {
        return byLength && one.length() != other.length()
                ? Integer.compare(one.length(), other.length())
                : one.compareTo(other);
    }

    private static <S> Test<S> numbers(Term<S> left, Term<S> right, IntPredicate order) {
        String known = right.constant();
        if (known != null) {
            long number = number(known);
            return e -> order.test(Long.compare(number(left.text(e)), number));
        }
        return e -> order.test(Long.compare(number(left.text(e)), number(right.text(e))));
    }

    /** Blanks, a sign, digits; 0 where there are none, the nearest number where it does not fit. */
    static long number(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == ' ' || (text.charAt(at) >= '\t' && text.charAt(at) <= '\r'))) {
            at++;
        }
        boolean minus = text.startsWith("-", at);
        if (minus || text.startsWith("+", at)) {
            at++;
        }
        long value = 0;
        for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
            int digit = text.charAt(at) - '0';
            if (value < (Long.MIN_VALUE + digit) / 10) {
                return minus ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value = value * 10 - digit;
        }
        return minus ? value : value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
    }

    /** The groups of a pattern that has some stand for {@code $0} to {@code $9} from then on; none where it fails. */
    static <S> Test<S> matching(Term<S> word, Regex regex, boolean wanted) {
        if (regex.groups() == 0) {
            return e -> regex.matches(word.text(e)) == wanted;
        }
        return e -> {
            Captures found = regex.find(word.text(e));
            e.groups(found);
            return (found != null) == wanted;
        };
    }

    static <S> Test<S> in(Term<S> word, Words<S> list) {
        return e -> list.contain(word.text(e), e);
    }

    static <S> Words<S> words(List<Term<S>> words) {
        List<Term<S>> all = List.copyOf(words);
        return (wanted, e) -> {
            for (int i = 0; i < all.size(); i++) {
                if (wanted.equals(all.get(i).text(e))) {
                    return true;
                }
            }
            return false;
        };
    }
}
