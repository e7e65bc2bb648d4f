package dev.sluice.modules.mappers.rewrite;

import dev.sluice.directive.Reading;
import dev.sluice.request.Request;
import io.undertow.util.Headers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** What the flag CO sets: name, value and domain, and what else is given (add_cookie, mod_rewrite.c). */
final class RewriteCookie {
    private static final DateTimeFormatter EXPIRES = DateTimeFormatter.ofPattern(
                    "EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private RewriteCookie() {}

    /** Each name once for a client's request. What names no domain is not set. */
    static void add(String text, Request request, RewriteMarks marks, Trace trace) {
        boolean semicolons = text.startsWith(";");
        StringTokenizer fields = new StringTokenizer(semicolons ? text.substring(1) : text, semicolons ? ";" : ":");
        if (fields.countTokens() < 3) {
            return;
        }
        String name = fields.nextToken();
        if (!marks.isNewCookie(name)) {
            trace.log(5, "skipping already set cookie '" + name + "'");
            return;
        }
        String cookie = cookie(name, fields);
        Request main = request;
        for (Request next = main.main(); next != null; next = next.main()) {
            main = next;
        }
        main.alwaysHeaders().add(Headers.SET_COOKIE, cookie);
        trace.log(5, "setting cookie '" + cookie + "'");
    }

    private static String cookie(String name, StringTokenizer fields) {
        String value = fields.nextToken();
        String domain = fields.nextToken();
        String minutes = next(fields);
        String path = next(fields);
        String secure = next(fields);
        String httpOnly = next(fields);
        String sameSite = next(fields);
        StringBuilder cookie = new StringBuilder(name).append('=').append(value);
        cookie.append("; path=").append(path == null ? "/" : path);
        cookie.append("; domain=").append(domain);
        long lifetime = minutes == null ? 0 : seconds(minutes);
        if (lifetime != 0) {
            cookie.append("; expires=").append(EXPIRES.format(Instant.now().plusSeconds(lifetime)));
        }
        if (isYes(secure, "secure")) {
            cookie.append("; secure");
        }
        if (isYes(httpOnly, "HttpOnly")) {
            cookie.append("; HttpOnly");
        }
        if (sameSite != null && !sameSite.equals("0") && !sameSite.equalsIgnoreCase("false")) {
            cookie.append("; SameSite=").append(sameSite);
        }
        return cookie.toString();
    }

    private static @Nullable String next(StringTokenizer fields) {
        return fields.hasMoreTokens() ? fields.nextToken() : null;
    }

    /** A century at most, so that a date can be made of it. */
    private static long seconds(String minutes) {
        long most = 100L * 366 * 24 * 3600;
        return Math.max(-most, Math.min(most, 60L * Reading.atoi(minutes)));
    }

    private static boolean isYes(@Nullable String text, String word) {
        return text != null && (text.equals("1") || text.equalsIgnoreCase("true") || text.equalsIgnoreCase(word));
    }
}
