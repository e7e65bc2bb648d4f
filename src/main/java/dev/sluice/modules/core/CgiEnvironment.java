package dev.sluice.modules.core;

import dev.sluice.model.Settings;
import dev.sluice.request.Environment;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The variables by which scripts know a request, however they are run (ap_add_common_vars and ap_add_cgi_vars,
 * util_script.c). They join those that SetEnv and others left in {@link Request#environment}.
 */
public final class CgiEnvironment {
    /** What httpd takes where it has no PATH itself. */
    private static final String DEFAULT_PATH = "/bin:/usr/bin:/usr/ucb:/usr/bsd:/usr/local/bin";

    private static final HttpString PROXY = new HttpString("Proxy");

    private CgiEnvironment() {}

    /** Whether {@link #addRequest} must run on a worker thread: what PATH_INFO would lead to is looked up then. */
    public static boolean blocks(Request request) {
        return !request.pathInfo().isEmpty();
    }

    /** The client's header, and what does not differ between its requests (ap_add_common_vars). */
    public static void addCommon(Request request) {
        Environment all = request.environment();
        fields(request, all);
        processes(all);
        HttpServerExchange exchange = request.exchange();
        Settings ofServer = request.server().settings();
        all.set("SERVER_SIGNATURE", ServerSignature.of(request));
        all.set("SERVER_SOFTWARE", Product.tokens(ofServer.get(CoreModule.SERVER_TOKENS)));
        String name = SelfReference.serverName(request);
        all.set("SERVER_NAME", HtmlText.escaped(name.indexOf(':') >= 0 ? "[" + name + "]" : name));
        all.set("SERVER_ADDR", IpText.of(exchange.getDestinationAddress()));
        all.set("SERVER_PORT", Integer.toString(SelfReference.port(request)));
        putKnown(all, "REMOTE_HOST", RemoteHost.known(exchange));
        all.set("REMOTE_ADDR", IpText.of(exchange.getSourceAddress()));
        String root = bytes(ofServer.get(CoreModule.DOCUMENT_ROOT).toString());
        all.set("DOCUMENT_ROOT", root);
        all.set("REQUEST_SCHEME", SelfReference.scheme(request));
        all.set("CONTEXT_PREFIX", request.contextPrefix());
        String contextRoot = request.contextRoot();
        all.set("CONTEXT_DOCUMENT_ROOT", contextRoot == null ? root : contextRoot);
        all.set("SERVER_ADMIN", ofServer.get(CoreModule.SERVER_ADMIN));
        putKnown(all, "SCRIPT_FILENAME", request.filename());
        all.set("REMOTE_PORT", Integer.toString(exchange.getSourceAddress().getPort()));
        user(request, all);
        redirect(request, all);
    }

    private static void fields(Request request, Environment all) {
        HeaderMap headers = request.exchange().getRequestHeaders();
        boolean passAuth = request.settings().get(CgiDirectives.PASS_AUTH);
        for (HeaderValues values : headers) {
            HttpString field = values.getHeaderName();
            if (field.equals(Headers.CONTENT_TYPE)) {
                all.set("CONTENT_TYPE", Fields.joined(values));
            } else if (field.equals(Headers.CONTENT_LENGTH)) {
                all.set("CONTENT_LENGTH", Fields.joined(values));
            } else if (passAuth || !isSecret(field)) {
                // HTTP_PROXY is a variable that configures clients, and none for them to set.
                String variable = field.equals(PROXY) ? null : variable(field.toString());
                if (variable != null) {
                    all.set(variable, field.equals(Headers.COOKIE) ? cookie(request, values) : Fields.joined(values));
                }
            }
        }
    }

    /** Scripts are not told passwords, unless CGIPassAuth says so. */
    private static boolean isSecret(HttpString field) {
        return field.equals(Headers.AUTHORIZATION) || field.equals(Headers.PROXY_AUTHORIZATION);
    }

    private static String cookie(Request request, HeaderValues values) {
        String joined = Fields.request(request.exchange(), Headers.COOKIE);
        return joined == null ? Fields.joined(values) : joined;
    }

    /** Null for a name that would be another's as well, with an underscore (http2env). */
    private static @Nullable String variable(String field) {
        StringBuilder name = new StringBuilder(field.length() + 5).append("HTTP_");
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!digit && !letter && c != '-') {
                return null;
            }
            name.append(c == '-' ? '_' : Character.toUpperCase(c));
        }
        return name.toString();
    }

    private static void processes(Environment all) {
        String path = all.get("PATH");
        if (path == null) {
            path = System.getenv("PATH");
        }
        all.set("PATH", path == null ? DEFAULT_PATH : path);
        putKnown(all, "LD_LIBRARY_PATH", System.getenv("LD_LIBRARY_PATH"));
    }

    private static void user(Request request, Environment all) {
        putKnown(all, "AUTH_TYPE", request.authType());
        if (request.user() != null) {
            putKnown(all, "REMOTE_USER", request.user());
            return;
        }
        for (Request before = request.previous(); before != null; before = before.previous()) {
            if (before.user() != null) {
                putKnown(all, "REDIRECT_REMOTE_USER", before.user());
                return;
            }
        }
    }

    /** What an error document is told of the request that it stands for. */
    private static void redirect(Request request, Environment all) {
        Request before = request.previous();
        if (before == null) {
            return;
        }
        boolean qualified = request.settings().get(CgiDirectives.QUALIFIED_REDIRECT);
        all.set("REDIRECT_URL", qualified ? SelfReference.url(request, before.path()) : before.path());
        if (!before.queryWithMark().isEmpty()) {
            all.set("REDIRECT_QUERY_STRING", before.query());
        }
    }

    /**
     * The request line, and which part of the path is the script (ap_add_cgi_vars).
     *
     * @see #blocks
     */
    public static void addRequest(Request request) {
        Environment all = request.environment();
        all.set("GATEWAY_INTERFACE", "CGI/1.1");
        all.set("SERVER_PROTOCOL", request.exchange().getProtocol().toString());
        all.set("REQUEST_METHOD", request.method());
        all.set("QUERY_STRING", request.query());
        boolean current = request.settings().get(CgiDirectives.CURRENT_URI);
        all.set("REQUEST_URI", current ? request.path() : RequestLine.target(request));
        String info = request.pathInfo();
        if (info.isEmpty()) {
            all.set("SCRIPT_NAME", request.path());
            return;
        }
        all.set("SCRIPT_NAME", request.path().substring(0, scriptEnd(request.path(), info)));
        all.set("PATH_INFO", info);
        Request found = request.lookUp(UrlPath.escaped(info)).request();
        if (found != request && found.filename() != null) {
            all.set("PATH_TRANSLATED", found.filename() + found.pathInfo());
        }
    }

    /** Where in {@code path} the path info begins, as far as the two are the same (ap_find_path_info). */
    static int scriptEnd(String path, String info) {
        int p = path.length() - 1;
        int i = info.length() - 1;
        while (p >= 0 && i >= 0 && path.charAt(p) == info.charAt(i)) {
            if (info.charAt(i) == '/') {
                while (p > 0 && path.charAt(p - 1) == '/') {
                    p--;
                }
            }
            p--;
            i--;
        }
        int slash = path.indexOf('/', Math.max(p, 0));
        return slash < 0 ? path.length() : slash;
    }

    private static void putKnown(Environment all, String name, @Nullable String value) {
        if (value != null) {
            all.set(name, value);
        }
    }

    private static String bytes(String path) {
        return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
