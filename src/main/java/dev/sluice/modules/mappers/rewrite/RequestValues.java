package dev.sluice.modules.mappers.rewrite;

import dev.sluice.model.View;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.Fields;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.IpText;
import dev.sluice.modules.core.Product;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Request;
import dev.sluice.request.TlsVariables;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request tells rules about itself. */
final class RequestValues {
    /** httpd's module magic number. */
    private static final String API_VERSION = "20120211:142";

    /** DocumentRoot as bytes, one a char, without a slash at its end. */
    private static final View<String> ROOT = View.of(settings -> {
        String root = new String(
                settings.get(CoreModule.DOCUMENT_ROOT).toString().getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        return root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    });

    private RequestValues() {}

    static String documentRoot(Request request) {
        return request.server().settings().view(ROOT);
    }

    static @Nullable String environment(Request request, String name) {
        String note = request.notes().get(name);
        if (note != null) {
            return note;
        }
        String variable = request.environment().get(name);
        return variable == null ? System.getenv(name) : variable;
    }

    static @Nullable String tls(Request request, String name) {
        return TlsVariables.value(request.exchange(), name);
    }

    /** A field of the request's head. That it was looked at is noted for Vary, but of Host (lookup_header). */
    static final class Header {
        private final String name;
        private final HttpString key;
        private final boolean varies;

        Header(String name) {
            this.name = name;
            this.key = new HttpString(name);
            this.varies = !name.equalsIgnoreCase("Host");
        }

        @Nullable
        String value(RuleMatch match) {
            String value = Fields.request(match.request().exchange(), key);
            if (value != null && varies) {
                match.varyBy(name);
            }
            return value;
        }
    }

    /** Null for a name that is none. {@code name} is in upper case. */
    static @Nullable Function<RuleMatch, @Nullable String> of(String name) {
        Function<Request, @Nullable String> own = ofRequest(name);
        if (own != null) {
            return match -> own.apply(match.request());
        }
        if (name.equals("IPV6")) {
            return RequestValues::isIpv6;
        }
        String time =
                switch (name) {
                    case "TIME" -> "yyyyMMddHHmmss";
                    case "TIME_YEAR" -> "yyyy";
                    case "TIME_MON" -> "MM";
                    case "TIME_DAY" -> "dd";
                    case "TIME_HOUR" -> "HH";
                    case "TIME_MIN" -> "mm";
                    case "TIME_SEC" -> "ss";
                    default -> "";
                };
        if (name.equals("TIME_WDAY")) {
            return match -> Integer.toString(
                    LocalDateTime.now(ZoneId.systemDefault()).getDayOfWeek().getValue() % 7);
        }
        if (time.isEmpty()) {
            return null;
        }
        DateTimeFormatter format = DateTimeFormatter.ofPattern(time, Locale.ROOT);
        boolean whole = name.equals("TIME");
        return match -> {
            String now = format.format(LocalDateTime.now(ZoneId.systemDefault()));
            if (whole) {
                match.trace().inDirectory(1, "RESULT='" + now + "'");
            }
            return now;
        };
    }

    private static @Nullable Function<Request, @Nullable String> ofRequest(String name) {
        return switch (name) {
            case "REQUEST_URI" -> Request::path;
            case "REQUEST_FILENAME", "SCRIPT_FILENAME" -> Request::filename;
            case "QUERY_STRING" -> Request::query;
            case "PATH_INFO" -> Request::pathInfo;
            case "REQUEST_METHOD" -> Request::method;
            case "REQUEST_SCHEME" -> SelfReference::scheme;
            case "SERVER_PROTOCOL" -> r -> r.exchange().getProtocol().toString();
            case "THE_REQUEST" -> RequestValues::requestLine;
            case "HTTPS" -> r -> r.exchange().getRequestScheme().equals("https") ? "on" : "off";
            case "SERVER_NAME" -> RequestValues::serverName;
            case "SERVER_PORT" -> r -> Integer.toString(SelfReference.port(r));
            case "SERVER_ADDR" -> r -> IpText.of(r.exchange().getDestinationAddress());
            case "SERVER_ADMIN" -> r -> r.server().settings().get(CoreModule.SERVER_ADMIN);
            case "SERVER_SOFTWARE" -> r -> Product.tokens(r.server().settings().get(CoreModule.SERVER_TOKENS));
            case "REMOTE_ADDR", "REMOTE_HOST", "CONN_REMOTE_ADDR" ->
                r -> IpText.of(r.exchange().getSourceAddress());
            case "REMOTE_PORT" ->
                r -> Integer.toString(r.exchange().getSourceAddress().getPort());
            case "REMOTE_USER" -> Request::user;
            case "AUTH_TYPE" -> Request::authType;
            case "DOCUMENT_ROOT" -> RequestValues::documentRoot;
            case "CONTEXT_PREFIX" -> Request::contextPrefix;
            case "CONTEXT_DOCUMENT_ROOT" -> RequestValues::contextRoot;
            case "IS_SUBREQ" -> r -> r.main() == null ? "false" : "true";
            case "API_VERSION" -> r -> API_VERSION;
            case "SCRIPT_USER" -> r -> owner(r, true);
            case "SCRIPT_GROUP" -> r -> owner(r, false);
            default -> null;
        };
    }

    static String contextRoot(Request request) {
        String root = request.contextRoot();
        return root == null ? documentRoot(request) : root;
    }

    /** As the client sent it. */
    private static String requestLine(Request request) {
        return request.askedMethod() + " " + request.unparsedUri() + " "
                + request.exchange().getProtocol();
    }

    static String serverName(Request request) {
        String name = SelfReference.serverName(request);
        return name.indexOf(':') >= 0 ? "[" + name + "]" : name;
    }

    private static String isIpv6(RuleMatch match) {
        InetSocketAddress source = match.request().exchange().getSourceAddress();
        String answer = source != null && source.getAddress() instanceof Inet6Address ? "on" : "off";
        match.trace().inDirectory(1, "IPV6='" + answer + "'");
        return answer;
    }

    /** Of the file that the request was mapped to. */
    private static String owner(Request request, boolean user) {
        String name = request.filename();
        Path path = request.file() == null || name == null ? null : FileNames.path(name);
        if (path == null) {
            return "<unknown>";
        }
        try {
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
            return user ? attributes.owner().getName() : attributes.group().getName();
        } catch (IOException e) {
            return "<unknown>";
        }
    }
}
