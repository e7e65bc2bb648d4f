package dev.sluice.server;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Set;
import java.util.TreeSet;

/** One Vary field of what several say, each name once (fixup_vary, http_filters.c). */
final class Vary {
    private Vary() {}

    static void join(HeaderMap headers) {
        HeaderValues values = headers.get(Headers.VARY);
        if (values == null || (values.size() == 1 && isOne(values.getFirst()))) {
            return;
        }
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        StringBuilder out = new StringBuilder();
        for (String value : values) {
            add(value, known, out);
        }
        headers.put(Headers.VARY, out.toString());
    }

    private static boolean isOne(String value) {
        return value.indexOf(',') < 0 && value.indexOf(' ') < 0;
    }

    private static void add(String value, Set<String> known, StringBuilder out) {
        int start = 0;
        while (start < value.length()) {
            int end = start;
            while (end < value.length() && value.charAt(end) != ',' && value.charAt(end) > ' ') {
                end++;
            }
            if (end > start && known.add(value.substring(start, end))) {
                out.append(out.length() == 0 ? "" : ",").append(value, start, end);
            }
            start = end + 1;
        }
    }
}
