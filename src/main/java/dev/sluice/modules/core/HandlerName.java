package dev.sluice.modules.core;

import dev.sluice.directive.Arg;
import dev.sluice.directive.BadArgument;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What SetHandler says (set_sethandler and core_override_type, core.c).
 *
 * @param name empty for {@code none}; as written for an expression
 * @param expression null for a name that is always the same
 */
public record HandlerName(String name, @Nullable RequestExpression expression) {
    static final HandlerName NONE = new HandlerName("", null);

    static Arg<HandlerName> word() {
        return (word, line, scope) -> {
            String text = word.text();
            if (!text.contains("%{")) {
                return text.equalsIgnoreCase("none") ? NONE : new HandlerName(canonical(text), null);
            }
            String source = text.startsWith("expr=") ? text.substring(5) : text;
            try {
                return new HandlerName(text, RequestExpression.string(source, scope));
            } catch (BadExpression e) {
                throw new BadArgument("Can't parse expression : " + e.message(), word.span());
            }
        };
    }

    /** In lower case; a path of a socket stays as it is. */
    private static String canonical(String name) {
        return name.startsWith("proxy:unix") ? name : name.toLowerCase(Locale.ROOT);
    }

    /** True where it may have to wait for a disk. */
    boolean blocks() {
        return expression != null && expression.blocks();
    }

    /** {@code none} takes a handler away; where an expression comes to it, what was there before stays. */
    Outcome giveTo(Request request) {
        if (expression == null) {
            request.handler(name.isEmpty() ? null : name);
            return Outcome.OK;
        }
        Evaluation<Request> evaluation = new Evaluation<>(request);
        String value = canonical(expression.text(evaluation));
        if (evaluation.failure() != null) {
            request.log(Level.ERROR, "core", "AH03154: Can't evaluate handler expression: " + evaluation.failure());
            return Outcome.status(500);
        }
        if (!value.equals("none")) {
            request.handler(value);
        }
        return Outcome.OK;
    }
}
