package dev.sluice.modules.proxy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line that names a balancer: ProxyPass, BalancerMember, ProxySet or {@code <Proxy balancer://x ...>}. The first one
 * makes it.
 *
 * @param name {@code balancer://x}, in lower case
 * @param path the path that ProxyPass maps to it; null for the other lines
 * @param member the member that the line adds; null for none
 * @param parameters of the balancer, each checked already
 * @param fromMain whether the line stands in the main server
 */
record BalancerLine(
        String name,
        @Nullable String path,
        @Nullable WorkerLine member,
        List<WorkerLine.Parameter> parameters,
        boolean fromMain) {
    private static final int MAX_NAME = 128;

    static boolean isBalancer(String url) {
        return url.regionMatches(true, 0, "balancer:", 0, 9);
    }

    /** The name of the balancer that {@code url} is of, as ap_proxy_get_balancer compares it; null where it has none. */
    static @Nullable String nameOf(String url) {
        int colon = url.indexOf(':');
        if (colon < 0 || !url.startsWith("://", colon) || url.length() == colon + 3) {
            return null;
        }
        int slash = url.indexOf('/', colon + 3);
        return (slash < 0 ? url : url.substring(0, slash)).toLowerCase(Locale.ROOT);
    }

    /** httpd's complaint about a balancer's URL, or null (ap_proxy_define_balancer). */
    static @Nullable String complaint(String url) {
        String name = nameOf(url);
        if (name == null) {
            return "Bad syntax for a balancer name (" + url + ")";
        }
        return name.length() >= MAX_NAME ? "balancer name (" + name + ") too long" : null;
    }
}
