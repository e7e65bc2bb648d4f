package dev.sluice.modules.core;

import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Functions;
import dev.sluice.expression.Names.Function;
import dev.sluice.expression.Names.Meaning;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions of expressions, but for mod_ssl's (string_func_provider_entries, util_expr_eval.c). */
final class RequestFunctions {
    private static final Map<String, Meaning<Function<Request>>> ALL = Map.ofEntries(
            Map.entry("osenv", Meaning.of((name, e) -> System.getenv(name))),
            Map.entry("env", Meaning.of(RequestFunctions::env)),
            Map.entry(
                    "reqenv", Meaning.of((name, e) -> e.subject().environment().get(name))),
            Map.entry("note", Meaning.of((name, e) -> e.subject().notes().get(name))),
            Map.entry("resp", Meaning.of(RequestFunctions::resp)),
            Map.entry("req", Meaning.of(RequestFunctions::req)),
            Map.entry("http", Meaning.of(RequestFunctions::req)),
            Map.entry("req_novary", Meaning.of((name, e) -> field(name, e))),
            Map.entry("tolower", pure(Functions::lower)),
            Map.entry("toupper", pure(Functions::upper)),
            Map.entry("escape", pure(Functions::escape)),
            Map.entry("unescape", pure(Functions::unescape)),
            Map.entry("base64", pure(Functions::base64)),
            Map.entry("unbase64", pure(Functions::unbase64)),
            Map.entry("md5", pure(text -> Functions.digest("MD5", text))),
            Map.entry("sha1", pure(text -> Functions.digest("SHA-1", text))),
            Map.entry("ldap", pure(Functions::ldap)),
            Map.entry("file", Meaning.ofFiles(RequestFunctions::file)),
            Map.entry("filesize", Meaning.ofFiles((name, e) -> Long.toString(size(name)))));

    private RequestFunctions() {}

    /** {@code name} is in lower case. */
    static @Nullable Meaning<Function<Request>> named(String name) {
        return ALL.get(name);
    }

    private static Meaning<Function<Request>> pure(UnaryOperator<String> function) {
        return Meaning.of((text, e) -> function.apply(text));
    }

    private static @Nullable String env(String name, Evaluation<Request> evaluation) {
        String note = evaluation.subject().notes().get(name);
        String variable = note == null ? evaluation.subject().environment().get(name) : note;
        return variable == null ? System.getenv(name) : variable;
    }

    /**
     * A field of the answer so far, as the handler gave it, else as it is set "always". The media type of a file is no field
     * of httpd's until the head is written.
     */
    private static @Nullable String resp(String name, Evaluation<Request> evaluation) {
        Request request = evaluation.subject();
        if (name.equalsIgnoreCase("content-type") && !request.isProxied()) {
            return null;
        }
        HeaderValues values = request.exchange().getResponseHeaders().get(name);
        if (values != null && !values.isEmpty()) {
            return values.getFirst();
        }
        return request.alwaysHeaders().getFirst(name);
    }

    private static @Nullable String req(String name, Evaluation<Request> evaluation) {
        if (!name.equalsIgnoreCase("host")) {
            evaluation.varyBy(name);
        }
        return field(name, evaluation);
    }

    private static @Nullable String field(String name, Evaluation<Request> evaluation) {
        HttpServerExchange exchange = evaluation.subject().exchange();
        HeaderValues values = exchange.getRequestHeaders().get(name);
        return values == null ? null : Fields.request(exchange, values.getHeaderName());
    }

    private static @Nullable String file(String name, Evaluation<Request> evaluation) {
        Path path = FileNames.path(name);
        try {
            if (path != null) {
                String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
                int end = text.indexOf('\0');
                return end < 0 ? text : text.substring(0, end);
            }
        } catch (IOException e) {
            // told below
        }
        evaluation.fail("Cannot open file " + name);
        return null;
    }

    private static long size(String name) {
        Path path = FileNames.path(name);
        try {
            BasicFileAttributes file = path == null
                    ? null
                    : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return file == null || !file.isRegularFile() ? 0 : file.size();
        } catch (IOException e) {
            return 0;
        }
    }
}
