package dev.sluice.modules.proxy;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of ProxyRemote or ProxyRemoteMatch: what another proxy is asked for.
 *
 * @param what a scheme, the beginning of URLs, {@code *}, or the pattern as written
 * @param pattern of ProxyRemoteMatch; null for the others
 * @param proxy who is asked
 */
record ProxyRemote(String what, @Nullable Pattern pattern, ProxyUrl proxy) {
    boolean serves(String url) {
        if (pattern != null) {
            return pattern.matcher(url).find();
        }
        if (what.equals("*")) {
            return true;
        }
        String lower = url.toLowerCase(Locale.ROOT);
        return what.indexOf(':') < 0 ? lower.startsWith(what + ":") : lower.startsWith(what);
    }
}
