package dev.sluice.modules.filters;

import dev.sluice.directive.Arg;
import dev.sluice.directive.Reading;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;

/** The ETag of a body that was encoded: it is another representation (deflate_check_etag, mod_deflate.c). */
final class EncodedTag {
    enum Way {
        ADD_SUFFIX,
        NO_CHANGE,
        REMOVE
    }

    private EncodedTag() {}

    static Arg<Way> way(String complaint) {
        return Reading.oneOf(Way.class, word -> complaint);
    }

    static void alter(HeaderMap headers, String suffix, Way way) {
        String tag = headers.getFirst(Headers.ETAG);
        if (tag == null || tag.length() <= 2) {
            return;
        }
        switch (way) {
            case ADD_SUFFIX -> {
                boolean quoted = tag.endsWith("\"");
                String text = quoted ? tag.substring(0, tag.length() - 1) : tag;
                headers.put(Headers.ETAG, text + "-" + suffix + (quoted ? "\"" : ""));
            }
            case REMOVE -> headers.remove(Headers.ETAG);
            case NO_CHANGE -> {}
        }
    }
}
