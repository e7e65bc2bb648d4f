package dev.sluice.modules.core;

import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Names.Meaning;
import dev.sluice.expression.Names.Variable;
import dev.sluice.request.Request;
import dev.sluice.request.TlsVariables;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The variables of expressions, but for those of mod_ssl (the tables of names in util_expr_eval.c). */
final class RequestVariables {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /** httpd's: what modules were compiled for. */
    private static final String API_VERSION = "20120211";

    private static final Map<String, Meaning<Variable<Request>>> ALL = new HashMap<>();

    static {
        request();
        file();
        server();
        connection();
        time();
        field("HTTP_USER_AGENT", Headers.USER_AGENT);
        field("HTTP_REFERER", Headers.REFERER);
        field("HTTP_COOKIE", Headers.COOKIE);
        field("HTTP_FORWARDED", new HttpString("Forwarded"));
        field("HTTP_HOST", Headers.HOST);
        field("HTTP_PROXY_CONNECTION", new HttpString("Proxy-Connection"));
        field("HTTP_ACCEPT", Headers.ACCEPT);
    }

    private RequestVariables() {}

    /** {@code name} is in upper case. */
    static @Nullable Meaning<Variable<Request>> named(String name) {
        return ALL.get(name);
    }

    private static void request() {
        of("REQUEST_METHOD", Request::method);
        of("REQUEST_SCHEME", SelfReference::scheme);
        of("REQUEST_URI", Request::path);
        of("DOCUMENT_URI", Request::path);
        of("PATH_INFO", Request::pathInfo);
        of("QUERY_STRING", Request::query);
        of("IS_SUBREQ", r -> "false");
        of("AUTH_TYPE", Request::authType);
        of("REMOTE_USER", Request::user);
        of("REMOTE_IDENT", r -> "");
        of("THE_REQUEST", RequestVariables::line);
        of("CONTENT_TYPE", RequestVariables::contentType);
        of("HANDLER", RequestVariables::handler);
        of("REQUEST_STATUS", r -> Integer.toString(r.status()));
        of("REQUEST_LOG_ID", r -> "");
        of("SERVER_PROTOCOL", r -> r.exchange().getProtocol().toString());
    }

    private static void file() {
        of("REQUEST_FILENAME", Request::filename);
        of("SCRIPT_FILENAME", Request::filename);
        of("LAST_MODIFIED", RequestVariables::modified);
        blocking("SCRIPT_USER", file -> file.owner().getName());
        blocking("SCRIPT_GROUP", file -> file.group().getName());
        of("CONTEXT_PREFIX", Request::contextPrefix);
        of("CONTEXT_DOCUMENT_ROOT", RequestVariables::contextRoot);
        of("DOCUMENT_ROOT", RequestVariables::documentRoot);
    }

    private static void server() {
        of("SERVER_ADMIN", r -> r.server().settings().get(CoreModule.SERVER_ADMIN));
        of("SERVER_NAME", SelfReference::serverName);
        of("SERVER_PORT", r -> Integer.toString(SelfReference.port(r)));
        of("SERVER_SOFTWARE", r -> Product.tokens(r.server().settings().get(CoreModule.SERVER_TOKENS)));
        of("API_VERSION", r -> API_VERSION);
    }

    private static void connection() {
        of("HTTPS", r -> onOff(isTls(r)));
        of("HTTP2", r -> onOff(r.exchange().getProtocol().toString().startsWith("HTTP/2")));
        of("IPV6", r -> onOff(isIpv6(r.exchange())));
        of("REMOTE_ADDR", r -> IpText.of(r.exchange().getSourceAddress()));
        of("REMOTE_HOST", r -> IpText.of(r.exchange().getSourceAddress()));
        of("REMOTE_PORT", r -> Integer.toString(r.exchange().getSourceAddress().getPort()));
        of("CONN_REMOTE_ADDR", r -> IpText.of(peer(r.exchange())));
        of("CONN_LOG_ID", r -> "");
    }

    private static void time() {
        of("TIME", r -> SECONDS.format(LocalDateTime.now(ZoneId.systemDefault())));
        clock("TIME_YEAR", LocalDateTime::getYear);
        clock("TIME_MON", LocalDateTime::getMonthValue);
        clock("TIME_DAY", LocalDateTime::getDayOfMonth);
        clock("TIME_HOUR", LocalDateTime::getHour);
        clock("TIME_MIN", LocalDateTime::getMinute);
        clock("TIME_SEC", LocalDateTime::getSecond);
        of("TIME_WDAY", r -> {
            int day = LocalDateTime.now(ZoneId.systemDefault()).getDayOfWeek().getValue();
            return Integer.toString(day % 7);
        });
    }

    private static void clock(String name, ToIntFunction<LocalDateTime> part) {
        of(name, r -> {
            int value = part.applyAsInt(LocalDateTime.now(ZoneId.systemDefault()));
            return value < 10 ? "0" + value : Integer.toString(value);
        });
    }

    private static void of(String name, Function<Request, @Nullable String> value) {
        ALL.put(name, Meaning.of(e -> value.apply(e.subject())));
    }

    /** Every answer varies by Host anyway (RFC 9110, section 12.5.5): httpd does not say so. */
    private static void field(String name, HttpString header) {
        String varies = header.toString();
        boolean host = header.equals(Headers.HOST);
        ALL.put(name, Meaning.of(e -> {
            if (!host) {
                e.varyBy(varies);
            }
            return Fields.request(e.subject().exchange(), header);
        }));
    }

    /** Who owns the file of a request. */
    @FunctionalInterface
    private interface Owner {
        String of(PosixFileAttributes file);
    }

    private static void blocking(String name, Owner owner) {
        ALL.put(name, Meaning.blocking(e -> owner(e, owner)));
    }

    private static @Nullable String owner(Evaluation<Request> evaluation, Owner owner) {
        Request request = evaluation.subject();
        String filename = request.filename();
        Path path = request.file() == null || filename == null ? null : FileNames.path(filename);
        if (path == null) {
            return null;
        }
        try {
            return owner.of(Files.readAttributes(path, PosixFileAttributes.class));
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String modified(Request request) {
        BasicFileAttributes file = request.file();
        if (file == null) {
            return null;
        }
        Instant when = file.lastModifiedTime().toInstant();
        return SECONDS.format(LocalDateTime.ofInstant(when, ZoneId.systemDefault()));
    }

    private static String line(Request request) {
        String protocol =
                request.exchange().isHttp09() ? "" : " " + request.exchange().getProtocol();
        return request.askedMethod() + " " + RequestLine.target(request) + protocol;
    }

    /** Once an answer is made, and no handler was named, the media type goes for one (ap_invoke_handler). */
    private static @Nullable String handler(Request request) {
        String named = request.handler();
        String type = request.exchange().getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
        if (named != null || type == null || request.isErrorPage()) {
            return named;
        }
        int end = 0;
        while (end < type.length() && type.charAt(end) != ';' && type.charAt(end) != ' ') {
            end++;
        }
        return type.substring(0, end);
    }

    private static String contextRoot(Request request) {
        String root = request.contextRoot();
        return root == null ? documentRoot(request) : root;
    }

    private static @Nullable String contentType(Request request) {
        String answered = request.exchange().getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
        return answered == null ? request.contentType() : answered;
    }

    /** The document root as bytes, one a char. */
    private static String documentRoot(Request request) {
        String root = request.server().settings().get(CoreModule.DOCUMENT_ROOT).toString();
        return new String(root.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isTls(Request request) {
        return "on".equals(TlsVariables.value(request.exchange(), "HTTPS"));
    }

    private static boolean isIpv6(HttpServerExchange exchange) {
        InetAddress address = exchange.getSourceAddress().getAddress();
        return address instanceof Inet6Address;
    }

    private static java.net.@Nullable InetSocketAddress peer(HttpServerExchange exchange) {
        return exchange.getConnection().getPeerAddress(java.net.InetSocketAddress.class);
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
