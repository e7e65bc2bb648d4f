package dev.sluice.modules.mappers.rewrite;

import dev.sluice.expression.Captures;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.modules.mappers.rewrite.RuleFlags.Is;
import dev.sluice.request.Request;
import io.undertow.util.Headers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a list of rules (apply_rewrite_list, mod_rewrite.c). What the rules make of the URL stands in
 * {@link Request#filename}, as in httpd.
 *
 * <p>On an I/O thread it stops before a rule that would have to wait, and goes on with that rule on another thread: nothing
 * is done twice, as a rule changes nothing before its conditions hold.
 */
final class Rewriting {
    /** What the list came to. */
    enum Result {
        UNCHANGED,
        REWRITTEN,
        /** Rewritten, and not to be escaped. */
        REWRITTEN_RAW,
        /** {@link #status} answers. */
        ANSWERED,
        /** To be asked again on a thread that may wait. */
        ON_WORKER
    }

    private enum Tried {
        FAILED,
        MATCHED,
        SUBSTITUTED,
        REFUSED,
        ON_WORKER
    }

    static final String PASS_THROUGH = "passthrough:";

    private final Request request;
    private final Rewrites rules;
    private final Map<String, RewriteMap> maps;
    private final @Nullable String directory;
    private final Trace trace;
    private final RuleMatch match;
    private final String queryBefore;
    private final @Nullable String filenameBefore;
    private int next;
    private int rounds;
    private int status;
    private Result changed = Result.UNCHANGED;
    private @Nullable Result done;
    private @Nullable RewriteRule last;
    private boolean reduced;
    private boolean resumed;

    /**
     * @param maps of the server
     * @param directory of the rules; null for those of a server
     */
    Rewriting(
            Request request,
            Rewrites rules,
            Map<String, RewriteMap> maps,
            @Nullable String directory,
            @Nullable String filenameBefore) {
        this.request = request;
        this.rules = rules;
        this.maps = maps;
        this.directory = directory;
        this.trace = new Trace(request, directory);
        this.match = new RuleMatch(request, trace, maps, directory, rules.base());
        this.queryBefore = request.query();
        this.filenameBefore = filenameBefore;
    }

    boolean isOf(Request other, @Nullable String otherDirectory) {
        return request == other && Objects.equals(directory, otherDirectory);
    }

    Trace trace() {
        return trace;
    }

    /** The status of the last rule that forced one; 0 where none did. */
    int status() {
        return status;
    }

    /** The last rule that substituted something; null where none did. */
    @Nullable
    RewriteRule last() {
        return last;
    }

    /** True where a URL of this server was made a path. */
    boolean isReduced() {
        return reduced;
    }

    String queryBefore() {
        return queryBefore;
    }

    @Nullable
    String filenameBefore() {
        return filenameBefore;
    }

    /** {@link Request#filename}, which rules keep from being null. */
    String name() {
        String name = request.filename();
        return name == null ? "" : name;
    }

    Result run() {
        Result known = done;
        if (known != null) {
            return known;
        }
        Result result = rest();
        if (result != Result.ON_WORKER) {
            done = result;
        }
        return result;
    }

    private Result rest() {
        List<RewriteRule> all = rules.rules();
        while (next < all.size()) {
            RewriteRule rule = all.get(next);
            boolean notHere = request.main() != null && (rule.has(Is.NO_SUBREQUEST) || rule.has(Is.REDIRECT));
            if (notHere) {
                next++;
                continue;
            }
            Tried tried = tried(rule);
            resumed = tried == Tried.ON_WORKER;
            if (resumed) {
                return Result.ON_WORKER;
            }
            if (tried == Tried.REFUSED) {
                trace.inDirectory(2, "setting lastsub to rule with output " + rule.substitution);
                return Result.ANSWERED;
            }
            if (tried == Tried.FAILED) {
                skipChain(all);
                continue;
            }
            Result end = after(rule, tried == Tried.SUBSTITUTED);
            if (end != null) {
                return end;
            }
        }
        return changed;
    }

    /** Behind the rule, and behind those that are chained to it. */
    private void skipChain(List<RewriteRule> all) {
        while (next < all.size() && all.get(next).has(Is.CHAIN)) {
            next++;
        }
        next++;
    }

    /** What follows from a rule that matched; null where the list goes on. */
    private @Nullable Result after(RewriteRule rule, boolean substituted) {
        int longest = 2 * request.server().settings().get(CoreModule.LIMIT_REQUEST_LINE);
        if (name().length() > longest) {
            return failed("RewriteRule '" + rule.pattern + "' and URI '" + request.path()
                    + "' exceeded maximum length (" + longest + ")");
        }
        if (rule.has(Is.STATUS)) {
            return Result.ANSWERED;
        }
        if (substituted) {
            changed = rule.has(Is.NO_ESCAPE) ? Result.REWRITTEN_RAW : Result.REWRITTEN;
            last = rule;
            if (trace.keeps(2)) {
                trace.inDirectory(2, "setting lastsub to rule with output " + rule.substitution);
            }
        }
        if (rule.has(Is.PASS_THROUGH)) {
            trace.inDirectory(2, "forcing '" + name() + "' to get passed through to next API URI-to-filename handler");
            request.filename(PASS_THROUGH + name());
            changed = Result.REWRITTEN;
            return changed;
        }
        if (rule.has(Is.END)) {
            trace.inDirectory(8, "Rule has END flag, no further rewriting for this request");
            RewriteMarks.of(request).end(request);
            return changed;
        }
        if (rule.has(Is.PROXY) || rule.has(Is.LAST)) {
            return changed;
        }
        if (rule.has(Is.NEXT)) {
            return again(rule);
        }
        next += 1 + Math.max(0, rule.flags.skip());
        return null;
    }

    private @Nullable Result again(RewriteRule rule) {
        if (++rounds >= rule.flags.rounds()) {
            return failed("AH02596: RewriteRule '" + rule.pattern + "' and URI '" + request.path()
                    + "' exceeded maximum number of rounds (" + rule.flags.rounds() + ") via the [N] flag");
        }
        next = 0;
        return null;
    }

    private Result failed(String message) {
        trace.error(message);
        status = 500;
        return Result.ANSWERED;
    }

    /** apply_rewrite_rule of mod_rewrite.c. */
    private Tried tried(RewriteRule rule) {
        boolean proxied = directory != null && request.isProxied();
        String uri = directory == null ? name() : relative(directory, proxied);
        if (trace.keeps(3) && !resumed) {
            trace.inDirectory(3, "applying pattern '" + rule.pattern + "' to uri '" + uri + "'");
        }
        Captures groups = rule.mayMatch(uri) ? rule.pattern.find(uri) : null;
        if ((groups == null) != rule.negated) {
            return Tried.FAILED;
        }
        match.begin(uri, rule.negated ? null : groups);
        boolean mayWait = !request.exchange().isInIoThread();
        Boolean holds = conditions(rule, mayWait);
        if (holds == null || (holds && !mayWait && rule.blocks(maps))) {
            return Tried.ON_WORKER;
        }
        if (!holds) {
            return Tried.FAILED;
        }
        return applied(rule, uri, proxied);
    }

    /** What patterns of a directory's rules see: the path below it, with what follows the file. */
    private String relative(String directory, boolean proxied) {
        String uri = name();
        String rest = request.pathInfo();
        if (!rest.isEmpty()) {
            if (trace.keeps(3)) {
                trace.inDirectory(3, "add path info postfix: " + uri + " -> " + uri + rest);
            }
            uri = uri + rest;
        }
        if (!proxied && uri.startsWith(directory)) {
            String stripped = uri.substring(directory.length());
            if (trace.keeps(3)) {
                trace.inDirectory(3, "strip per-dir prefix: " + uri + " -> " + stripped);
            }
            uri = stripped;
        }
        return uri;
    }

    /** Null where one of them would have to wait. */
    private @Nullable Boolean conditions(RewriteRule rule, boolean mayWait) {
        List<RewriteCond> all = rule.conditions;
        String vary = null;
        for (int i = 0; i < all.size(); i++) {
            RewriteCond condition = all.get(i);
            if (!mayWait && condition.blocks(maps)) {
                return null;
            }
            boolean holds = condition.holds(match);
            String seen = match.takeVaryBy();
            if (!holds) {
                if (condition.orNext()) {
                    continue;
                }
                return false;
            }
            while (i < all.size() && all.get(i).orNext()) {
                i++;
            }
            if (seen != null && !condition.noVary()) {
                vary = vary == null ? seen : vary + ", " + seen;
            }
        }
        if (vary != null) {
            request.exchange().getResponseHeaders().add(Headers.VARY, vary);
        }
        return true;
    }

    private Tried applied(RewriteRule rule, String uri, boolean proxied) {
        String expanded = null;
        if (rule.output != null) {
            match.smuggled(false);
            expanded = rule.output.expand(match, rule.flags);
            if (trace.keeps(2)) {
                trace.inDirectory(2, "rewrite '" + uri + "' -> '" + expanded + "'");
            }
            if (match.isSmuggled() && !rule.has(Is.UNSAFE_ALLOW_3F)) {
                trace.error("AH10508: Unsafe URL with %3f URL rewritten without UnsafeAllow3F");
                status = 403;
                return Tried.REFUSED;
            }
        }
        setVariables(rule);
        for (Template cookie : rule.flags.cookies()) {
            RewriteCookie.add(cookie.expand(match), request, RewriteMarks.of(request), trace);
        }
        if (expanded != null) {
            substitute(rule, expanded, proxied);
            return Tried.SUBSTITUTED;
        }
        forceTypeAndHandler(rule);
        if (rule.has(Is.STATUS)) {
            status = rule.flags.status();
            trace.inDirectory(2, "forcing responsecode " + status + " for " + name());
        }
        return Tried.MATCHED;
    }

    private void setVariables(RewriteRule rule) {
        for (Template each : rule.flags.variables()) {
            String text = each.expand(match);
            if (text.startsWith("!")) {
                request.environment().unset(text.substring(1));
                trace.log(5, "unsetting env variable '" + text.substring(1) + "'");
                continue;
            }
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : text.substring(colon + 1);
            request.environment().set(name, value);
            trace.log(5, "setting env variable '" + name + "' to '" + value + "'");
        }
    }

    private void forceTypeAndHandler(RewriteRule rule) {
        Template type = rule.flags.type();
        if (type != null) {
            ForcedType.remember(type.expand(match, rule.flags), request, trace);
        }
        Template handler = rule.flags.handler();
        if (handler != null) {
            ForcedType.rememberHandler(handler.expand(match, rule.flags), request, trace);
        }
    }

    private void substitute(RewriteRule rule, String expanded, boolean proxied) {
        request.filename(expanded);
        if (directory != null && rule.has(Is.DISCARD_PATH)) {
            request.pathInfo("");
        }
        addPrefix(rule, expanded, proxied);
        splitQuery(rule);
        if (rule.has(Is.PROXY)) {
            qualify();
            trace.inDirectory(2, "forcing proxy-throughput with " + name());
            request.filename("proxy:" + name());
            return;
        }
        if (rule.has(Is.REDIRECT)) {
            qualify();
            trace.inDirectory(2, "explicitly forcing redirect with " + name());
            status = rule.flags.status();
            return;
        }
        reduce();
        if (AbsoluteUrl.is(name())) {
            status = rule.flags.status();
            trace.inDirectory(2, "implicitly forcing redirect (rc=" + status + " with " + name());
            return;
        }
        forceTypeAndHandler(rule);
    }

    /** What is neither a path from the root nor a URL is below the directory, or the root. */
    private void addPrefix(RewriteRule rule, String name, boolean proxied) {
        if (name.startsWith("/") || AbsoluteUrl.is(name)) {
            return;
        }
        if (directory != null && !proxied) {
            if (trace.keeps(3)) {
                trace.inDirectory(3, "add per-dir prefix: " + name + " -> " + directory + name);
            }
            request.filename(directory + name);
        } else if (directory == null && !rule.has(Is.PROXY) && !rule.has(Is.REDIRECT)) {
            trace.log(3, "add root prefix: " + name + " -> /" + name);
            request.filename("/" + name);
        }
    }

    /** splitout_queryargs of mod_rewrite.c. */
    private void splitQuery(RewriteRule rule) {
        if (rule.noQuery) {
            trace.log(2, "discarding query string, no parse from substitution");
            request.query("");
            return;
        }
        String url = name();
        int scheme = AbsoluteUrl.scheme(url);
        if (scheme > 0 && AbsoluteUrl.withQuery(url) == 0) {
            request.query("");
            return;
        }
        if (rule.has(Is.DISCARD_QUERY)) {
            request.query("");
            trace.log(2, "discarding query string");
        }
        int mark = rule.has(Is.LAST_QUERY) ? url.lastIndexOf('?') : url.indexOf('?', scheme);
        if (mark < scheme) {
            return;
        }
        String own = url.substring(mark + 1);
        String query = own;
        if (rule.has(Is.APPEND_QUERY)) {
            query = own.isEmpty() ? request.query() : own + "&" + request.query();
        }
        request.query(query.endsWith("&") ? query.substring(0, query.length() - 1) : query);
        request.filename(url.substring(0, mark));
        if (trace.keeps(3)) {
            trace.log(
                    3,
                    "split uri=" + url + " -> uri=" + name() + ", args="
                            + (request.query().isEmpty() ? "<none>" : request.query()));
        }
    }

    /** A path becomes a URL of this server (fully_qualify_uri). */
    private void qualify() {
        String path = name();
        if (!AbsoluteUrl.is(path)) {
            request.filename(SelfReference.url(request, path.startsWith("/") ? path : "/" + path));
        }
    }

    /** A URL of this server becomes a path (reduce_uri). */
    private void reduce() {
        String url = name();
        String scheme = SelfReference.scheme(request) + "://";
        if (!url.regionMatches(true, 0, scheme, 0, scheme.length()) || url.length() == scheme.length()) {
            return;
        }
        int slash = url.indexOf('/', scheme.length());
        String authority = url.substring(scheme.length(), slash < 0 ? url.length() : slash);
        if (SelfReference.isOwnAuthority(request, authority)) {
            String path = slash < 0 ? "/" : url.substring(slash);
            trace.log(3, "reduce " + url + " -> " + path);
            request.filename(path);
            reduced = true;
        }
    }
}
