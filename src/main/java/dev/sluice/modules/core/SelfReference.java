package dev.sluice.modules.core;

import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/** How the server refers to itself: name, port and URL, by UseCanonicalName and UseCanonicalPhysicalPort. */
public final class SelfReference {
    private SelfReference() {}

    /** The host without a port: ServerName's, or the one the client asked for (ap_get_server_name). */
    public static String serverName(Request request) {
        Optional<ServerName> configured = request.server().settings().get(CoreModule.SERVER_NAME);
        if (request.settings().get(CoreModule.USE_CANONICAL_NAME) == CoreModule.Canonical.OFF) {
            String asked = askedHost(request.exchange());
            if (!asked.isEmpty()) {
                return asked;
            }
        }
        return configured
                .map(ServerName::host)
                .orElseGet(() -> localAddress(request.exchange()).getAddress().getHostAddress());
    }

    /** The port that URLs to this server carry (ap_get_server_port). */
    public static int port(Request request) {
        HttpServerExchange exchange = request.exchange();
        int configured = request.server()
                .settings()
                .get(CoreModule.SERVER_NAME)
                .map(ServerName::port)
                .orElse(0);
        boolean physical = request.settings().get(CoreModule.USE_CANONICAL_PHYSICAL_PORT);
        boolean canonical = request.settings().get(CoreModule.USE_CANONICAL_NAME) != CoreModule.Canonical.OFF;
        if (!canonical) {
            int asked = askedPort(exchange);
            if (asked > 0) {
                return asked;
            }
            if (!askedHost(exchange).isEmpty() && !physical) {
                return defaultPort(exchange.getRequestScheme());
            }
            return physical ? localAddress(exchange).getPort() : orDefault(configured, exchange);
        }
        if (configured > 0) {
            return configured;
        }
        return physical ? localAddress(exchange).getPort() : defaultPort(exchange.getRequestScheme());
    }

    private static int orDefault(int configured, HttpServerExchange exchange) {
        return configured > 0 ? configured : localAddress(exchange).getPort();
    }

    /** {@code path}, which begins with a slash, as a URL of this server (ap_construct_url). */
    public static String url(Request request, String path) {
        String scheme = request.exchange().getRequestScheme();
        String name = serverName(request);
        int port = port(request);
        String host = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port) + path;
    }

    public static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /** The host of the Host header in lower case, without its port; empty where there is none. */
    public static String askedHost(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(Headers.HOST);
        if (header == null) {
            return "";
        }
        int end = portColon(header);
        return (end < 0 ? header : header.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    private static int askedPort(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(Headers.HOST);
        if (header == null) {
            return 0;
        }
        int colon = portColon(header);
        try {
            return colon < 0 ? 0 : Integer.parseInt(header.substring(colon + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int portColon(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? colon : -1;
    }

    private static InetSocketAddress localAddress(HttpServerExchange exchange) {
        return exchange.getDestinationAddress();
    }
}
