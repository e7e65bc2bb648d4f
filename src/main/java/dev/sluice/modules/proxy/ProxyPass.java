package dev.sluice.modules.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of ProxyPass or ProxyPassMatch.
 *
 * @param path the prefix, or the pattern as written
 * @param regex what a path is matched by instead of the prefix; null for a prefix
 * @param url the backend's URL, or {@code !}: such paths are not proxied
 * @param noCanon the path goes on as the client wrote it
 * @param noQuery the query does not go on
 * @param fromMain whether the line stands in the main server (ProxyPassInherit)
 */
record ProxyPass(String path, @Nullable Pattern regex, String url, boolean noCanon, boolean noQuery, boolean fromMain) {
    boolean excludes() {
        return url.equals("!");
    }

    /** How many chars of {@code path} the prefix stands for; 0 where it does not match (alias_match, mod_proxy.c). */
    static int prefix(String path, String prefix) {
        int p = 0;
        int u = 0;
        while (p < prefix.length() && u < path.length()) {
            if (prefix.charAt(p) == '/') {
                if (path.charAt(u) != '/') {
                    return 0;
                }
                p = afterSlashes(prefix, p);
                u = afterSlashes(path, u);
            } else if (prefix.charAt(p++) != path.charAt(u++)) {
                return 0;
            }
        }
        if (p < prefix.length() || p == 0) {
            return 0;
        }
        boolean atBoundary = prefix.charAt(p - 1) == '/' || u == path.length() || path.charAt(u) == '/';
        return atBoundary ? u : 0;
    }

    private static int afterSlashes(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '/') {
            end++;
        }
        return end;
    }

    /**
     * The URL with {@code $0} to {@code $9} filled in; a backslash takes a dollar's meaning (ap_pregsub). A URL without
     * any has the whole path added.
     */
    static String substitute(String url, String path, Matcher matched) {
        if (url.indexOf('$') < 0) {
            return url + path;
        }
        StringBuilder out = new StringBuilder(url.length() + 32);
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            char next = i + 1 < url.length() ? url.charAt(i + 1) : 0;
            if (c == '\\' && (next == '$' || next == '&')) {
                out.append(next);
                i++;
            } else if (c == '$' && next >= '0' && next <= '9') {
                int group = next - '0';
                String value = group <= matched.groupCount() ? matched.group(group) : null;
                out.append(value == null ? "" : value);
                i++;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
