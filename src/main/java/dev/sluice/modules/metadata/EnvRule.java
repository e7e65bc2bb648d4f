package dev.sluice.modules.metadata;

import dev.sluice.expression.Captures;
import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Regex;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Environment;
import dev.sluice.request.Request;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of SetEnvIf or its kin: what to look at, for what, and the variables to set where it is there.
 *
 * @param pattern null where {@code literal} is looked for
 * @param expression what has to hold, for SetEnvIfExpr; null for the others
 * @param literal the text of a pattern that is none; in lower case where case does not matter
 */
record EnvRule(
        EnvAttribute attribute,
        @Nullable Regex pattern,
        @Nullable RequestExpression expression,
        String literal,
        boolean ignoreCase,
        List<Variable> variables) {
    /** A variable to set; one whose value begins with an exclamation mark is taken away. */
    record Variable(String name, String value) {
        static Variable read(String word) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals >= 0 && equals + 1 < word.length()) {
                return new Variable(name, word.substring(equals + 1));
            }
            return name.startsWith("!") ? new Variable(name.substring(1), "!") : new Variable(name, "1");
        }
    }

    /** As SetEnvIfExpr: groups are those that the expression matched last. */
    void applyExpression(RequestExpression condition, Request request) {
        Evaluation<Request> evaluation = new Evaluation<>(request);
        if (condition.test(evaluation)) {
            Captures groups = evaluation.groups();
            setAll(groups == null ? Captures.NONE : groups, request.environment());
        }
    }

    /** {@code text} is the attribute's value, empty where there is none. */
    void apply(String text, Environment environment) {
        if (pattern == null) {
            boolean found = ignoreCase ? lower(text).contains(literal) : text.contains(literal);
            if (found) {
                setAll(null, environment);
            }
            return;
        }
        Captures found = pattern.find(text);
        if (found != null) {
            setAll(found, environment);
        }
    }

    /** Groups stand for themselves where the pattern was a literal text (match_headers, mod_setenvif.c). */
    private void setAll(@Nullable Captures found, Environment environment) {
        for (int i = 0; i < variables.size(); i++) {
            Variable variable = variables.get(i);
            if (variable.value().startsWith("!")) {
                environment.unset(variable.name());
            } else {
                environment.set(variable.name(), found == null ? variable.value() : found.expand(variable.value()));
            }
        }
    }

    /**
     * The text that a pattern without any operator looks for; null for a true pattern. A backslash may quote operators,
     * nothing else (non_regex_pattern, mod_setenvif.c).
     */
    static @Nullable String literal(String pattern) {
        StringBuilder literal = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean operator = "^.$|()[]*+?{}".indexOf(c) >= 0;
            if (c == '\\' && !escaped) {
                escaped = true;
                continue;
            }
            if (c != '\\' && operator != escaped) {
                return null;
            }
            escaped = false;
            literal.append(c);
        }
        return literal.toString();
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
