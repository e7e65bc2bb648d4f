package dev.sluice.modules.metadata;

import dev.sluice.modules.core.HttpDate;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The cookie that tells visitors apart, as one place gives it. */
final class TrackingCookie {
    /** How the cookie is written. */
    enum Style {
        NETSCAPE,
        COOKIE,
        COOKIE2
    }

    private static final HttpString SET_COOKIE2 = new HttpString("Set-Cookie2");

    private final boolean given;
    private final String name;
    private final Style style;
    private final int seconds;
    private final String tail;

    /** {@code said}: the values of the directives, by their names in lower case. */
    TrackingCookie(Map<String, Object> said) {
        given = Boolean.TRUE.equals(said.get("cookietracking"));
        name = said.get("cookiename") instanceof String text ? text : "Apache";
        style = said.get("cookiestyle") instanceof Style other ? other : Style.NETSCAPE;
        seconds = said.get("cookieexpires") instanceof Integer number ? number : 0;
        tail = tail(said, style);
    }

    private static String tail(Map<String, Object> said, Style style) {
        StringBuilder text = new StringBuilder();
        if (said.get("cookiedomain") instanceof String domain) {
            text.append("; domain=").append(domain);
        }
        text.append(style == Style.COOKIE2 ? "; version=1" : "");
        if (said.get("cookiesamesite") instanceof String sameSite) {
            text.append("; ").append(sameSite);
        }
        return text.append(Boolean.TRUE.equals(said.get("cookiesecure")) ? "; Secure" : "")
                .append(Boolean.TRUE.equals(said.get("cookiehttponly")) ? "; HttpOnly" : "")
                .toString();
    }

    boolean isGiven() {
        return given;
    }

    /** The field that gives it. */
    HttpString header() {
        return style == Style.COOKIE2 ? SET_COOKIE2 : Headers.SET_COOKIE;
    }

    /** The value that the client sent, or null. */
    @Nullable
    String in(HeaderMap request) {
        String sent = request.getFirst(Headers.COOKIE);
        int at = sent == null ? -1 : start(sent);
        if (sent == null || at < 0) {
            return null;
        }
        int end = sent.indexOf(';', at);
        return sent.substring(at, end < 0 ? sent.length() : end);
    }

    /** Where the value begins: at the start, or behind a semicolon; it is not empty. */
    private int start(String sent) {
        for (int at = sent.indexOf(name); at >= 0; at = sent.indexOf(name, at + 1)) {
            int value = at + name.length() + 1;
            boolean named = value < sent.length() && sent.charAt(value - 1) == '=' && sent.charAt(value) != ';';
            if (named && isFirst(sent, at)) {
                return value;
            }
        }
        return -1;
    }

    private static boolean isFirst(String sent, int at) {
        int before = at - 1;
        while (before > 0 && (sent.charAt(before) == ' ' || sent.charAt(before) == '\t')) {
            before--;
        }
        return at == 0 || (before >= 0 && sent.charAt(before) == ';');
    }

    /** A random number and the time in microseconds. */
    static String newValue() {
        return Integer.toHexString(ThreadLocalRandom.current().nextInt()) + "."
                + Long.toHexString(System.currentTimeMillis() * 1000);
    }

    String text(String value) {
        String life = "";
        if (seconds != 0) {
            life = style == Style.NETSCAPE
                    ? "; expires=" + netscapeDate(System.currentTimeMillis() / 1000 + seconds)
                    : "; max-age=" + seconds;
        }
        return name + "=" + value + "; path=/" + life + tail;
    }

    /** {@code Thu, 01-Jan-26 00:00:00 GMT}. */
    private static String netscapeDate(long at) {
        String date = HttpDate.format(at);
        return date.substring(0, 7) + "-" + date.substring(8, 11) + "-" + date.substring(14);
    }
}
