package dev.sluice.modules.metadata;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Regex;
import dev.sluice.model.Setting;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the lines of Header and RequestHeader (header_cmd and header_inout_cmd, mod_headers.c). */
final class HeaderLines {
    private final List<Word> words;
    private final Scope scope;
    private final boolean request;
    private int at;

    private HeaderLines(Line line, Scope scope, boolean request) {
        this.scope = scope;
        this.words = line.words();
        this.request = request;
    }

    /** {@code [always|onsuccess] action header [value [replacement]] [early|env=[!]variable]}. */
    static void header(Line line, Scope scope) throws BadArgument {
        HeaderLines reader = new HeaderLines(line, scope, false);
        String first = lower(reader.peek());
        boolean always = first.equals("always");
        reader.at = always || first.equals("onsuccess") ? 1 : 0;
        reader.give(always ? HeadersModule.ALWAYS : HeadersModule.ON_SUCCESS, line);
    }

    static void requestHeader(Line line, Scope scope) throws BadArgument {
        new HeaderLines(line, scope, true).give(HeadersModule.REQUEST, line);
    }

    private void give(Setting<List<HeaderAction>> setting, Line line) throws BadArgument {
        HeaderAction.Kind kind = kind(lower(peek()));
        at++;
        scope.give(setting, List.of(read(kind)), line.span());
    }

    private HeaderAction read(HeaderAction.Kind kind) throws BadArgument {
        String name = orEmpty(next());
        String value = next();
        String third = next();
        String fourth = next();
        if (at < words.size()) {
            throw new BadArgument("Too many arguments to directive");
        }
        boolean edits = kind == HeaderAction.Kind.EDIT || kind == HeaderAction.Kind.EDIT_ALL;
        String clause = edits ? fourth : third;
        Regex pattern = null;
        if (edits) {
            if (third == null) {
                throw new BadArgument("Header edit requires a match and a substitution");
            }
            pattern = compiled(orEmpty(value), "Header edit regex could not be compiled");
            value = third;
        } else if (fourth != null) {
            throw new BadArgument("Too many arguments to directive");
        }
        if (kind == HeaderAction.Kind.UNSET || kind == HeaderAction.Kind.ECHO) {
            clause = onlyClause(kind, value, clause);
            value = null;
        } else if (value == null) {
            throw new BadArgument("Header requires three arguments");
        }
        if (kind == HeaderAction.Kind.ECHO) {
            pattern = echoed(name);
        }
        return action(kind, name, value, pattern, clause);
    }

    private static @Nullable String onlyClause(HeaderAction.Kind kind, @Nullable String value, @Nullable String clause)
            throws BadArgument {
        if (value != null && clause != null) {
            boolean unset = kind == HeaderAction.Kind.UNSET;
            throw new BadArgument(unset ? "header unset takes two arguments" : "Header echo takes two arguments");
        }
        return value;
    }

    private Regex echoed(String name) throws BadArgument {
        if (request) {
            throw new BadArgument("Header echo only valid on Header directives");
        }
        return compiled(name, "Header echo regex could not be compiled");
    }

    private static Regex compiled(String pattern, String complaint) throws BadArgument {
        try {
            return Regex.compile(pattern);
        } catch (BadPattern e) {
            throw new BadArgument(e.in(complaint));
        }
    }

    private HeaderAction action(
            HeaderAction.Kind kind,
            String name,
            @Nullable String value,
            @Nullable Regex pattern,
            @Nullable String clause)
            throws BadArgument {
        boolean early = clause != null && clause.equalsIgnoreCase("early");
        Clause condition = clause == null || early ? Clause.NONE : clause(clause);
        int colon = name.indexOf(':');
        HttpString header = new HttpString(colon < 0 ? name : name.substring(0, colon));
        HeaderValue read = value == null ? null : HeaderValue.read(value, scope);
        boolean blocks = condition.blocks() || (read != null && read.blocks());
        return new HeaderAction(kind, header, read, pattern, condition.condition(), early, blocks);
    }

    /** When a line applies; {@code blocks} where that may have to wait for a disk. */
    private record Clause(HeaderAction.@Nullable Condition condition, boolean blocks) {
        static final Clause NONE = new Clause(null, false);
    }

    private Clause clause(String clause) throws BadArgument {
        String lower = lower(clause);
        if (lower.startsWith("env=")) {
            boolean absent = clause.startsWith("!", 4);
            String variable = clause.substring(absent ? 5 : 4);
            if (variable.isEmpty()) {
                throw new BadArgument(
                        "error: missing environment variable name. envclause should be in the form env=envar ");
            }
            return new Clause(r -> r.environment().has(variable) != absent, false);
        }
        if (!lower.startsWith("expr=")) {
            throw new BadArgument("Unknown parameter: " + clause);
        }
        try {
            RequestExpression expression = RequestExpression.condition("headers", clause.substring(5), scope);
            return new Clause(request -> holds(expression, request), expression.blocks());
        } catch (BadExpression e) {
            throw new BadArgument("Can't parse envclause/expression: " + e.message());
        }
    }

    /** A condition that cannot be told stands in nobody's way. */
    private static boolean holds(RequestExpression expression, Request request) {
        Evaluation<Request> evaluation = new Evaluation<>(request);
        boolean holds = expression.test(evaluation);
        if (evaluation.failure() == null) {
            return holds;
        }
        String message = "AH01501: Failed to evaluate expression (" + evaluation.failure() + ") - ignoring";
        request.log(Level.ERROR, "headers", message);
        return true;
    }

    private HeaderAction.Kind kind(String word) throws BadArgument {
        return switch (word) {
            case "set" -> HeaderAction.Kind.SET;
            case "setifempty" -> HeaderAction.Kind.SETIFEMPTY;
            case "add" -> HeaderAction.Kind.ADD;
            case "append" -> HeaderAction.Kind.APPEND;
            case "merge" -> HeaderAction.Kind.MERGE;
            case "unset" -> HeaderAction.Kind.UNSET;
            case "echo" -> HeaderAction.Kind.ECHO;
            case "edit" -> HeaderAction.Kind.EDIT;
            case "edit*" -> HeaderAction.Kind.EDIT_ALL;
            case "note" -> {
                if (request) {
                    throw new BadArgument("RequestHeader does not support the 'note' action");
                }
                yield HeaderAction.Kind.NOTE;
            }
            default ->
                throw new BadArgument("first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset',"
                        + " 'echo', 'note', 'edit', or 'edit*'.");
        };
    }

    private String peek() {
        return at < words.size() ? words.get(at).text() : "";
    }

    private @Nullable String next() {
        return at < words.size() ? words.get(at++).text() : null;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
