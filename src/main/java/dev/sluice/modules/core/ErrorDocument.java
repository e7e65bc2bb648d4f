package dev.sluice.modules.core;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ErrorDocument says of one status.
 *
 * @param kind how {@code value} is meant
 * @param value a message, a local path that begins with a slash, or a URL; as written
 * @param expression what {@code value} stands for; null for {@link Kind#DEFAULT}
 */
public record ErrorDocument(Kind kind, String value, @Nullable RequestExpression expression) {
    public enum Kind {
        MESSAGE,
        PATH,
        URL,
        /** The page that httpd makes itself, whatever an outer section says. */
        DEFAULT
    }

    /** Statuses that ErrorDocument takes: those that httpd has a name for (ap_index_of_response). */
    private static final Set<Integer> KNOWN = StatusText.codes();

    /** As set_error_document of httpd's core.c. */
    static void set(Line line, Scope scope) throws BadArgument {
        String code = line.words().get(0).text();
        int status = Reading.atoi(code);
        Word what = line.words().get(1);
        if (!KNOWN.contains(status) || status < 100) {
            throw new BadArgument(
                    "Unsupported HTTP response code " + code,
                    line.words().get(0).span());
        }
        scope.give(CoreModule.ERROR_DOCUMENTS, Map.of(status, of(what, scope)), line.span());
    }

    private static ErrorDocument of(Word what, Scope scope) throws BadArgument {
        String text = what.text();
        if (text.equalsIgnoreCase("default")) {
            return new ErrorDocument(Kind.DEFAULT, "", null);
        }
        Kind kind = text.startsWith("/") ? Kind.PATH : isUrl(text) ? Kind.URL : Kind.MESSAGE;
        String value = kind == Kind.MESSAGE && text.startsWith("\"") ? text.substring(1) : text;
        try {
            return new ErrorDocument(kind, value, RequestExpression.string(value, scope));
        } catch (BadExpression e) {
            throw new BadArgument("Cannot parse expression in ErrorDocument: " + e.message(), what.span());
        }
    }

    /** The message, path or URL for {@code request}; null where it cannot be told. */
    public @Nullable String of(Request request) {
        if (expression == null) {
            return value;
        }
        Evaluation<Request> evaluation = new Evaluation<>(request);
        String text = expression.text(evaluation);
        if (evaluation.failure() == null) {
            return text;
        }
        request.log(
                Level.ERROR,
                "core",
                "AH02841: core: ErrorDocument: can't evaluate require expression: " + evaluation.failure());
        return null;
    }

    /** As ap_is_url: a scheme of letters, digits and {@code + - .}, then a colon and two slashes. */
    static boolean isUrl(String text) {
        int i = 0;
        while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || "+-.".indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        return i > 0 && text.startsWith("://", i);
    }
}
