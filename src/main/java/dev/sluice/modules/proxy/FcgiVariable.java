package dev.sluice.modules.proxy;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of ProxyFCGISetEnvIf (cmd_setenv and fix_cgivars, mod_proxy_fcgi.c).
 *
 * @param value null: the variable goes away
 */
record FcgiVariable(RequestExpression condition, String name, @Nullable RequestExpression value) {
    static void read(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        RequestExpression condition = expression(words.get(0).text(), scope, true);
        String name = words.get(1).text();
        boolean unsets = name.startsWith("!");
        if (unsets && name.length() == 1) {
            throw new BadArgument("ProxyFCGISetEnvIf: \"!\" is not a valid variable name");
        }
        if (unsets && words.size() > 2) {
            throw new BadArgument("Third argument (\"" + words.get(2).text()
                    + "\") is not allowed when using ProxyFCGISetEnvIf's unset mode (" + name + ")");
        }
        RequestExpression value =
                unsets ? null : expression(words.size() > 2 ? words.get(2).text() : "", scope, false);
        scope.give(
                ProxyFcgiModule.SET_ENV,
                List.of(new FcgiVariable(condition, unsets ? name.substring(1) : name, value)),
                line.span());
    }

    private static RequestExpression expression(String text, Scope scope, boolean isCondition) throws BadArgument {
        try {
            return isCondition
                    ? RequestExpression.condition("proxy_fcgi", text, scope)
                    : RequestExpression.string("proxy_fcgi", text, scope);
        } catch (BadExpression e) {
            throw new BadArgument("Could not parse expression \"" + text + "\": " + e.getMessage());
        }
    }

    static boolean anyBlocks(Request request) {
        List<FcgiVariable> all = request.settings().get(ProxyFcgiModule.SET_ENV);
        for (int i = 0; i < all.size(); i++) {
            FcgiVariable each = all.get(i);
            if (each.condition.blocks() || (each.value != null && each.value.blocks())) {
                return true;
            }
        }
        return false;
    }

    static void applyAll(Request request) {
        List<FcgiVariable> all = request.settings().get(ProxyFcgiModule.SET_ENV);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).apply(request);
        }
    }

    private void apply(Request request) {
        Evaluation<Request> evaluation = new Evaluation<>(request);
        if (!condition.test(evaluation)) {
            return;
        }
        if (value == null) {
            request.environment().unset(name);
        } else {
            request.environment().set(name, value.text(evaluation));
        }
    }
}
