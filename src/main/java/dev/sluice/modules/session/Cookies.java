package dev.sluice.modules.session;

import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Cookies as httpd's util_cookies.c reads and writes them. */
final class Cookies {
    private static final HttpString COOKIE2 = new HttpString("Cookie2");

    /** Of a cookie that names none. */
    private static final String USUAL_ATTRIBUTES = "HttpOnly;Secure;Version=1";

    private final String start;
    private @Nullable String found;
    private boolean ambiguous;
    private final StringBuilder others = new StringBuilder();

    private Cookies(String name) {
        this.start = name + "=";
    }

    /**
     * The value that the client sent; null where it sent none, or several that differ.
     *
     * @param remove take it out of the request, so that no backend sees it
     */
    static @Nullable String read(Request request, String name, boolean remove) {
        HeaderMap headers = request.exchange().getRequestHeaders();
        Cookies cookies = new Cookies(name);
        cookies.look(headers.get(Headers.COOKIE));
        cookies.look(headers.get(COOKIE2));
        if (cookies.ambiguous) {
            request.log(
                    Level.ERROR,
                    "core",
                    "AH00011: ap_cookie: client submitted cookie '" + name + "' more than once: " + request.path());
            return null;
        }
        if (remove) {
            headers.remove(Headers.COOKIE);
            headers.remove(COOKIE2);
            if (cookies.others.length() > 0) {
                headers.put(Headers.COOKIE, cookies.others.toString());
            }
        }
        return cookies.found;
    }

    /** extract_cookie_line of util_cookies.c. */
    private void look(@Nullable HeaderValues fields) {
        if (fields == null) {
            return;
        }
        for (String field : fields) {
            StringBuilder rest = new StringBuilder();
            String between = "";
            boolean eats = false;
            StringTokenizer lists = new StringTokenizer(field, ",");
            while (lists.hasMoreTokens()) {
                StringTokenizer cookies = new StringTokenizer(lists.nextToken(), ";");
                while (cookies.hasMoreTokens()) {
                    String cookie = cookies.nextToken();
                    String trimmed = cookie.stripLeading();
                    if (trimmed.startsWith(start)) {
                        take(trimmed.substring(start.length()));
                        eats = true;
                    } else {
                        eats = eats && trimmed.startsWith("$");
                        if (!eats) {
                            rest.append(between).append(cookie);
                        }
                    }
                    between = ";";
                }
                between = ",";
            }
            if (rest.length() > 0) {
                others.append(others.length() > 0 ? ", " : "").append(rest);
            }
        }
    }

    private void take(String value) {
        ambiguous |= found != null && !found.equals(value);
        found = value;
    }

    /** {@code name=value;Max-Age=60;path=/}; an empty value takes the cookie away. */
    static String written(String name, String value, long maxAge, String attributes) {
        if (value.isEmpty()) {
            return name + "=;Max-Age=0;" + attributes;
        }
        return name + "=" + value + ";" + (maxAge == 0 ? "" : "Max-Age=" + maxAge + ";")
                + (attributes.isEmpty() ? USUAL_ATTRIBUTES : attributes);
    }
}
