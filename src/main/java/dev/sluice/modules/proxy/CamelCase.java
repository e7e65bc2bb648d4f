package dev.sluice.modules.proxy;

import io.undertow.util.HttpString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names of fields as HTTP/1 writes them, for those that came by HTTP/2 and have no capitals (h2_util_camel_case_header). */
final class CamelCase {
    /** Clients choose names; what is beyond this is made anew each time. */
    private static final int MOST_KNOWN = 256;

    private static final Map<HttpString, HttpString> KNOWN = new ConcurrentHashMap<>();

    private CamelCase() {}

    static HttpString of(HttpString name) {
        HttpString known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        HttpString made = new HttpString(capitalized(name.toString()));
        if (KNOWN.size() < MOST_KNOWN) {
            KNOWN.put(made, made);
        }
        return made;
    }

    private static String capitalized(String name) {
        StringBuilder out = new StringBuilder(name.length());
        boolean starts = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(starts && c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
            starts = c == '-';
        }
        return out.toString();
    }
}
