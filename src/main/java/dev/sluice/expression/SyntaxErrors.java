package dev.sluice.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Stops at the first error, with the words that httpd's parser has for it.
 *
 * <p>That one is made by Bison: it finishes every rule that can be finished before it looks at the word that does not fit,
 * so what it expected is what the innermost unfinished rule expects there, and what could still lengthen the rule finished
 * last. More than four possibilities are not listed.
 */
final class SyntaxErrors extends DefaultErrorStrategy {
    private static final int LISTED_AT_MOST = 4;

    /** Where parsing stopped; {@code root} is the tree so far. */
    static final class Stop extends ParseCancellationException {
        private static final long serialVersionUID = 1L;

        private final transient RuleContext root;
        private final transient Token word;

        private Stop(Parser parser, String message) {
            super(message);
            RuleContext top = parser.getContext();
            while (top.getParent() != null) {
                top = top.getParent();
            }
            root = top;
            word = parser.getCurrentToken();
        }

        RuleContext root() {
            return root;
        }

        /** The word that does not fit. */
        Token word() {
            return word;
        }

        /** Empty where the grammar takes the lexer's ERROR: then httpd says nothing of the syntax. */
        String message() {
            return Objects.requireNonNull(getMessage());
        }
    }

    /** An ERROR that fits is the end as well. */
    @Override
    public void reportMatch(Parser parser) {
        if (parser.getCurrentToken().getType() == ExpressionParser.ERROR) {
            throw new Stop(parser, "");
        }
    }

    /** Looks at the next word before each decision, so that rules are not left because of a word that fits nowhere. */
    @Override
    public void sync(Parser parser) {
        check(parser);
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw stopped(parser);
    }

    @Override
    public void recover(Parser parser, RecognitionException e) {
        throw stopped(parser);
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        throw stopped(parser);
    }

    private static Stop stopped(Parser parser) {
        check(parser);
        int type = parser.getCurrentToken().getType();
        return new Stop(parser, "syntax error, unexpected " + name(parser, type));
    }

    private static void check(Parser parser) {
        int word = parser.getCurrentToken().getType();
        ATN atn = parser.getATN();
        ATNState state = atn.states.get(parser.getState());
        RuleContext rule = parser.getContext();
        IntervalSet longer = new IntervalSet();
        while (true) {
            IntervalSet next = atn.nextTokens(state);
            if (next.contains(word)) {
                return;
            }
            if (!next.contains(Token.EPSILON) || rule.invokingState < 0) {
                longer.addAll(next);
                throw new Stop(parser, words(parser, word, longer));
            }
            longer = new IntervalSet(next);
            longer.remove(Token.EPSILON);
            state = ((RuleTransition) atn.states.get(rule.invokingState).transition(0)).followState;
            rule = rule.getParent();
        }
    }

    private static String words(Parser parser, int word, IntervalSet expected) {
        List<String> names = new ArrayList<>();
        for (int type : expected.toList()) {
            if (type != Token.EPSILON) {
                names.add(name(parser, type));
            }
        }
        String unexpected = "syntax error, unexpected " + name(parser, word);
        return names.isEmpty() || names.size() > LISTED_AT_MOST
                ? unexpected
                : unexpected + ", expecting " + String.join(" or ", names);
    }

    private static String name(Parser parser, int type) {
        return switch (type) {
            case Token.EOF -> "$end";
            case ExpressionParser.OPEN -> "'('";
            case ExpressionParser.CLOSE -> "')'";
            case ExpressionParser.OPEN_LIST -> "'{'";
            case ExpressionParser.CLOSE_LIST -> "'}'";
            case ExpressionParser.COMMA -> "','";
            case ExpressionParser.COLON -> "':'";
            default -> "T_" + parser.getVocabulary().getSymbolicName(type);
        };
    }
}
