package dev.sluice.modules.mappers.rewrite;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A <code>%{NAME}</code>, found once (lookup_variable, mod_rewrite.c). A name that is none is an empty text.
 *
 * @param blocks true where its value may have to be waited for
 */
record Variable(Function<RuleMatch, @Nullable String> value, boolean blocks) {
    private static final Variable UNKNOWN = new Variable(match -> null, false);

    String text(RuleMatch match) {
        String text = value.apply(match);
        return text == null ? "" : text;
    }

    static Variable of(String name) {
        if (name.length() < 4) {
            return UNKNOWN;
        }
        if (name.charAt(3) == ':') {
            String rest = name.substring(4);
            return switch (rest.isEmpty() ? "" : name.substring(0, 3).toUpperCase(Locale.ROOT)) {
                case "ENV" -> quick(match -> RequestValues.environment(match.request(), rest));
                case "SSL" -> quick(match -> RequestValues.tls(match.request(), rest));
                default -> UNKNOWN;
            };
        }
        if (name.length() > 4 && name.charAt(4) == ':') {
            String rest = name.substring(5);
            return switch (rest.isEmpty() ? "" : name.substring(0, 4).toUpperCase(Locale.ROOT)) {
                case "HTTP" -> header(rest);
                case "LA-U" -> new Variable(match -> match.ahead(of(rest), rest, false), true);
                case "LA-F" -> new Variable(match -> match.ahead(of(rest), rest, true), true);
                default -> UNKNOWN;
            };
        }
        String upper = name.toUpperCase(Locale.ROOT);
        String field = FIELDS.get(upper);
        if (field != null) {
            return header(field);
        }
        boolean blocks = upper.equals("SCRIPT_USER") || upper.equals("SCRIPT_GROUP");
        Function<RuleMatch, @Nullable String> value = RequestValues.of(upper);
        return value == null ? UNKNOWN : new Variable(value, blocks);
    }

    private static final Map<String, String> FIELDS = Map.of(
            "HTTP_HOST", "Host",
            "HTTP_ACCEPT", "Accept",
            "HTTP_COOKIE", "Cookie",
            "HTTP_REFERER", "Referer",
            "HTTP_FORWARDED", "Forwarded",
            "HTTP_USER_AGENT", "User-Agent",
            "HTTP_PROXY_CONNECTION", "Proxy-Connection");

    private static Variable header(String name) {
        RequestValues.Header header = new RequestValues.Header(name);
        return quick(header::value);
    }

    private static Variable quick(Function<RuleMatch, @Nullable String> value) {
        return new Variable(value, false);
    }
}
