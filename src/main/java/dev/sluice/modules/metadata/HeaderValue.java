package dev.sluice.modules.metadata;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.request.TlsVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The value of a Header or RequestHeader line, its format specifiers read once (parse_format_string, mod_headers.c). */
final class HeaderValue {
    /** Text, or something about a request. */
    @FunctionalInterface
    private interface Part {
        void append(Request request, StringBuilder text);
    }

    private final @Nullable String constant;
    private final List<Part> parts;
    private final boolean blocks;

    private HeaderValue(@Nullable String constant, List<Part> parts, boolean blocks) {
        this.blocks = blocks;
        this.constant = constant;
        this.parts = parts;
    }

    /** A format, or an expression behind {@code expr=}. */
    static HeaderValue read(String format, Scope scope) throws BadArgument {
        if (format.startsWith("expr=")) {
            return expression(format.substring(5), scope);
        }
        if (format.indexOf('%') < 0 && format.indexOf('\\') < 0) {
            return new HeaderValue(format, List.of(), false);
        }
        return new Reader(format).read();
    }

    private static HeaderValue expression(String source, Scope scope) throws BadArgument {
        try {
            RequestExpression expression = RequestExpression.string("headers", source, scope);
            Part value = (request, text) -> text.append(value(expression, request));
            return new HeaderValue(expression.constant(), List.of(value), expression.blocks());
        } catch (BadExpression e) {
            throw new BadArgument("Can't parse value expression : " + e.message());
        }
    }

    private static String value(RequestExpression expression, Request request) {
        Evaluation<Request> evaluation = new Evaluation<>(request);
        String text = expression.text(evaluation);
        if (evaluation.failure() != null) {
            request.log(Level.ERROR, "headers", "AH02557: Can't evaluate value expression: " + evaluation.failure());
        }
        return text;
    }

    /** True where it may have to wait for a disk. */
    boolean blocks() {
        return blocks;
    }

    String of(Request request) {
        if (constant != null) {
            return constant;
        }
        StringBuilder text = new StringBuilder(64);
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).append(request, text);
        }
        return text.toString();
    }

    private static final class Reader {
        private final String format;
        private final List<Part> parts = new ArrayList<>();
        private int at;

        Reader(String format) {
            this.format = format;
        }

        HeaderValue read() throws BadArgument {
            while (at < format.length()) {
                parts.add(format.charAt(at) == '%' ? specifier() : constant(literal()));
            }
            return new HeaderValue(null, List.copyOf(parts), false);
        }

        private static Part constant(String text) {
            return (request, out) -> out.append(text);
        }

        /** Backslash and n, r, t, backslash are replaced, any other backslash stands. */
        private String literal() {
            StringBuilder literal = new StringBuilder();
            while (at < format.length() && format.charAt(at) != '%') {
                char c = format.charAt(at++);
                int known = c == '\\' && at < format.length() ? "rnt\\".indexOf(format.charAt(at)) : -1;
                literal.append(known < 0 ? c : "\r\n\t\\".charAt(known));
                at += known < 0 ? 0 : 1;
            }
            return literal.toString();
        }

        /** A percent sign at the end stands for itself. */
        private Part specifier() throws BadArgument {
            at++;
            if (at == format.length() || format.charAt(at) == '%') {
                at++;
                return constant("%");
            }
            String argument = "";
            if (format.charAt(at) == '{') {
                int end = format.indexOf('}', at);
                argument = format.substring(at + 1, end < 0 ? format.length() : end);
                at = end < 0 ? format.length() : end + 1;
            }
            if (at == format.length()) {
                throw new BadArgument("Unrecognized header format %");
            }
            return named(format.charAt(at++), argument);
        }

        private static Part named(char letter, String argument) throws BadArgument {
            return switch (letter) {
                case 't' -> (request, out) -> out.append("t=").append(receivedAt(request));
                case 'D' -> (request, out) -> out.append("D=").append(tookMicros(request));
                case 'l' -> (request, out) -> out.append(LoadAverage.text());
                case 'e' ->
                    (request, out) -> out.append(unwrapped(request.environment().get(argument)));
                case 's' -> (request, out) -> out.append(secured(request, argument));
                case 'i', 'b' ->
                    throw BadArgument.refusal("%" + letter + " is not supported: there are no worker threads to count");
                default -> throw new BadArgument("Unrecognized header format %" + letter);
            };
        }

        private static long tookMicros(Request request) {
            return (System.nanoTime() - request.startNanos()) / 1000;
        }

        private static long receivedAt(Request request) {
            return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - tookMicros(request);
        }

        private static String secured(Request request, String name) {
            String value = TlsVariables.value(request.exchange(), name);
            return unwrapped(value == null || value.isEmpty() ? null : value);
        }

        /** On one line. */
        private static String unwrapped(@Nullable String value) {
            if (value == null) {
                return "(null)";
            }
            boolean wrapped = value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
            return wrapped ? value.replace('\n', ' ').replace('\r', ' ') : value;
        }
    }
}
