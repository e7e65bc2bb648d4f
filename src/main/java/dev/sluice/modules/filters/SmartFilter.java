package dev.sluice.modules.filters;

import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Filter;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A filter of mod_filter's: what stands in the chain is the first of its providers that fits the response (filter_lookup).
 *
 * @param type where it stands, as {@link dev.sluice.request.FilterType} counts
 */
record SmartFilter(String name, int type, List<Provider> providers) {
    private static final HttpString CONTENT_MD5 = new HttpString("Content-MD5");

    /**
     * A filter that may do the work.
     *
     * @param types media types that it is for; where there are none the expression decides
     */
    record Provider(String name, List<String> types, @Nullable RequestExpression expression, Protocol protocol) {
        boolean fits(Request request) {
            RequestExpression condition = expression;
            return condition != null ? condition.test(request) : hasType(request);
        }

        private boolean hasType(Request request) {
            String type = request.exchange().getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
            if (type == null) {
                return false;
            }
            int length = 0;
            while (length < type.length() && "; \t".indexOf(type.charAt(length)) < 0) {
                length++;
            }
            for (int i = 0; i < types.size(); i++) {
                String each = types.get(i);
                if (each.length() == length && each.regionMatches(true, 0, type, 0, length)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What a provider does to the response beside filtering it (FilterProtocol). */
    record Protocol(
            boolean changes,
            boolean changesLength,
            boolean noRanges,
            boolean noProxy,
            boolean noCache,
            boolean transforms) {
        static final Protocol NONE = new Protocol(false, false, false, false, false, false);

        /** Words between commas and blanks; unknown ones mean nothing. */
        static Protocol read(String flags) {
            List<String> words = List.of(flags.toLowerCase(Locale.ROOT).split("[ ,=]*[, ][ ,=]*"));
            boolean oneToOne = words.contains("change=1:1");
            return new Protocol(
                    words.contains("change=yes") || oneToOne,
                    words.contains("change=yes"),
                    words.contains("byteranges=no"),
                    words.contains("proxy=no"),
                    words.contains("cache=no"),
                    words.contains("proxy=transform"));
        }

        /** False where the response must not be filtered. */
        boolean apply(Request request) {
            HeaderMap headers = request.exchange().getResponseHeaders();
            if (noProxy && request.isProxied()) {
                return false;
            }
            if (transforms && request.isProxied()) {
                String control = headers.getFirst(Headers.CACHE_CONTROL);
                if (control != null && control.toLowerCase(Locale.ROOT).contains("no-transform")) {
                    return false;
                }
            }
            if (changes) {
                headers.remove(CONTENT_MD5);
                headers.remove(Headers.ETAG);
            }
            if (changesLength) {
                headers.remove(Headers.CONTENT_LENGTH);
            }
            if (noRanges) {
                headers.put(Headers.ACCEPT_RANGES, "none");
            }
            if (noCache) {
                headers.remove(Headers.LAST_MODIFIED);
                headers.put(Headers.CACHE_CONTROL, "no-cache");
            }
            return true;
        }
    }

    /** As later lines of the same section have it. */
    SmartFilter with(Provider more) {
        List<Provider> all = new ArrayList<>(providers);
        all.add(more);
        return new SmartFilter(name, type, List.copyOf(all));
    }

    /** The filter that stands in the chain for it. */
    Filter.Kind kind() {
        return new Filter.Kind(name, type, this::begin);
    }

    private @Nullable Filter begin(Request request) {
        if (request.errorStatus() != 0 || request.exchange().getStatusCode() != 200) {
            return null;
        }
        for (int i = 0; i < providers.size(); i++) {
            Provider provider = providers.get(i);
            if (provider.fits(request)) {
                Filter.Kind kind = request.filters().output(provider.name);
                return kind == null || !provider.protocol.apply(request)
                        ? null
                        : kind.maker().begin(request);
            }
        }
        return null;
    }
}
