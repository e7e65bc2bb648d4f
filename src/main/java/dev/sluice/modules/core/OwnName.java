package dev.sluice.modules.core;

import dev.sluice.model.Server;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** The name and port by which a server calls itself, in links (ap_construct_url, server/core.c) and in logs. */
public final class OwnName {
    private OwnName() {}

    /** The host of ServerName; the machine's name where none is given. */
    public static String configured(Server server) {
        Optional<ServerName> name = server.settings().get(CoreModule.SERVER_NAME);
        return name.isPresent() ? name.get().host() : Machine.NAME;
    }

    /** The port of ServerName, or the scheme's. */
    public static int configuredPort(Request request) {
        int port = request.server()
                .settings()
                .get(CoreModule.SERVER_NAME)
                .map(ServerName::port)
                .orElse(0);
        return port > 0 ? port : schemePort(request);
    }

    /** {@code https} under TLS and where ServerName says so. */
    public static String scheme(Request request) {
        return isHttps(request) ? "https" : "http";
    }

    private static int schemePort(Request request) {
        return isHttps(request) ? 443 : 80;
    }

    private static boolean isHttps(Request request) {
        Optional<ServerName> name = request.server().settings().get(CoreModule.SERVER_NAME);
        return request.exchange().isSecure()
                || (name.isPresent() && "https".equals(name.get().scheme()));
    }

    /** The host the client asked for, or the configured one: as UseCanonicalName says. Without brackets. */
    public static String name(Request request) {
        if (isCanonical(request) || !hasHost(request.exchange())) {
            return configured(request.server());
        }
        String host = request.exchange().getHostName().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** The port that belongs to {@link #name} in a link, as UseCanonicalName and UseCanonicalPhysicalPort say. */
    public static int port(Request request) {
        boolean physical = request.settings().get(CoreModule.USE_CANONICAL_PHYSICAL_PORT);
        int asked = isCanonical(request) ? 0 : askedPort(request.exchange());
        if (asked > 0) {
            return asked;
        }
        int configured = request.server()
                .settings()
                .get(CoreModule.SERVER_NAME)
                .map(ServerName::port)
                .orElse(0);
        if (configured > 0 && (isCanonical(request) || !physical)) {
            return configured;
        }
        if (physical) {
            return request.exchange().getDestinationAddress().getPort();
        }
        return configured > 0 ? configured : schemePort(request);
    }

    /** {@code path} as a whole URL on this server. */
    public static String url(Request request, String path) {
        String name = name(request);
        int port = port(request);
        String host = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
        String authority = port == schemePort(request) ? host : host + ":" + port;
        return scheme(request) + "://" + authority + path;
    }

    private static boolean isCanonical(Request request) {
        return request.settings().get(CoreModule.USE_CANONICAL_NAME) == CoreModule.Canonical.ON;
    }

    private static boolean hasHost(HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        return host != null && !host.isEmpty();
    }

    /** The port in the Host header; 0 where there is none. */
    private static int askedPort(HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        if (host == null) {
            return 0;
        }
        int colon = host.lastIndexOf(':');
        if (colon < 0 || colon < host.lastIndexOf(']') || host.length() - colon > 6) {
            return 0;
        }
        int port = 0;
        for (int i = colon + 1; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            port = port * 10 + c - '0';
        }
        return port;
    }

    /** Asked for once, and only where a configuration names no server. */
    private static final class Machine {
        static final String NAME = find();

        private static String find() {
            try {
                return InetAddress.getLocalHost().getCanonicalHostName();
            } catch (UnknownHostException e) {
                return "127.0.0.1";
            }
        }
    }
}
