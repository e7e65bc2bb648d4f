package dev.sluice.modules.mappers;

/** How the URL path of an Alias or Redirect is compared with that of a request. */
final class AliasPath {
    private AliasPath() {}

    /**
     * How many characters of {@code path} the {@code prefix} matches; 0 for none. A slash matches any number of slashes,
     * and the prefix ends where a segment ends (alias_matches, mod_alias.c).
     */
    static int matched(String path, String prefix) {
        int at = 0;
        int i = 0;
        while (i < prefix.length()) {
            if (at >= path.length() || path.charAt(at) != prefix.charAt(i)) {
                return 0;
            }
            boolean slash = prefix.charAt(i) == '/';
            at++;
            i++;
            while (slash && i < prefix.length() && prefix.charAt(i) == '/') {
                i++;
            }
            while (slash && at < path.length() && path.charAt(at) == '/') {
                at++;
            }
        }
        boolean whole = prefix.endsWith("/") || at == path.length() || path.charAt(at) == '/';
        return whole ? at : 0;
    }
}
