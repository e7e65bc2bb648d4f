package dev.sluice.modules.filters;

import dev.sluice.directive.Scope;
import dev.sluice.request.FilterType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The output filters that a line of the configuration may name, while it is read. One for each reading: ExtFilterDefine adds
 * to it.
 */
public final class FilterNames {
    private record Known(String module, int type) {}

    /** By name in lower case; the core's own are always there. */
    private static final Map<String, Known> OF_MODULES = Map.ofEntries(
            Map.entry("deflate", new Known("deflate_module", FilterType.CONTENT_SET)),
            Map.entry("inflate", new Known("deflate_module", FilterType.RESOURCE - 1)),
            Map.entry("brotli_compress", new Known("brotli_module", FilterType.CONTENT_SET)),
            Map.entry("substitute", new Known("substitute_module", FilterType.RESOURCE)),
            Map.entry("rate_limit", new Known("ratelimit_module", FilterType.PROTOCOL + 3)),
            Map.entry("buffer", new Known("buffer_module", FilterType.CONTENT_SET)),
            Map.entry("includes", new Known("include_module", FilterType.RESOURCE)),
            Map.entry("sed", new Known("sed_module", FilterType.RESOURCE)),
            Map.entry("proxy-html", new Known("proxy_html_module", FilterType.RESOURCE)),
            Map.entry("xml2enc", new Known("xml2enc_module", FilterType.RESOURCE)),
            Map.entry("xlateout", new Known("charset_lite_module", FilterType.RESOURCE)),
            Map.entry("data", new Known("data_module", FilterType.RESOURCE)),
            Map.entry("cache", new Known("cache_module", FilterType.CONTENT_SET + 10)),
            Map.entry("cache_save", new Known("cache_module", FilterType.CONTENT_SET + 1)),
            Map.entry("cache_out", new Known("cache_module", FilterType.CONTENT_SET + 1)),
            Map.entry("mod_expires", new Known("expires_module", FilterType.CONTENT_SET - 2)),
            Map.entry("fixup_headers_out", new Known("headers_module", FilterType.CONTENT_SET)),
            Map.entry("fixup_headers_err", new Known("headers_module", FilterType.CONTENT_SET)));

    private static final Set<String> OF_CORE =
            Set.of("byterange", "content_length", "http_header", "old_write", "chunk", "http_outerror", "core");

    private final Map<String, Integer> defined = new HashMap<>();

    /** False where the name is taken. */
    boolean define(String name, int type) {
        return defined.putIfAbsent(name.toLowerCase(Locale.ROOT), type) == null;
    }

    /** The type of a filter; null where there is none of that name. */
    @Nullable
    Integer type(String name, Scope scope) {
        String lower = name.toLowerCase(Locale.ROOT);
        Integer own = defined.get(lower);
        if (own != null) {
            return own;
        }
        Known known = OF_MODULES.get(lower);
        if (known != null) {
            return scope.isLoaded(known.module) ? known.type : null;
        }
        return OF_CORE.contains(lower) ? FilterType.PROTOCOL : null;
    }
}
