package dev.sluice.modules.ssl;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Expression;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import java.util.List;

/** SSLRequire: a condition that a request by TLS must fulfil. One that is not by TLS is not asked. */
record SslRequirement(RequestExpression condition) {
    static final Setting<List<SslRequirement>> SETTING =
            Setting.perDirectory("SSLRequire", List.of(), Merge.append());

    private static final Outcome FORBIDDEN = Outcome.status(403);
    private static final String NOTE = "ssl-access-forbidden";

    static void read(Line line, Scope scope) throws BadArgument {
        try {
            RequestExpression condition =
                    RequestExpression.condition("ssl", line.args(), scope, Expression.Option.SSL_REQUIRE);
            scope.give(SETTING, List.of(new SslRequirement(condition)), line.span());
        } catch (BadExpression e) {
            throw new BadArgument("SSLRequire: " + e.message());
        }
    }

    /** The last part of ssl_hook_Access, ssl_engine_kernel.c. */
    static Outcome check(Request request) {
        List<SslRequirement> all = request.settings().get(SETTING);
        for (SslRequirement each : all) {
            if (each.condition.blocks() && request.exchange().isInIoThread()) {
                return Outcome.ON_WORKER;
            }
            Evaluation<Request> evaluation = new Evaluation<>(request);
            boolean holds = each.condition.test(evaluation);
            String failure = evaluation.failure();
            if (failure != null) {
                return forbid(
                        request,
                        "AH02265: access to " + request.filename()
                                + " failed, reason: Failed to execute SSL requirement expression: " + failure);
            }
            if (!holds) {
                return forbid(
                        request,
                        "AH02229: access to " + request.filename()
                                + " failed, reason: SSL requirement expression not fulfilled");
            }
        }
        return Outcome.DECLINED;
    }

    private static Outcome forbid(Request request, String message) {
        request.log(Level.ERROR, "ssl", message);
        forbidden(request);
        return FORBIDDEN;
    }

    /** Remembers that TLS does not allow it, whatever a password may make up for. */
    static void forbidden(Request request) {
        request.notes().set(NOTE, "1");
    }

    /** SSLOptions +StrictRequire: what "Satisfy Any" forgave is forbidden all the same (ssl_hook_UserCheck). */
    static Outcome forbidAgain(Request request) {
        boolean strict = request.hasNotes()
                && request.notes().has(NOTE)
                && request.settings().get(SslModule.OPTIONS).has("StrictRequire");
        return strict ? FORBIDDEN : Outcome.DECLINED;
    }
}
