package dev.sluice.modules.proxy;

import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.HeaderValues;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a backend says of itself into what the client may see: ProxyPassReverse for URLs, ProxyPassReverseCookiePath
 * and ProxyPassReverseCookieDomain for cookies. The first mapping that fits counts.
 *
 * @param urls real, the backend's prefix, and the path or URL that stands for it
 * @param cookiePaths path prefixes; what stands for one stands for the whole path
 * @param cookieDomains whole domains
 * @param members the names of the members of a balancer
 */
public record ReverseMappings(
        List<Mapping> urls,
        List<Mapping> cookiePaths,
        List<Mapping> cookieDomains,
        Function<String, List<String>> members) {
    public static final ReverseMappings NONE = new ReverseMappings(List.of(), List.of(), List.of());

    private static final List<HttpString> PLACES = List.of(
            Headers.LOCATION, Headers.CONTENT_LOCATION, new HttpString("URI"), new HttpString("Destination"));

    public ReverseMappings(List<Mapping> urls, List<Mapping> cookiePaths, List<Mapping> cookieDomains) {
        this(urls, cookiePaths, cookieDomains, balancer -> List.of());
    }

    ReverseMappings of(Function<String, List<String>> ofBalancers) {
        return new ReverseMappings(urls, cookiePaths, cookieDomains, ofBalancers);
    }

    /** What the backend says, and what the client sees instead. */
    public record Mapping(String real, String shown) {}

    /** Changes what the answer in {@code exchange} says of places and cookies. */
    void mapBack(HttpServerExchange exchange) {
        HeaderMap answer = exchange.getResponseHeaders();
        for (HttpString name : PLACES) {
            String place = answer.getFirst(name);
            if (place != null) {
                answer.put(name, url(place, exchange));
            }
        }
        HeaderValues cookies = answer.get(Headers.SET_COOKIE);
        if (cookies != null) {
            List<String> mapped = cookies.stream().map(this::cookie).toList();
            answer.remove(Headers.SET_COOKIE);
            answer.addAll(Headers.SET_COOKIE, mapped);
        }
    }

    /** {@code url} of a Location header and the like (ap_proxy_location_reverse_map). */
    String url(String url, HttpServerExchange exchange) {
        for (Mapping mapping : urls) {
            if (BalancerLine.isBalancer(mapping.real)) {
                String shown = ofMember(url, mapping);
                if (shown != null) {
                    return isUrl(shown) ? shown : ownUrl(shown, exchange);
                }
            }
            String part = mapping.real.startsWith("/") ? path(url) : url;
            if (!mapping.real.isEmpty() && part.regionMatches(true, 0, mapping.real, 0, mapping.real.length())) {
                String shown = mapping.shown + part.substring(mapping.real.length());
                return isUrl(shown) ? shown : ownUrl(shown, exchange);
            }
        }
        return url;
    }

    /** Where {@code url} is a member's, what stands for it: {@code /b} for {@code balancer://x/p} is for each member's /p. */
    private @Nullable String ofMember(String url, Mapping mapping) {
        String balancer = mapping.real;
        int slash = balancer.indexOf('/', "balancer://".length());
        String below = slash < 0 || slash + 1 == balancer.length() ? "" : balancer.substring(slash);
        for (String name : members.apply(balancer)) {
            String member = !below.isEmpty() && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            if (url.regionMatches(true, 0, member, 0, member.length()) && url.startsWith(below, member.length())) {
                String rest = url.substring(member.length() + below.length());
                boolean slashes = below.isEmpty() && mapping.shown.equals("/") && rest.startsWith("/");
                return slashes ? rest : mapping.shown + rest;
            }
        }
        return null;
    }

    private static String path(String url) {
        int authority = url.indexOf("://");
        int slash = authority < 0 ? -1 : url.indexOf('/', authority + 3);
        return slash < 0 ? url : url.substring(slash);
    }

    /** As ap_is_url: a scheme's letters, then a colon. */
    private static boolean isUrl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > 0;
            }
            if (!Character.isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return false;
    }

    /** As a URL of this server (ap_construct_url). */
    private static String ownUrl(String path, HttpServerExchange exchange) {
        Request request = Request.of(exchange);
        if (request != null) {
            return SelfReference.url(request, path);
        }
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        return exchange.getRequestScheme() + "://" + (host == null ? exchange.getHostAndPort() : host) + path;
    }

    /** A Set-Cookie value; all but path and domain stays as it is, order included (ap_proxy_cookie_reverse_map). */
    String cookie(String cookie) {
        if (cookiePaths.isEmpty() && cookieDomains.isEmpty()) {
            return cookie;
        }
        StringBuilder out = new StringBuilder(cookie.length() + 16);
        int start = 0;
        while (start <= cookie.length()) {
            int semicolon = cookie.indexOf(';', start);
            int end = semicolon < 0 ? cookie.length() : semicolon;
            attribute(cookie, start, end, out);
            if (semicolon >= 0) {
                out.append(';');
            }
            start = end + 1;
        }
        return out.toString();
    }

    private void attribute(String cookie, int start, int end, StringBuilder out) {
        int name = start;
        while (name < end && cookie.charAt(name) == ' ') {
            name++;
        }
        if (cookie.regionMatches(true, name, "path=", 0, 5)) {
            out.append(cookie, start, name + 5).append(mappedPath(cookie.substring(name + 5, end)));
        } else if (cookie.regionMatches(true, name, "domain=", 0, 7)) {
            out.append(cookie, start, name + 7).append(mappedDomain(cookie.substring(name + 7, end)));
        } else {
            out.append(cookie, start, end);
        }
    }

    /** What follows the prefix is dropped (ap_proxy_cookie_reverse_map, proxy_util.c). */
    private String mappedPath(String path) {
        for (Mapping mapping : cookiePaths) {
            if (path.startsWith(mapping.real)) {
                return mapping.shown;
            }
        }
        return path;
    }

    private String mappedDomain(String domain) {
        for (Mapping mapping : cookieDomains) {
            if (domain.equalsIgnoreCase(mapping.real)) {
                return mapping.shown;
            }
        }
        return domain;
    }
}
