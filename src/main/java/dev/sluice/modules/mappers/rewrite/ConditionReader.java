package dev.sluice.modules.mappers.rewrite;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Expression;
import dev.sluice.modules.core.RequestExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a RewriteCond (cmd_rewritecond, mod_rewrite.c). */
final class ConditionReader {
    private final ArgumentLine words;
    private final RewriteLines.ConditionFlags flags;
    private final Line line;
    private final Scope scope;
    private boolean negated;
    private String rest;

    ConditionReader(ArgumentLine words, RewriteLines.ConditionFlags flags, Line line, Scope scope) {
        this.words = words;
        this.flags = flags;
        this.line = line;
        this.scope = scope;
        this.negated = words.second().startsWith("!");
        this.rest = negated ? words.second().substring(1) : words.second();
    }

    RewriteCond read() throws BadArgument {
        boolean noCase = flags.noCase();
        ConditionTest test = words.first().equalsIgnoreCase("expr") ? expression() : special();
        if (test == null) {
            test = new ConditionTest.Matches(RewriteLines.compiled("RewriteCond", rest, noCase));
        } else if (noCase && !(test instanceof ConditionTest.Compares)) {
            scope.find(
                    Findings.HTTPD_WARNING,
                    line.span(),
                    "AH00665: RewriteCond: NoCase option for non-regex pattern '" + rest
                            + "' is not supported and will be ignored. (" + line.fileName() + ":" + line.lineNumber()
                            + ")");
            noCase = false;
        }
        return new RewriteCond(
                Template.of(words.first()), test, words.second(), negated, noCase, flags.orNext(), flags.noVary());
    }

    private ConditionTest expression() throws BadArgument {
        boolean inAccessFile = scope.place().kind() == Place.Kind.HTACCESS;
        List<Expression.Option> options = new ArrayList<>();
        if (flags.noVary()) {
            options.add(Expression.Option.DONT_VARY);
        }
        if (inAccessFile) {
            options.add(Expression.Option.RESTRICTED);
        }
        try {
            return new ConditionTest.Holds(
                    RequestExpression.condition(rest, scope, options.toArray(Expression.Option[]::new)));
        } catch (BadExpression e) {
            throw new BadArgument("RewriteCond: cannot compile expression"
                    + (inAccessFile ? " in htaccess context" : "") + " \"" + rest + "\" " + e.message());
        }
    }

    /** Null for a regular expression. */
    private @Nullable ConditionTest special() {
        if (rest.length() < 2) {
            return null;
        }
        return rest.charAt(0) == '-' ? dashed() : compared();
    }

    private @Nullable ConditionTest dashed() {
        if (rest.length() == 2) {
            return switch (rest.charAt(1)) {
                case 'f', 's', 'd', 'x' -> new ConditionTest.OfFile(rest.charAt(1));
                case 'h', 'l', 'L' -> new ConditionTest.OfFile('l');
                case 'U' -> new ConditionTest.Accessible(false);
                case 'F' -> new ConditionTest.Accessible(true);
                default -> null;
            };
        }
        ConditionTest.Relation relation =
                switch (rest.length() < 4 ? "" : rest.substring(1, 3)) {
                    case "lt" -> ConditionTest.Relation.LESS;
                    case "le" -> ConditionTest.Relation.AT_MOST;
                    case "eq", "ne" -> ConditionTest.Relation.EQUAL;
                    case "gt" -> ConditionTest.Relation.MORE;
                    case "ge" -> ConditionTest.Relation.AT_LEAST;
                    default -> null;
                };
        if (relation == null) {
            return null;
        }
        negated ^= rest.startsWith("-ne");
        rest = rest.substring(3);
        return new ConditionTest.ComparesNumbers(relation, Reading.atoi(rest));
    }

    private @Nullable ConditionTest compared() {
        boolean orEqual = rest.charAt(1) == '=';
        ConditionTest.Relation relation =
                switch (rest.charAt(0)) {
                    case '<' -> orEqual ? ConditionTest.Relation.AT_MOST : ConditionTest.Relation.LESS;
                    case '>' -> orEqual ? ConditionTest.Relation.AT_LEAST : ConditionTest.Relation.MORE;
                    case '=' -> ConditionTest.Relation.EQUAL;
                    default -> null;
                };
        if (relation == null) {
            return null;
        }
        boolean equal = relation == ConditionTest.Relation.EQUAL;
        rest = rest.substring(orEqual && !equal ? 2 : 1);
        if (equal && rest.equals("\"\"")) {
            rest = "";
        }
        return new ConditionTest.Compares(relation, rest, flags.noCase());
    }
}
