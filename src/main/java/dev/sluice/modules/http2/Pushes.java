package dev.sluice.modules.http2;

import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import dev.sluice.wire.http2.Http2ServerConnection;
import dev.sluice.wire.http2.Push;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a response has pushed by its Link headers (h2_push_collect). */
final class Pushes {
    static final HttpString LINK = new HttpString("Link");
    private static final HttpString ACCEPT_PUSH_POLICY = new HttpString("Accept-Push-Policy");
    private static final HttpString PUSH_POLICY = new HttpString("Push-Policy");

    /** What a pushed request has of the one that brought it. */
    private static final List<HttpString> TAKEN_OVER = List.of(
            Headers.ACCEPT,
            Headers.ACCEPT_ENCODING,
            Headers.ACCEPT_LANGUAGE,
            Headers.CACHE_CONTROL,
            Headers.USER_AGENT,
            Headers.HOST);

    private static final int FIRST_ERROR = 400;

    /** What the client says of pushes to a request. */
    enum Policy {
        NONE,
        DEFAULT,
        HEAD,
        FAST_LOAD;

        String word() {
            return this == FAST_LOAD ? "fast-load" : name().toLowerCase(Locale.ROOT);
        }
    }

    private Pushes() {}

    static Policy policy(Request request) {
        String wanted = request.exchange().getRequestHeaders().getFirst(ACCEPT_PUSH_POLICY);
        if (wanted == null) {
            return Policy.DEFAULT;
        }
        return switch (wanted) {
            case "none" -> Policy.NONE;
            case "head" -> Policy.HEAD;
            case "fast-load" -> Policy.FAST_LOAD;
            default -> Policy.DEFAULT;
        };
    }

    static Outcome ofResponse(Request request) {
        if (request.exchange().getConnection() instanceof Http2ServerConnection stream) {
            HeaderMap headers = request.exchange().getResponseHeaders();
            if (stream.pushedOn() != 0) {
                place(request, stream, headers.getFirst(Headers.CONTENT_TYPE));
            } else if (request.exchange().getStatusCode() < FIRST_ERROR) {
                of(request, stream, headers);
            }
        }
        return Outcome.DECLINED;
    }

    private static void place(Request request, Http2ServerConnection stream, @Nullable String type) {
        Map<String, PushPriority> all = request.server().settings().get(Http2Module.PUSH_PRIORITY);
        if (!all.isEmpty()) {
            PushPriority own = PushPriority.of(all, type);
            stream.place(
                    own.dependency() == PushPriority.Dependency.BEFORE,
                    own.dependency() == PushPriority.Dependency.AFTER,
                    own.weight());
        }
    }

    /** Of a final response, or of a 103. */
    static void of(Request request, Http2ServerConnection stream, HeaderMap response) {
        HeaderValues links = response.get(LINK);
        if (links == null
                || !stream.pushes()
                || !request.method().equals("GET")
                || !request.settings().get(Http2Module.PUSH_HERE)) {
            return;
        }
        Policy policy = policy(request);
        if (policy == Policy.NONE) {
            return;
        }
        boolean any = false;
        for (String header : links) {
            for (Links.Preload preload : Links.preloads(header)) {
                any |= push(request, stream, preload, policy);
            }
        }
        if (any) {
            response.put(PUSH_POLICY, policy.word());
        }
    }

    private static boolean push(Request request, Http2ServerConnection stream, Links.Preload preload, Policy policy) {
        HeaderMap in = request.exchange().getRequestHeaders();
        String authority = in.getFirst(Headers.HOST);
        String path = authority == null
                ? null
                : path(preload.target(), request.exchange().getRequestScheme(), authority);
        if (authority == null || path == null) {
            return false;
        }
        HeaderMap headers = new HeaderMap();
        for (HttpString name : TAKEN_OVER) {
            HeaderValues values = in.get(name);
            if (values != null) {
                headers.putAll(name, values);
            }
        }
        String method = policy == Policy.HEAD ? "HEAD" : "GET";
        int weight = PushPriority.of(request.server().settings().get(Http2Module.PUSH_PRIORITY), null)
                .weight();
        stream.push(new Push(method, authority, path, headers, preload.critical(), Math.max(1, weight)));
        return true;
    }

    /** Null where the target is of another origin, or has no path from the root. */
    private static @Nullable String path(String target, String scheme, String authority) {
        String rest = target;
        int colon = rest.indexOf("://");
        if (colon > 0 && rest.indexOf('/') > colon) {
            if (!rest.substring(0, colon).equalsIgnoreCase(scheme)) {
                return null;
            }
            rest = rest.substring(colon + 1);
        }
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            if (slash < 0 || !rest.substring(2, slash).equalsIgnoreCase(authority)) {
                return null;
            }
            rest = rest.substring(slash);
        }
        int fragment = rest.indexOf('#');
        rest = fragment < 0 ? rest : rest.substring(0, fragment);
        return rest.startsWith("/") && clean(rest) ? rest : null;
    }

    private static boolean clean(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
