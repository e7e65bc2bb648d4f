package dev.sluice.modules.proxy.hcheck;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Expression;
import dev.sluice.syntax.Word;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads ProxyHCTemplate, ProxyHCExpr and the workers' parameters that begin with {@code hc} (mod_proxy_hcheck.c). */
public final class HealthCheckLines {
    /** Of the name of a condition (PROXY_WORKER_MAX_SCHEME_SIZE - 1). */
    private static final int MAX_NAME = 15;

    private HealthCheckLines() {}

    /** httpd's complaint about a parameter, or null (set_worker_hc_param). */
    public static @Nullable String complaint(String key, String value, Scope scope) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "hctemplate" ->
                templates(scope).containsKey(value.toLowerCase(Locale.ROOT))
                        ? null
                        : "Unknown ProxyHCTemplate name: " + value;
            case "hcmethod" -> method(value);
            case "hcinterval" -> interval(value);
            case "hcpasses" -> Reading.atoi(value) < 0 ? "Passes must be a positive value" : null;
            case "hcfails" -> Reading.atoi(value) < 0 ? "Fails must be a positive value" : null;
            case "hcuri" ->
                value.length() >= HealthCheck.MAX_URI
                        ? "Health check uri length must be < " + HealthCheck.MAX_URI + " characters"
                        : null;
            case "hcexpr" ->
                conditions(scope).containsKey(value.toLowerCase(Locale.ROOT))
                        ? null
                        : "Unknown health check condition expr: " + value;
            default -> "unknown Worker hcheck parameter";
        };
    }

    private static @Nullable String method(String value) {
        HealthCheck.Method method = HealthCheck.Method.of(value);
        if (method == null) {
            return "Unknown method";
        }
        return method.isImplemented() ? null : "Health check method " + value + " not (yet) implemented";
    }

    private static @Nullable String interval(String value) {
        Duration read = duration(value);
        if (read == null) {
            return "Unparse-able hcinterval setting";
        }
        return read.compareTo(HealthCheck.SHORTEST) < 0
                ? "Interval must be a positive value greater than " + HealthCheck.SHORTEST.toMillis() + "ms"
                : null;
    }

    /** As {@link #duration}, but milliseconds where there is no unit. */
    public static @Nullable Duration millis(String text) {
        return duration(!text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1)) ? text + "ms" : text);
    }

    /** A number with {@code ms}, {@code s}, {@code mi(n)} or {@code h}; seconds where there is no unit. */
    public static @Nullable Duration duration(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        if (end == 0 || end > 9) {
            return null;
        }
        long number = Long.parseLong(text.substring(0, end));
        String unit = text.substring(end).toLowerCase(Locale.ROOT);
        if (unit.isEmpty() || unit.startsWith("s")) {
            return Duration.ofSeconds(number);
        }
        if (unit.startsWith("h")) {
            return Duration.ofHours(number);
        }
        if (unit.startsWith("ms")) {
            return Duration.ofMillis(number);
        }
        return unit.startsWith("mi") ? Duration.ofMinutes(number) : null;
    }

    /** What the template of that name says, as parameters; nothing where there is none. */
    public static Map<String, String> template(String name, Scope scope) {
        return templates(scope).getOrDefault(name.toLowerCase(Locale.ROOT), Map.of());
    }

    private static Map<String, Map<String, String>> templates(Scope scope) {
        Map<String, Map<String, String>> given = scope.givenByServer(ProxyHcheckModule.TEMPLATES);
        return given == null ? Map.of() : given;
    }

    private static Map<String, HealthCondition> conditions(Scope scope) {
        Map<String, HealthCondition> given = scope.givenByServer(ProxyHcheckModule.CONDITIONS);
        return given == null ? Map.of() : given;
    }

    /** ProxyHCTemplate. */
    static void template(Line line, Scope scope) throws BadArgument {
        notInAccessFiles(line, scope);
        List<Word> words = line.words();
        if (words.isEmpty() || words.get(0).text().isEmpty()) {
            throw new BadArgument("Missing template name for ProxyHCTemplate");
        }
        String name = words.get(0).text();
        Map<String, String> read = new LinkedHashMap<>(Map.of("hcmethod", "TCP"));
        read.put("hcinterval", "30");
        read.put("hcpasses", "1");
        read.put("hcfails", "1");
        read.put("hcuri", "");
        read.put("hcexpr", "");
        for (Word word : words.subList(1, words.size())) {
            int equals = word.text().indexOf('=');
            if (equals < 0) {
                throw new BadArgument("Invalid ProxyHCTemplate parameter. Parameter must be in the form 'key=value'");
            }
            String key = word.text().substring(0, equals);
            String value = word.text().substring(equals + 1);
            String complaint = complaint(key, value, scope);
            if (complaint != null) {
                throw new BadArgument("ProxyHCTemplate: " + complaint + " " + key + "=" + value + "; " + name);
            }
            if (key.equalsIgnoreCase("hctemplate")) {
                read.putAll(template(value, scope));
            } else {
                read.put(key.toLowerCase(Locale.ROOT), value);
            }
        }
        scope.giveServer(
                ProxyHcheckModule.TEMPLATES, Map.of(name.toLowerCase(Locale.ROOT), Map.copyOf(read)), line.span());
    }

    /** ProxyHCExpr: a name, and a condition in quotes or braces. */
    static void condition(Line line, Scope scope) throws BadArgument {
        notInAccessFiles(line, scope);
        List<Word> words = line.words();
        if (words.isEmpty() || words.get(0).text().isEmpty()) {
            throw new BadArgument("Missing expression name for ProxyHCExpr");
        }
        String name = words.get(0).text();
        if (name.length() > MAX_NAME) {
            throw new BadArgument("Expression name limited to " + MAX_NAME + " characters");
        }
        String rest = line.args().substring(afterFirstWord(line.args())).strip();
        int end = rest.startsWith("{") ? closingBrace(rest) : -1;
        String text = end > 0
                ? rest.substring(1, end)
                : words.size() > 1 ? words.get(1).text() : "";
        if (text.isEmpty()) {
            throw new BadArgument("Missing expression for ProxyHCExpr");
        }
        Expression<HealthAnswer> expression;
        try {
            expression = Expression.condition(text, HealthNames.of(scope));
        } catch (BadExpression e) {
            throw new BadArgument("Could not parse expression \"" + text + "\": " + e.getMessage());
        }
        if (end > 0 ? !rest.substring(end + 1).isBlank() : words.size() > 2) {
            throw new BadArgument("error: extra parameter(s)");
        }
        scope.giveServer(
                ProxyHcheckModule.CONDITIONS,
                Map.of(name.toLowerCase(Locale.ROOT), new HealthCondition(name, text, expression)),
                line.span());
    }

    private static void notInAccessFiles(Line line, Scope scope) throws BadArgument {
        if (scope.place().kind() == Place.Kind.HTACCESS) {
            throw new BadArgument(line.name() + " cannot occur within htaccess files");
        }
    }

    private static int afterFirstWord(String args) {
        int at = 0;
        while (at < args.length() && Character.isWhitespace(args.charAt(at))) {
            at++;
        }
        char quote = at < args.length() ? args.charAt(at) : 0;
        if (quote == '"' || quote == '\'') {
            int close = args.indexOf(quote, at + 1);
            return close < 0 ? args.length() : close + 1;
        }
        while (at < args.length() && !Character.isWhitespace(args.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Braces inside belong to the text (ap_getword_conf2). */
    private static int closingBrace(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
