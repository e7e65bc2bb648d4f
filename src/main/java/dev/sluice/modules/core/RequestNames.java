package dev.sluice.modules.core;

import dev.sluice.directive.Scope;
import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Names;
import dev.sluice.request.Request;
import dev.sluice.request.TlsVariables;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names that expressions about requests may use (util_expr_eval.c; for {@code SSL_...} ssl_engine_vars.c). */
final class RequestNames implements Names<Request> {
    private static final RequestNames PLAIN = new RequestNames(false);
    private static final RequestNames WITH_TLS = new RequestNames(true);

    private final boolean tls;

    private RequestNames(boolean tls) {
        this.tls = tls;
    }

    /** Those of all modules. */
    static Names<Request> all() {
        return WITH_TLS;
    }

    static Names<Request> of(Scope scope) {
        return scope.isLoaded("ssl_module") ? WITH_TLS : PLAIN;
    }

    @Override
    public @Nullable Meaning<Variable<Request>> variable(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        Meaning<Variable<Request>> known = RequestVariables.named(upper);
        if (known == null && tls && upper.startsWith("SSL_")) {
            return Meaning.of(e -> tls(upper, e));
        }
        return known;
    }

    @Override
    public @Nullable Meaning<Function<Request>> function(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (tls && lower.equals("ssl")) {
            return Meaning.of(RequestNames::tlsOrOther);
        }
        return RequestFunctions.named(lower);
    }

    /** mod_ssl knows the server's own variables, too. */
    private static @Nullable String tlsOrOther(String name, Evaluation<Request> evaluation) {
        String value = tls(name, evaluation);
        Meaning<Variable<Request>> other = value == null ? RequestVariables.named(name) : null;
        return other == null ? value : other.does().value(evaluation);
    }

    private static @Nullable String tls(String name, Evaluation<Request> evaluation) {
        return TlsVariables.value(evaluation.subject().exchange(), name);
    }

    @Override
    public @Nullable Meaning<ListFunction<Request>> listFunction(String name) {
        if (!tls || !name.equalsIgnoreCase("PeerExtList")) {
            return null;
        }
        return Meaning.of((oid, e) -> TlsVariables.extensions(e.subject().exchange(), oid));
    }

    @Override
    public @Nullable Meaning<UnaryOperator<Request>> unary(String letter) {
        return RequestOperators.unary(letter);
    }

    @Override
    public @Nullable Meaning<BinaryOperator<Request>> binary(String name) {
        return RequestOperators.binary(name.toLowerCase(Locale.ROOT));
    }
}
