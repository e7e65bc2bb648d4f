package dev.sluice.modules.proxy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A backend's URL, taken apart. */
public final class ProxyUrl {
    private static final int MOST_DIGITS = 18;
    private static final String UNIX = "unix:";

    private final String scheme;
    private final String host;
    private final int port;
    private final String path;
    private final String authority;
    private final String origin;
    private final @Nullable String socket;

    private ProxyUrl(@Nullable String socket, String scheme, String host, int port, String path) {
        this.socket = socket;
        this.scheme = scheme;
        this.host = host;
        this.port = port;
        this.path = path;
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        this.authority = port == defaultPort(scheme) ? name : name + ":" + port;
        this.origin = scheme + "://" + authority;
    }

    private ProxyUrl(ProxyUrl same, String path) {
        this.scheme = same.scheme;
        this.host = same.host;
        this.port = same.port;
        this.path = path;
        this.authority = same.authority;
        this.origin = same.origin;
        this.socket = same.socket;
    }

    /** The port of a scheme (apr_uri_port_of_scheme), 0 for one without. */
    static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws", "h2c" -> 80;
            case "https", "wss", "h2" -> 443;
            case "ajp" -> 8009;
            case "fcgi" -> 8000;
            case "scgi" -> 4000;
            case "uwsgi" -> 3031;
            case "ftp" -> 21;
            default -> 0;
        };
    }

    /** Reads {@code [unix:socket|]scheme://host[:port][path]}; null where it is none. */
    static @Nullable ProxyUrl parse(String url) {
        int bar = isLocal(url) ? url.indexOf('|') : -1;
        return bar < 0 ? parse(null, url) : parse(url.substring(UNIX.length(), bar), url.substring(bar + 1));
    }

    /** Whether it begins with the path of a socket. */
    static boolean isLocal(String url) {
        return url.regionMatches(true, 0, UNIX, 0, UNIX.length());
    }

    private static @Nullable ProxyUrl parse(@Nullable String socket, String url) {
        int authority = url.indexOf("://");
        if (authority <= 0) {
            return null;
        }
        String scheme = url.substring(0, authority).toLowerCase(Locale.ROOT);
        int start = authority + 3;
        int end = authorityEnd(url, start);
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
        return new ProxyUrl(socket, scheme, host.toLowerCase(Locale.ROOT), port, url.substring(end));
    }

    private static int authorityEnd(String url, int start) {
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** The lower sixteen bits, whatever the number (apr_uri_parse). */
    private static int port(String text) {
        if (text.length() > MOST_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return (int) (Long.parseLong(text) & 0xFFFF);
    }

    private ProxyUrl(@Nullable String socket, ProxyUrl same) {
        this.scheme = same.scheme;
        this.host = same.host;
        this.port = same.port;
        this.path = same.path;
        this.authority = same.authority;
        this.origin = same.origin;
        this.socket = socket;
    }

    /** The same backend at the socket of {@code other}. */
    ProxyUrl atSocketOf(ProxyUrl other) {
        return other.socket == null ? this : new ProxyUrl(other.socket, this);
    }

    /** The same backend with another path. */
    ProxyUrl withPath(String other) {
        return new ProxyUrl(this, other);
    }

    /** In lower case. */
    public String scheme() {
        return scheme;
    }

    /** In lower case, an IPv6 address without brackets. */
    public String host() {
        return host;
    }

    /** Given or the scheme's own. */
    public int port() {
        return port;
    }

    /** What follows the authority as it stands; empty, or begins with a slash. */
    public String path() {
        return path;
    }

    public boolean isTls() {
        return scheme.equals("https") || scheme.equals("wss") || scheme.equals("h2");
    }

    /** Whether HTTP/2 is spoken from the first byte: mod_proxy_http2's schemes. */
    boolean isHttp2() {
        return scheme.equals("h2") || scheme.equals("h2c");
    }

    /** {@code host[:port]} as a Host header has it: without the scheme's own port. */
    String authority() {
        return authority;
    }

    /** {@code scheme://host[:port]}. */
    String origin() {
        return origin;
    }

    /** The path of the socket that stands for host and port; null for none. */
    @Nullable
    String socket() {
        return socket;
    }

    /** Whether scripts run behind it, or servlets: it is not spoken to in HTTP. */
    boolean isGateway() {
        return switch (scheme) {
            case "fcgi", "scgi", "uwsgi", "ajp" -> true;
            default -> false;
        };
    }
}
