package dev.sluice.modules.proxy;

import java.util.List;

/**
 * A line that names a worker: ProxyPass, ProxySet or {@code <Proxy url>}.
 *
 * @param url as written
 * @param parameters in the order of writing, each checked already
 * @param sets whether it changes a worker that another line made (ProxySet)
 * @param fromMain whether the line stands in the main server
 */
record WorkerLine(String url, List<Parameter> parameters, boolean sets, boolean fromMain) {
    private static final int MAX_HOST = 256;

    record Parameter(String key, String value) {}

    /** httpd's complaint about a URL that no worker can have, or null (ap_proxy_define_worker). */
    static @org.jspecify.annotations.Nullable String complaint(String url) {
        ProxyUrl parsed = ProxyUrl.parse(fixed(url));
        if (parsed != null) {
            String host = parsed.host();
            return host.length() < MAX_HOST ? null : "worker hostname (" + host + ") too long";
        }
        int authority = url.indexOf("://");
        boolean hasHost = authority > 0 && authority + 3 < url.length() && url.charAt(authority + 3) != '/';
        return (hasHost ? "Unable to parse URL: " : "URL must be absolute!: ") + url;
    }

    /** The part of a ProxyPassMatch URL that is the same for all requests: up to the last slash before the first {@code $}. */
    static String fixed(String url) {
        int dollar = url.indexOf('$');
        if (dollar < 0) {
            return url;
        }
        int slash = url.lastIndexOf('/', dollar);
        int authority = url.indexOf("://");
        if (slash > authority + 2) {
            return url.substring(0, slash);
        }
        return url.substring(0, dollar);
    }

    /** Whether the host itself is only known from a request. */
    static boolean hasVariableHost(String url) {
        int dollar = url.indexOf('$');
        int authority = url.indexOf("://");
        return dollar >= 0
                && url.lastIndexOf('/', dollar) <= authority + 2
                && !url.substring(0, dollar).matches(".*:[0-9]+");
    }
}
