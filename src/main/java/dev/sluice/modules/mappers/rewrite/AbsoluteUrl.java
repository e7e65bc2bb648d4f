package dev.sluice.modules.mappers.rewrite;

import java.util.List;

/** The schemes that make a substitution a URL of its own (is_absolute_uri, mod_rewrite.c). */
final class AbsoluteUrl {
    /** Those with a query behind a question mark. */
    private static final List<String> WITH_QUERY = List.of(
            "http://",
            "https://",
            "ajp://",
            "balancer://",
            "fcgi://",
            "scgi://",
            "ws://",
            "wss://",
            "h2://",
            "h2c://",
            "unix:",
            "mailto:");

    private static final List<String> WITHOUT_QUERY = List.of("ftp://", "gopher://", "ldap://", "news:", "nntp://");

    private AbsoluteUrl() {}

    /** The length of the scheme with what ends it; 0 for no absolute URL. */
    static int scheme(String url) {
        int length = withQuery(url);
        return length > 0 ? length : found(url, WITHOUT_QUERY);
    }

    static boolean is(String url) {
        return scheme(url) > 0;
    }

    /** As {@link #scheme}, of schemes that have queries. */
    static int withQuery(String url) {
        return found(url, WITH_QUERY);
    }

    private static int found(String url, List<String> schemes) {
        if (url.startsWith("/") || url.length() <= 5 || url.indexOf(':') < 0) {
            return 0;
        }
        for (int i = 0; i < schemes.size(); i++) {
            String scheme = schemes.get(i);
            if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return 0;
    }
}
