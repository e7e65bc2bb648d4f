package dev.sluice.expression;

import dev.sluice.expression.ExpressionParser.AtomContext;
import dev.sluice.expression.ExpressionParser.BackrefContext;
import dev.sluice.expression.ExpressionParser.ComparisonContext;
import dev.sluice.expression.ExpressionParser.FunctionContext;
import dev.sluice.expression.ExpressionParser.ListContext;
import dev.sluice.expression.ExpressionParser.PartContext;
import dev.sluice.expression.ExpressionParser.PatternContext;
import dev.sluice.expression.ExpressionParser.StringContext;
import dev.sluice.expression.ExpressionParser.TestContext;
import dev.sluice.expression.ExpressionParser.UnaryContext;
import dev.sluice.expression.ExpressionParser.VariableContext;
import dev.sluice.expression.ExpressionParser.WordContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of an expression into what is evaluated.
 *
 * <p>Also walks the tree of a text that is no expression, up to where it ends: httpd looks names up while it parses, and
 * tells of the last one that it did not find beside the error.
 */
final class ExpressionReader<S> {
    /** A pattern that cannot be compiled ends the reading. */
    private static final class BadRegex extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRegex(String message) {
            super(message, null, false, false);
        }
    }

    private final Names<S> names;
    private final boolean restricted;
    private boolean comparesTexts;
    private @Nullable String complaint;
    private int seenUpTo = -1;
    private boolean blocks;
    private final Set<String> variables = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    ExpressionReader(Names<S> names, boolean restricted) {
        this.names = names;
        this.restricted = restricted;
    }

    /** True where evaluating may wait for a disk. */
    boolean blocks() {
        return blocks;
    }

    /** The names of the variables that it uses. */
    Set<String> variables() {
        return variables;
    }

    /** @param comparesTexts true where {@code eq} and its kin compare texts */
    Test<S> condition(String source, boolean comparesTexts) throws BadExpression {
        ExpressionTokens tokens = ExpressionTokens.of(source, false);
        this.comparesTexts = comparesTexts;
        if (comparesTexts) {
            tokens.compareTexts();
        }
        ExpressionParser parser = parser(tokens);
        try {
            Test<S> test = test(parser.condition().whole().test());
            complain();
            return test;
        } catch (SyntaxErrors.Stop e) {
            throw wrong(e, tokens);
        } catch (BadRegex e) {
            throw new BadExpression(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw new BadExpression("memory exhausted");
        }
    }

    Term<S> text(String source) throws BadExpression {
        ExpressionTokens tokens = ExpressionTokens.of(source, true);
        ExpressionParser parser = parser(tokens);
        try {
            StringContext string = parser.text().wholeText().string();
            Term<S> term = string == null ? new Term.Constant<>("", true) : string(string);
            complain();
            return term;
        } catch (SyntaxErrors.Stop e) {
            throw wrong(e, tokens);
        } catch (StackOverflowError e) {
            throw new BadExpression("memory exhausted");
        }
    }

    private static ExpressionParser parser(ExpressionTokens tokens) {
        ExpressionParser parser = new ExpressionParser(new CommonTokenStream(new ListTokenSource(tokens.tokens())));
        parser.removeErrorListeners();
        parser.setErrorHandler(new SyntaxErrors());
        return parser;
    }

    private void complain() throws BadExpression {
        if (complaint != null) {
            throw new BadExpression(complaint);
        }
    }

    private BadExpression wrong(SyntaxErrors.Stop stop, ExpressionTokens tokens) {
        try {
            walk(stop.root());
        } catch (BadRegex e) {
            return new BadExpression(String.valueOf(e.getMessage()));
        }
        String more = complaint;
        boolean seenBefore = seenUpTo >= stop.word().getTokenIndex();
        if (stop.word().getType() == ExpressionParser.ERROR && !seenBefore) {
            more = tokens.complaint();
        }
        String message = stop.message();
        if (message.isEmpty()) {
            return new BadExpression(more == null ? "syntax error" : more);
        }
        return new BadExpression(more == null ? message : message + ": " + more);
    }

    /** Looks up the names of whatever is finished below {@code tree}, in the order of the text. */
    private void walk(ParseTree tree) {
        if (tree instanceof UnaryContext unary && isFinished(unary.word())) {
            unary(unary);
        } else if (tree instanceof ComparisonContext comparison && isFinished(comparison)) {
            comparison(comparison);
        } else if (tree instanceof ListContext list
                && list.function() != null
                && list.function().CLOSE() != null) {
            list(list);
        } else if (tree instanceof FunctionContext function && function.CLOSE() != null) {
            function(function);
        } else if (tree instanceof VariableContext variable && variable.VAR_END() != null) {
            variable(variable);
        } else {
            for (int i = 0; i < tree.getChildCount(); i++) {
                walk(tree.getChild(i));
            }
        }
    }

    private static boolean isFinished(ComparisonContext comparison) {
        if (comparison.pattern() != null) {
            return comparison.pattern().getChildCount() > 0;
        }
        return comparison.list() == null && comparison.word().size() == 2 && isFinished(comparison.word(1));
    }

    private static boolean isFinished(@Nullable WordContext word) {
        if (word == null || word.getChildCount() == 0) {
            return false;
        }
        ParseTree last = word.getChild(word.getChildCount() - 1);
        while (last instanceof AtomContext atom && atom.getChildCount() > 0) {
            last = atom.getChild(atom.getChildCount() - 1);
        }
        if (last instanceof VariableContext variable) {
            return variable.VAR_END() != null;
        }
        if (last instanceof FunctionContext function) {
            return function.CLOSE() != null;
        }
        return last instanceof BackrefContext
                || (last instanceof TerminalNode leaf
                        && (leaf.getSymbol().getType() == ExpressionParser.DIGIT
                                || leaf.getSymbol().getType() == ExpressionParser.STR_END));
    }

    private Test<S> test(TestContext context) {
        List<TestContext> inner = context.test();
        if (inner.size() == 2) {
            Test<S> left = test(inner.get(0));
            Test<S> right = test(inner.get(1));
            return context.OP_AND() != null
                    ? e -> left.holds(e) && right.holds(e)
                    : e -> left.holds(e) || right.holds(e);
        }
        if (inner.size() == 1) {
            Test<S> only = test(inner.get(0));
            return context.OP_NOT() != null ? e -> !only.holds(e) : only;
        }
        if (context.comparison() != null) {
            return comparison(context.comparison());
        }
        if (context.unary() != null) {
            return unary(context.unary());
        }
        boolean value = context.TRUE() != null;
        return e -> value;
    }

    private Test<S> unary(UnaryContext context) {
        Term<S> word = word(context.word());
        String letter = context.OP_UNARY().getText().substring(1);
        Names.Meaning<Names.UnaryOperator<S>> meaning = names.unary(letter);
        if (meaning == null) {
            return wrong("Unary operator '-" + letter + "' does not exist", end(context));
        }
        try {
            admit(meaning, "-" + letter);
            Names.UnaryOperator<S> operator = meaning.does().with(literal(word));
            return e -> operator.holds(word.text(e), e);
        } catch (Names.BadArgument e) {
            return wrong(String.valueOf(e.getMessage()), end(context));
        }
    }

    private Test<S> comparison(ComparisonContext context) {
        Term<S> left = word(context.word(0));
        int operator = context.operator.getType();
        if (context.pattern() != null) {
            return matching(left, context.pattern(), operator == ExpressionParser.OP_REG);
        }
        if (context.list() != null) {
            return Comparisons.in(left, list(context.list()));
        }
        Term<S> right = word(context.word(1));
        return operator == ExpressionParser.OP_BINARY
                ? binary(context.operator.getText().substring(1), left, right, end(context))
                : Comparisons.of(operator, left, right, comparesTexts);
    }

    private Test<S> binary(String name, Term<S> left, Term<S> right, int end) {
        Names.Meaning<Names.BinaryOperator<S>> meaning = names.binary(name);
        if (meaning == null) {
            return wrong("Binary operator '-" + name + "' does not exist", end);
        }
        try {
            admit(meaning, name);
            Names.BinaryOperator<S> operator = meaning.does().with(literal(right));
            return e -> operator.holds(left.text(e), right.text(e), e);
        } catch (Names.BadArgument e) {
            return wrong(String.valueOf(e.getMessage()), end);
        }
    }

    /** What httpd passes to an operator as a constant: a quoted text, not a number. */
    private static <S> @Nullable String literal(Term<S> word) {
        return word.isLiteral() ? word.constant() : null;
    }

    private static int end(ParserRuleContext context) {
        return context.getStop().getTokenIndex();
    }

    /** httpd has seen the word behind {@code end}, the index of a token, by then. */
    private Test<S> wrong(String message, int end) {
        complaint = message;
        seenUpTo = end + 1;
        return e -> false;
    }

    private Term<S> unknown(String message) {
        complaint = message;
        seenUpTo = -1;
        return new Term.Constant<>("", false);
    }

    private void admit(Names.Meaning<?> meaning, String name) throws Names.BadArgument {
        if (restricted && meaning.restricted()) {
            throw new Names.BadArgument(name + " not available in restricted context");
        }
        blocks |= meaning.blocks();
    }

    private static <S> Test<S> matching(Term<S> word, PatternContext pattern, boolean wanted) {
        String text = pattern.getText();
        boolean ignoreCase = pattern.REGEX_I() != null;
        int start = text.charAt(0) == 'm' ? 2 : 1;
        String source = text.substring(start, text.length() - (ignoreCase ? 2 : 1));
        try {
            Regex regex = ignoreCase ? Regex.compileIgnoringCase(source) : Regex.compile(source);
            return Comparisons.matching(word, regex, wanted);
        } catch (BadPattern e) {
            throw new BadRegex(e.in("Failed to compile regular expression"));
        }
    }

    private Comparisons.Words<S> list(ListContext context) {
        if (context.words() != null) {
            List<Term<S>> words = new ArrayList<>();
            for (WordContext word : context.words().word()) {
                words.add(word(word));
            }
            return Comparisons.words(words);
        }
        String name = context.function().ID().getText();
        Term<S> argument = word(context.function().word());
        Names.Meaning<Names.ListFunction<S>> meaning = names.listFunction(name);
        if (meaning == null) {
            unknown("List-returning function '" + name + "' does not exist");
            return Comparisons.words(List.of());
        }
        Names.ListFunction<S> function = meaning.does();
        return (wanted, e) -> function.values(argument.text(e), e).contains(wanted);
    }

    private Term<S> word(WordContext context) {
        List<Term<S>> parts = new ArrayList<>();
        for (AtomContext atom : context.atom()) {
            parts.add(atom(atom));
        }
        return Term.joined(parts);
    }

    private Term<S> atom(AtomContext context) {
        if (context.DIGIT() != null) {
            return new Term.Constant<>(context.DIGIT().getText(), false);
        }
        if (context.variable() != null) {
            return variable(context.variable());
        }
        if (context.function() != null) {
            return function(context.function());
        }
        if (context.backref() != null) {
            return backref(context.backref());
        }
        return context.string() == null ? new Term.Constant<>("", true) : string(context.string());
    }

    private Term<S> string(StringContext context) {
        List<Term<S>> parts = new ArrayList<>();
        for (PartContext part : context.part()) {
            if (part.STRING() != null) {
                parts.add(new Term.Constant<>(part.STRING().getText(), true));
            } else {
                parts.add(part.variable() != null ? variable(part.variable()) : backref(part.backref()));
            }
        }
        return Term.joined(parts);
    }

    private Term<S> variable(VariableContext context) {
        String name = context.ID().getText();
        if (context.string() != null) {
            return call(name, string(context.string()));
        }
        Names.Meaning<Names.Variable<S>> meaning = names.variable(name);
        if (meaning == null) {
            return unknown("Variable '" + name + "' does not exist");
        }
        try {
            admit(meaning, name);
        } catch (Names.BadArgument e) {
            return unknown(String.valueOf(e.getMessage()));
        }
        variables.add(name);
        Names.Variable<S> variable = meaning.does();
        return e -> {
            String value = variable.value(e);
            return value == null ? "" : value;
        };
    }

    private Term<S> function(FunctionContext context) {
        return call(context.ID().getText(), word(context.word()));
    }

    private Term<S> call(String name, Term<S> argument) {
        Names.Meaning<Names.Function<S>> meaning = names.function(name);
        if (meaning == null) {
            return unknown("Function '" + name + "' does not exist");
        }
        try {
            admit(meaning, name);
        } catch (Names.BadArgument e) {
            return unknown(String.valueOf(e.getMessage()));
        }
        Names.Function<S> function = meaning.does();
        return e -> {
            String value = function.value(argument.text(e), e);
            return value == null ? "" : value;
        };
    }

    private static <S> Term<S> backref(BackrefContext context) {
        int number = context.REGEX_BACKREF().getText().charAt(1) - '0';
        return e -> {
            Captures groups = e.groups();
            return groups == null ? "" : groups.group(number);
        };
    }
}
