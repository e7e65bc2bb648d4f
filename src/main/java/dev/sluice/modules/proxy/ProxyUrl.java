package dev.sluice.modules.proxy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A backend's URL, taken apart.
 *
 * @param scheme in lower case
 * @param host in lower case, an IPv6 address without brackets
 * @param port given or the scheme's own
 * @param path what follows the authority as it stands; empty, or begins with a slash
 */
record ProxyUrl(String scheme, String host, int port, String path) {
    private static final int MOST_DIGITS = 18;

    /** The port of a scheme (apr_uri_port_of_scheme), 0 for one without. */
    static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws", "h2c" -> 80;
            case "https", "wss", "h2" -> 443;
            case "ajp" -> 8009;
            case "fcgi" -> 8000;
            case "scgi" -> 4000;
            case "ftp" -> 21;
            default -> 0;
        };
    }

    /** Reads {@code scheme://host[:port][path]}; null where it is none. */
    static @Nullable ProxyUrl parse(String url) {
        int authority = url.indexOf("://");
        if (authority <= 0) {
            return null;
        }
        String scheme = url.substring(0, authority).toLowerCase(Locale.ROOT);
        int start = authority + 3;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String hostPort = url.substring(Math.max(start, url.lastIndexOf('@', end - 1) + 1), end);
        int bracket = hostPort.lastIndexOf(']');
        int colon = hostPort.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port =
                colon < 0 || colon + 1 == hostPort.length() ? defaultPort(scheme) : port(hostPort.substring(colon + 1));
        if (port < 0 || host.isEmpty()) {
            return null;
        }
        return new ProxyUrl(scheme, host.toLowerCase(Locale.ROOT), port, url.substring(end));
    }

    /** The lower sixteen bits, whatever the number (apr_uri_parse). */
    private static int port(String text) {
        if (text.length() > MOST_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return (int) (Long.parseLong(text) & 0xFFFF);
    }

    boolean isTls() {
        return scheme.equals("https") || scheme.equals("wss") || scheme.equals("h2");
    }

    /** Whether HTTP/2 is spoken from the first byte: mod_proxy_http2's schemes. */
    boolean isHttp2() {
        return scheme.equals("h2") || scheme.equals("h2c");
    }

    /** {@code host[:port]} as a Host header has it: without the scheme's own port. */
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort(scheme) ? name : name + ":" + port;
    }

    /** {@code scheme://host[:port]}. */
    String origin() {
        return scheme + "://" + authority();
    }
}
