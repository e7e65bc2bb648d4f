package dev.sluice.modules.core;

import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Expression;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/** An expression about a request, read when the configuration is: what {@code ap_expr_parse_cmd} makes. */
public final class RequestExpression {
    private final String module;
    private final Expression<Request> expression;
    private final Line.@Nullable At at;

    private RequestExpression(String module, Expression<Request> expression, Scope scope) {
        this.module = module;
        this.expression = expression;
        this.at = scope.at();
    }

    /** As {@link #condition(String, Scope, Expression.Option...)}; {@code module} is whose line tells of failures. */
    public static RequestExpression condition(String module, String text, Scope scope, Expression.Option... options)
            throws BadExpression {
        return new RequestExpression(module, Expression.condition(text, RequestNames.of(scope), options), scope);
    }

    /** As {@link #string(String, Scope, Expression.Option...)}; {@code module} is whose line tells of failures. */
    public static RequestExpression string(String module, String text, Scope scope, Expression.Option... options)
            throws BadExpression {
        return new RequestExpression(module, Expression.string(text, RequestNames.of(scope), options), scope);
    }

    /** A condition. Which names it may use depends on the modules that {@code scope} has. */
    public static RequestExpression condition(String text, Scope scope, Expression.Option... options)
            throws BadExpression {
        return condition("core", text, scope, options);
    }

    /** A text in which {@code %{...}} and {@code $0} to {@code $9} stand for others. */
    public static RequestExpression string(String text, Scope scope, Expression.Option... options)
            throws BadExpression {
        return string("core", text, scope, options);
    }

    /** Whether expressions about requests have a variable {@code name}, in any case. */
    public static boolean hasVariable(String name, Scope scope) {
        return RequestNames.of(scope).variable(name) != null;
    }

    /** True where evaluating may wait for a disk, or for the phases of another request: not for I/O threads. */
    public boolean blocks() {
        return expression.blocks();
    }

    /** True where it uses the variable {@code name}, in any case. */
    public boolean mentions(String name) {
        return expression.mentions(name);
    }

    /** The string where it is the same for every request; null where it is not, and for a condition. */
    public @Nullable String constant() {
        return expression.constant();
    }

    public boolean test(Request request) {
        return test(new Evaluation<>(request));
    }

    /**
     * As {@link #test(Request)}; what its patterns matched is left in {@code evaluation}. False where that has a failure,
     * which is logged.
     */
    public boolean test(Evaluation<Request> evaluation) {
        boolean holds = expression.test(evaluation);
        vary(evaluation);
        return !hasFailed(evaluation) && holds;
    }

    public String text(Request request) {
        return text(new Evaluation<>(request));
    }

    /**
     * As {@link #text(Request)}; {@code $0} to {@code $9} are the groups of {@code evaluation}. What it looks at is not said
     * to make the answer vary (ap_expr_str_exec_re). Empty where {@code evaluation} has a failure, which is logged.
     */
    public String text(Evaluation<Request> evaluation) {
        String text = expression.text(evaluation);
        return hasFailed(evaluation) ? "" : text;
    }

    private boolean hasFailed(Evaluation<Request> evaluation) {
        String failure = evaluation.failure();
        if (failure == null) {
            return false;
        }
        String place = at == null ? "" : at.fileName() + ":" + at.lineNumber();
        evaluation.subject().log(Level.ERROR, module, "Evaluation of expression from " + place + " failed: " + failure);
        return true;
    }

    private void vary(Evaluation<Request> evaluation) {
        String names = evaluation.varyBy();
        if (names == null || !expression.varies()) {
            return;
        }
        HeaderMap answer = evaluation.subject().exchange().getResponseHeaders();
        String known = answer.getFirst(Headers.VARY);
        answer.put(Headers.VARY, known == null ? names : known + ", " + names);
    }

    /** As written. */
    @Override
    public String toString() {
        return expression.toString();
    }
}
