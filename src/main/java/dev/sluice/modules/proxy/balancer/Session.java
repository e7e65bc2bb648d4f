package dev.sluice.modules.proxy.balancer;

import org.jspecify.annotations.Nullable;

/**
 * Where a client's session wants to go (find_session_route, mod_proxy_balancer.c).
 *
 * @param sticky the name of the parameter or cookie it was found by
 * @param route what stands behind the separator; empty where nothing does
 */
public record Session(String sticky, String route) {
    /**
     * The session of a request; null where it has none, or one without a route.
     *
     * @param url the whole URL, with its query
     * @param cookies the Cookie fields, joined; null where there is none
     */
    public static @Nullable Session of(BalancerParameters balancer, String url, @Nullable String cookies) {
        if (balancer.sticky().isEmpty()) {
            return null;
        }
        String sticky = balancer.stickyPath();
        String value = inPath(url, sticky, balancer.semicolons() ? ";?&" : "?&");
        if (value == null && cookies != null) {
            sticky = balancer.sticky();
            value = inCookies(cookies, sticky);
        }
        if (value == null || balancer.separator() == 0) {
            return value == null ? null : new Session(sticky, value);
        }
        int separator = value.indexOf(balancer.separator());
        return separator < 0 ? null : new Session(sticky, value.substring(separator + 1));
    }

    /** What follows {@code name=}, up to one of {@code ends}. */
    private static @Nullable String inPath(String url, String name, String ends) {
        for (int at = url.indexOf(name); at >= 0; at = url.indexOf(name, at + name.length() + 1)) {
            int start = at + name.length();
            if (start + 1 < url.length() && url.charAt(start) == '=') {
                return token(url, start + 1, ends);
            }
        }
        return null;
    }

    /** As C's strtok: ends before the text are skipped. */
    private static @Nullable String token(String text, int from, String ends) {
        int start = from;
        while (start < text.length() && ends.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return start == text.length() ? null : text.substring(start, end);
    }

    private static @Nullable String inCookies(String cookies, String name) {
        for (int at = cookies.indexOf(name); at >= 0; at = cookies.indexOf(name, at + 1)) {
            if (at > 0 && ";, \t".indexOf(cookies.charAt(at - 1)) < 0) {
                continue;
            }
            int start = at + name.length();
            while (start < cookies.length() && Character.isWhitespace(cookies.charAt(start))) {
                start++;
            }
            if (start + 1 < cookies.length() && cookies.charAt(start) == '=') {
                int end = start + 1;
                while (end < cookies.length() && cookies.charAt(end) != ';' && cookies.charAt(end) != ',') {
                    end++;
                }
                return cookies.substring(start + 1, end);
            }
        }
        return null;
    }
}
