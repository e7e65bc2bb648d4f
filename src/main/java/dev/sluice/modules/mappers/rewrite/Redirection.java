package dev.sluice.modules.mappers.rewrite;

import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.util.Headers;

/** What rules of servers and of directories have in common, once they are applied. */
final class Redirection {
    private Redirection() {}

    /** True where the query that the rules made must not be sent on: nobody will escape it. */
    static boolean forbidsQuery(Rewriting rules, Rewriting.Result result, Request request) {
        boolean willBeEscaped =
                result == Rewriting.Result.REWRITTEN && !request.isProxied() && AbsoluteUrl.is(rules.name());
        return !willBeEscaped && Escapes.hasControlOrSpace(request.query());
    }

    /** To the URL that the rules made. */
    static Outcome to(String rewritten, Rewriting rules, Rewriting.Result result, Request request) {
        Trace trace = rules.trace();
        String url = rewritten;
        boolean raw = result == Rewriting.Result.REWRITTEN_RAW;
        if (!raw) {
            trace.inDirectory(1, "escaping " + url + " for redirect");
            url = Escapes.url(url, AbsoluteUrl.scheme(url));
        }
        String query = request.query();
        if (!query.isEmpty()) {
            boolean copied = raw || query.equals(rules.queryBefore());
            String shown = copied ? query : UrlPath.escaped(query);
            url = url + "?" + shown;
            trace.inDirectory(
                    1,
                    (copied ? "copying " : "escaping ") + query + " to query string for redirect "
                            + (copied ? "" : shown));
        }
        int status = rules.status() >= 300 && rules.status() < 400 ? rules.status() : 302;
        request.exchange().getResponseHeaders().put(Headers.LOCATION, url);
        trace.inDirectory(1, "redirect to " + url + " [REDIRECT/" + status + "]");
        return Outcome.status(status);
    }

    /** Hands over to mod_proxy: {@code proxy:} and the URL, which is sent as it is where it is not to be escaped. */
    static Outcome proxied(Rewriting rules, Rewriting.Result result, Request request) {
        if (result == Rewriting.Result.REWRITTEN_RAW) {
            request.notes().set("proxy-nocanon", "1");
            if (!request.query().isEmpty()) {
                request.filename(rules.name() + "?" + request.query());
            }
        }
        request.handler("proxy-server");
        rules.trace().inDirectory(1, "go-ahead with proxy request " + rules.name() + " [OK]");
        return Outcome.OK;
    }
}
