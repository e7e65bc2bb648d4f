package dev.sluice.modules.proxy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The backends that the lines of a server name: their URLs are not taken apart anew for each request. Any thread. */
final class KnownBackends {
    /** They are looked through one by one. */
    private static final int MOST = 16;

    private final List<Backend> all = new ArrayList<>();

    /** @param text scheme and authority as written */
    private record Backend(String text, ProxyUrl url) {}

    KnownBackends(List<ProxyPass> passes) {
        for (ProxyPass pass : passes) {
            String url = pass.url();
            ProxyUrl parsed = ProxyUrl.parse(url);
            if (parsed != null && url.indexOf('$') < 0 && all.size() < MOST && known(url) == null) {
                all.add(new Backend(
                        url.substring(0, url.length() - parsed.path().length()), parsed));
            }
        }
    }

    /** {@code url} taken apart; null where it is no URL. */
    @Nullable
    ProxyUrl parse(String url) {
        Backend known = known(url);
        return known == null ? ProxyUrl.parse(url) : known.url.withPath(url.substring(known.text.length()));
    }

    private @Nullable Backend known(String url) {
        for (int i = 0; i < all.size(); i++) {
            Backend backend = all.get(i);
            int end = backend.text.length();
            if (url.startsWith(backend.text) && (url.length() == end || "/?#".indexOf(url.charAt(end)) >= 0)) {
                return backend;
            }
        }
        return null;
    }
}
