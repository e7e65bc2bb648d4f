package dev.sluice.modules.mappers.rewrite;

import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Environment;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import org.jspecify.annotations.Nullable;

/** The rules of a server, which translate URLs (hook_uri2file, mod_rewrite.c). */
public final class ServerRewriting {
    private final boolean canProxy;

    /** @param canProxy true where mod_proxy is loaded */
    public ServerRewriting(boolean canProxy) {
        this.canProxy = canProxy;
    }

    /**
     * @param rules of the server
     * @param section what holds for the path: whether the engine runs, and what may be matched
     */
    public Outcome translate(Request request, Rewrites rules, Rewrites section) {
        Rewriting waiting = RewriteMarks.take(request, null);
        if (waiting != null) {
            return rewritten(waiting, request, rules);
        }
        if (RewriteMarks.hasEnded(request)) {
            new Trace(request, null).log(8, "Declining, no further rewriting due to END flag");
            return Outcome.DECLINED;
        }
        String path = request.path();
        if (!path.startsWith("/") && !section.has(RewriteOption.ALLOW_ANY_URI)) {
            new Trace(request, null)
                    .log(
                            8,
                            "Declining, request-URI '" + path + "' is not a URL-path. Consult the manual entry for the"
                                    + " RewriteOptions directive for options and caveats about matching other strings.");
            return Outcome.DECLINED;
        }
        remember(request, path);
        Rewriting fresh = new Rewriting(request, rules, rules.maps(), null, null);
        Trace trace = fresh.trace();
        if (request.filename() == null) {
            request.filename(path);
            trace.log(2, "init rewrite engine with requested uri " + path);
        } else if (trace.keeps(2)) {
            trace.log(2, "init rewrite engine with passed filename " + request.filename() + ". Original uri = " + path);
        }
        return rewritten(fresh, request, rules);
    }

    /** Scripts and logs know by these what was asked for at first. */
    private static void remember(Request request, String path) {
        Request main = request.main();
        Environment environment = request.environment();
        String url = main == null
                ? environment.get("REDIRECT_SCRIPT_URL")
                : main.environment().get("SCRIPT_URL");
        String shown = url == null ? path : url;
        environment.set("SCRIPT_URL", shown);
        environment.set("SCRIPT_URI", SelfReference.url(request, shown));
    }

    private Outcome rewritten(Rewriting run, Request request, Rewrites rules) {
        Rewriting.Result result = run.run();
        switch (result) {
            case UNCHANGED -> {
                run.trace().log(1, "pass through " + run.name());
                request.filename(null);
                return Outcome.DECLINED;
            }
            case ANSWERED -> {
                return Outcome.status(run.status());
            }
            case ON_WORKER -> {
                RewriteMarks.of(request).await(run);
                return Outcome.ON_WORKER;
            }
            default -> {
                return changed(run, result, request, rules);
            }
        }
    }

    private Outcome changed(Rewriting run, Rewriting.Result result, Request request, Rewrites rules) {
        if (Redirection.forbidsQuery(run, result, request)) {
            run.trace().error("AH10410: Rewritten query string contains control characters or spaces");
            return Outcome.status(403);
        }
        String name = run.name();
        if (request.isProxied()) {
            if (!canProxy) {
                run.trace()
                        .error("AH00669: attempt to make remote request from mod_rewrite without proxy enabled: "
                                + name);
                return Outcome.status(403);
            }
            return Redirection.proxied(run, result, request);
        }
        if (AbsoluteUrl.is(name)) {
            return Redirection.to(name, run, result, request);
        }
        if (name.startsWith(Rewriting.PASS_THROUGH)) {
            String path = name.substring(Rewriting.PASS_THROUGH.length());
            run.trace().log(2, "pass through " + name);
            request.path(path);
            request.filename(null);
            return Outcome.DECLINED;
        }
        if (request.exchange().isInIoThread()) {
            RewriteMarks.of(request).await(run);
            return Outcome.ON_WORKER;
        }
        return local(run, request, rules);
    }

    /** A path on disk, where its top is there; else one below DocumentRoot. */
    private static Outcome local(Rewriting run, Request request, Rewrites rules) {
        Trace trace = run.trace();
        String path = LocalPath.withHome(run.name());
        trace.log(2, "local path result: " + path);
        request.filename(path);
        if (!path.startsWith("/")) {
            return Outcome.status(400);
        }
        boolean reduced = run.isReduced() && !rules.has(RewriteOption.LEGACY_PREFIX_DOC_ROOT);
        if (reduced || !isOnDisk(path, run.last(), rules, request, trace)) {
            String below = LocalPath.below(RequestValues.documentRoot(request), path);
            if (below == null) {
                trace.log(1, "prefixing with document_root of " + path + " FAILED");
                trace.error("AH00127: Cannot map " + request.path() + " to file");
                return Outcome.status(403);
            }
            trace.log(2, "prefixed with document_root to " + below);
            request.filename(below);
        } else {
            request.filename(LocalPath.canonical(path));
        }
        trace.log(1, "go-ahead with " + request.filename() + " [OK]");
        return Outcome.OK;
    }

    /**
     * A path's top must be on disk, and must be written in the rule, unless that is said to be safe: what a client sends
     * must not choose among all the files of a machine (prefix_stat, mod_rewrite.c).
     */
    private static boolean isOnDisk(
            String path, @Nullable RewriteRule last, Rewrites rules, Request request, Trace trace) {
        String top = LocalPath.top(path);
        if (!LocalPath.exists(top)) {
            return false;
        }
        if (last == null) {
            trace.log(3, "prefix_stat no lastsub subst prefix " + top);
            return true;
        }
        boolean unsafe = last.has(RuleFlags.Is.UNSAFE_PREFIX_STAT) || rules.has(RewriteOption.UNSAFE_PREFIX_STAT);
        if (trace.keeps(3)) {
            trace.log(
                    3,
                    "prefix_stat compare statpath " + top + " and lastsub output " + last.substitution + " STATOK "
                            + (unsafe ? 4194304 : 0) + " ");
        }
        if (unsafe) {
            return true;
        }
        return begins(last.substitution, top, trace) || begins(path, RequestValues.documentRoot(request), trace);
    }

    private static boolean begins(String text, String prefix, Trace trace) {
        boolean begins = text.startsWith(prefix);
        if (trace.keeps(5)) {
            trace.log(5, "prefix_stat startsWith(" + text + ", " + prefix + ") " + (begins ? 1 : 0));
        }
        return begins;
    }
}
