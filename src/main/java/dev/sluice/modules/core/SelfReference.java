package dev.sluice.modules.core;

import dev.sluice.directive.Reading;
import dev.sluice.model.Server;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the server refers to itself: name, port and URL, by UseCanonicalName and UseCanonicalPhysicalPort. */
public final class SelfReference {
    private SelfReference() {}

    /** ServerName's host; the machine's name where none is given. The first call may ask the resolver, and block. */
    public static String configuredName(Server server) {
        String resolved = server.gives(CoreModule.SERVER_NAME) ? null : NamelessHosts.name(server);
        if (resolved != null) {
            return resolved;
        }
        Optional<ServerName> name = server.settings().get(CoreModule.SERVER_NAME);
        return name.isPresent() ? name.get().host() : Machine.NAME;
    }

    /** ServerName's port, or the scheme's. */
    public static int configuredPort(Request request) {
        int port = writtenPort(request);
        return port > 0 ? port : defaultPort(scheme(request));
    }

    private static int writtenPort(Request request) {
        Server server = request.server();
        Optional<ServerName> name = server.settings().get(CoreModule.SERVER_NAME);
        boolean own = name.isPresent() && (server.isMain() || server.gives(CoreModule.SERVER_NAME));
        return own ? name.get().port() : firstPort(server.addresses());
    }

    /** A virtual host without a name has the port of its first address (ap_parse_vhost_addrs); 0 where that has none. */
    private static int firstPort(List<String> addresses) {
        String first = addresses.isEmpty() ? "" : addresses.get(0);
        int colon = portColon(first);
        if (colon < 0) {
            return 0;
        }
        int port = 0;
        for (int i = colon + 1; i < first.length(); i++) {
            char digit = first.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            port = port * 10 + digit - '0';
        }
        return port;
    }

    /** {@code https} under TLS and where ServerName says so (ap_http_scheme). */
    public static String scheme(Request request) {
        if (request.exchange().getRequestScheme().equals("https")) {
            return "https";
        }
        Optional<ServerName> name = request.server().settings().get(CoreModule.SERVER_NAME);
        return name.isPresent() && "https".equals(name.get().scheme()) ? "https" : "http";
    }

    /** The host without a port or brackets: ServerName's, or the one the client asked for (ap_get_server_name). */
    public static String serverName(Request request) {
        String asked = isCanonical(request) ? "" : askedHost(request.exchange());
        if (asked.isEmpty()) {
            return configuredName(request.server());
        }
        String plain = asked.startsWith("[") && asked.endsWith("]") ? asked.substring(1, asked.length() - 1) : asked;
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** The port that URLs to this server carry (ap_get_server_port). */
    public static int port(Request request) {
        boolean canonical = isCanonical(request);
        boolean physical = request.settings().get(CoreModule.USE_CANONICAL_PHYSICAL_PORT);
        int asked = canonical ? 0 : askedPort(request.exchange());
        if (asked > 0) {
            return asked;
        }
        int written = writtenPort(request);
        if (written > 0 && (canonical || !physical)) {
            return written;
        }
        return physical ? request.exchange().getDestinationAddress().getPort() : configuredPort(request);
    }

    private static boolean isCanonical(Request request) {
        return request.settings().get(CoreModule.USE_CANONICAL_NAME) == CoreModule.Canonical.ON;
    }

    /** {@code path}, which begins with a slash, as a URL of this server (ap_construct_url). */
    public static String url(Request request, String path) {
        String scheme = scheme(request);
        String name = serverName(request);
        int port = port(request);
        String host = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port) + path;
    }

    /** True where {@code authority}, a host and perhaps a port, is this virtual host (ap_matches_request_vhost). */
    public static boolean isOwnAuthority(Request request, String authority) {
        int colon = authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = colon < 0 ? defaultPort(scheme(request)) : Reading.atoi(authority.substring(colon + 1));
        Server server = request.server();
        for (String address : server.addresses()) {
            int end = portColon(address);
            String own = end < 0 ? address : address.substring(0, end);
            boolean anyPort = end < 0 || address.endsWith(":*");
            if (own.equalsIgnoreCase(host) && (anyPort || port == Reading.atoi(address.substring(end + 1)))) {
                return true;
            }
        }
        return port == writtenPort(request) && isNamed(server, host);
    }

    private static boolean isNamed(Server server, String host) {
        if (configuredName(server).equalsIgnoreCase(host)) {
            return true;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        for (String alias : server.settings().get(CoreModule.SERVER_ALIASES)) {
            if (alias.equalsIgnoreCase(host) || Fnmatch.matches(alias.toLowerCase(Locale.ROOT), lower)) {
                return true;
            }
        }
        return false;
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
