package dev.sluice.modules.proxy.hcheck;

import dev.sluice.directive.Scope;
import dev.sluice.expression.Functions;
import dev.sluice.expression.Names;
import dev.sluice.modules.core.RequestExpression;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What conditions of health checks may name: the answer, and all that expressions about requests have, which is empty here
 * as there is no request (create_request_rec, mod_proxy_hcheck.c).
 */
final class HealthNames implements Names<HealthAnswer> {
    private final Scope scope;

    private HealthNames(Scope scope) {
        this.scope = scope;
    }

    static Names<HealthAnswer> of(Scope scope) {
        return new HealthNames(scope);
    }

    @Override
    public @Nullable Meaning<Variable<HealthAnswer>> variable(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("REQUEST_STATUS")) {
            return Meaning.of(e -> String.valueOf(e.subject().status()));
        }
        if (upper.startsWith("HC_")) {
            return Meaning.of(e -> upper.equals("HC_BODY") ? e.subject().body() : "");
        }
        if (!RequestExpression.hasVariable(upper, scope)) {
            return null;
        }
        return Meaning.of(e -> "");
    }

    @Override
    public @Nullable Meaning<Function<HealthAnswer>> function(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "hc" ->
                Meaning.of(
                        (what, e) -> what.equalsIgnoreCase("body") ? e.subject().body() : "");
            case "resp" -> Meaning.of((field, e) -> e.subject().header(field));
            case "req", "http", "req_novary", "note", "reqenv" -> Meaning.of((field, e) -> "");
            case "osenv", "env" -> Meaning.of((variable, e) -> System.getenv(variable));
            case "tolower" -> Meaning.of((text, e) -> Functions.lower(text));
            case "toupper" -> Meaning.of((text, e) -> Functions.upper(text));
            case "escape" -> Meaning.of((text, e) -> Functions.escape(text));
            case "unescape" -> Meaning.of((text, e) -> Functions.unescape(text));
            case "base64" -> Meaning.of((text, e) -> Functions.base64(text));
            case "unbase64" -> Meaning.of((text, e) -> Functions.unbase64(text));
            case "md5" -> Meaning.of((text, e) -> Functions.digest("MD5", text));
            case "sha1" -> Meaning.of((text, e) -> Functions.digest("SHA-1", text));
            default -> null;
        };
    }

    @Override
    public @Nullable Meaning<ListFunction<HealthAnswer>> listFunction(String name) {
        return null;
    }

    @Override
    public @Nullable Meaning<UnaryOperator<HealthAnswer>> unary(String letter) {
        return switch (letter) {
            case "n" -> Meaning.of((word, e) -> !word.isEmpty());
            case "z" -> Meaning.of((word, e) -> word.isEmpty());
            default -> null;
        };
    }

    @Override
    public @Nullable Meaning<BinaryOperator<HealthAnswer>> binary(String name) {
        return null;
    }
}
