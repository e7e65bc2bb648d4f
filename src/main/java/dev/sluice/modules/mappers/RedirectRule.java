package dev.sluice.modules.mappers;

import dev.sluice.expression.Captures;
import dev.sluice.expression.Regex;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.modules.core.UrlPath;
import org.jspecify.annotations.Nullable;

/**
 * A line of Redirect or RedirectMatch.
 *
 * @param pattern null where {@code prefix} is compared literally
 * @param url null where the status is not one of a redirect
 */
record RedirectRule(@Nullable Regex pattern, String prefix, @Nullable String url, int status) {
    /** Where {@code path} is redirected to; empty for a status without a URL; null where the rule does not match. */
    @Nullable
    String map(String path) {
        if (pattern != null) {
            Captures found = pattern.find(path);
            return found == null ? null : url == null ? "" : escaped(found.expand(url));
        }
        int matched = AliasPath.matched(path, prefix);
        if (matched == 0) {
            return null;
        }
        return url == null ? "" : url + UrlPath.escaped(path.substring(matched));
    }

    /** A query or fragment that the groups brought along stays as it is; a port that goes without saying is left out. */
    private static String escaped(String url) {
        int end = 0;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        return UrlPath.escaped(withoutDefaultPort(url.substring(0, end))) + url.substring(end);
    }

    private static String withoutDefaultPort(String url) {
        boolean http = url.regionMatches(true, 0, "http://", 0, 7);
        boolean https = url.regionMatches(true, 0, "https://", 0, 8);
        if (!http && !https) {
            return url;
        }
        int slash = url.indexOf('/', 8);
        int end = slash < 0 ? url.length() : slash;
        String port = http ? ":80" : ":443";
        return url.startsWith(port, end - port.length())
                ? url.substring(0, end - port.length()) + url.substring(end)
                : url;
    }

    /**
     * Redirect without a path: where all that a section covers is redirected to.
     *
     * @param url null where the status is not one of a redirect
     */
    record OfSection(@Nullable RequestExpression url, int status) {}

    static boolean isRedirect(int status) {
        return status >= 300 && status < 400;
    }
}
