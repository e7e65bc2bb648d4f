package dev.sluice.modules.mappers.rewrite;

import dev.sluice.modules.core.DirectoryOptions;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;

/** The rules of directories and other sections, which rewrite what was mapped already (hook_fixup, mod_rewrite.c). */
public final class SectionRewriting {
    /** A name that leads to {@link #redirected}. */
    private static final String REDIRECT = "redirect:";

    private static final String HANDLER = "redirect-handler";

    private final boolean canProxy;

    /** @param canProxy true where mod_proxy is loaded */
    public SectionRewriting(boolean canProxy) {
        this.canProxy = canProxy;
    }

    /** @param server what the server's lines say, for its maps */
    public Outcome fixup(Request request, Rewrites rules, Rewrites server) {
        String directory = rules.directory();
        if (directory == null || isItself(request, directory, rules)) {
            return Outcome.DECLINED;
        }
        if (RewriteMarks.hasEnded(request)) {
            new Trace(request, directory).inDirectory(8, "Declining, no further rewriting due to END flag");
            return Outcome.DECLINED;
        }
        if (!rules.isOn()) {
            return Outcome.DECLINED;
        }
        Rewriting waiting = RewriteMarks.take(request, directory);
        Rewriting run =
                waiting == null ? new Rewriting(request, rules, server.maps(), directory, request.filename()) : waiting;
        DirectoryOptions options = request.settings().view(DirectoryOptions.IN_FORCE);
        if (!options.has(DirectoryOptions.FOLLOW_SYM_LINKS)
                && !options.has(DirectoryOptions.SYM_LINKS_IF_OWNER_MATCH)) {
            run.trace()
                    .error("AH00670: Options FollowSymLinks and SymLinksIfOwnerMatch are both off, so the RewriteRule"
                            + " directive is also forbidden due to its similar ability to circumvent directory"
                            + " restrictions : " + request.filename());
            return Outcome.status(403);
        }
        if (request.filename() == null) {
            request.filename(request.path());
            run.trace().inDirectory(2, "init rewrite engine with requested uri " + request.path());
        }
        return rewritten(run, directory, rules, request);
    }

    /** The directory without the slash that mod_dir is going to add. */
    private static boolean isItself(Request request, String directory, Rewrites rules) {
        String name = request.filename();
        return name != null
                && name.length() == directory.length() - 1
                && directory.startsWith(name)
                && !request.isProxied()
                && !rules.has(RewriteOption.ALLOW_NO_SLASH);
    }

    private Outcome rewritten(Rewriting run, String directory, Rewrites rules, Request request) {
        Rewriting.Result result = run.run();
        switch (result) {
            case UNCHANGED -> {
                if (run.trace().keeps(1)) {
                    run.trace().inDirectory(1, "pass through " + run.name());
                }
                request.filename(run.filenameBefore());
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
                return changed(run, result, directory, rules, request);
            }
        }
    }

    private Outcome changed(Rewriting run, Rewriting.Result result, String directory, Rewrites rules, Request request) {
        if (Redirection.forbidsQuery(run, result, request)) {
            run.trace().error("AH10411: Rewritten query string contains control characters or spaces");
            return Outcome.status(403);
        }
        if (request.isProxied()) {
            if (!canProxy) {
                run.trace()
                        .error("AH10160: attempt to make remote request from mod_rewrite without proxy enabled: "
                                + run.name());
                return Outcome.status(403);
            }
            return Redirection.proxied(run, result, request);
        }
        if (AbsoluteUrl.is(run.name())) {
            return Redirection.to(withBase(run, directory, rules), run, result, request);
        }
        return local(run, directory, rules, request);
    }

    /** A URL of this server that has the directory's path on disk for its own gets RewriteBase in its place. */
    private static String withBase(Rewriting run, String directory, Rewrites rules) {
        String url = run.name();
        String base = rules.base();
        int slash = url.indexOf('/', AbsoluteUrl.scheme(url));
        if (base == null || slash < 0 || slash + 1 == url.length()) {
            return url;
        }
        run.trace().inDirectory(2, "trying to replace prefix " + directory + " with " + base);
        String prefix = directory.startsWith("/") ? directory.substring(1) : directory;
        String rest = url.substring(slash + 1);
        return url.substring(0, slash + 1) + LocalPath.replaced(rest, prefix, base.substring(1), run.trace());
    }

    /** To a path of this server: as a new request for it. */
    private static Outcome local(Rewriting run, String directory, Rewrites rules, Request request) {
        Trace trace = run.trace();
        String name = run.name();
        String path = name.startsWith(Rewriting.PASS_THROUGH) ? name.substring(Rewriting.PASS_THROUGH.length()) : name;
        request.filename(path);
        if (!path.startsWith("/")) {
            return Outcome.status(400);
        }
        if (path.equals(run.filenameBefore())) {
            trace.inDirectory(1, "initial URL equal rewritten URL: " + path + " [IGNORING REWRITE]");
            return Outcome.OK;
        }
        String url = asUrl(path, directory, rules, request, trace);
        trace.inDirectory(1, "internal redirect with " + url + " [INTERNAL REDIRECT]");
        request.filename(REDIRECT + url);
        request.handler(HANDLER);
        return Outcome.OK;
    }

    /** The URL of a file: by RewriteBase, or by what mapped the request to a file. */
    private static String asUrl(String path, String directory, Rewrites rules, Request request, Trace trace) {
        String base = rules.base();
        String url = path;
        if (base != null) {
            trace.inDirectory(2, "trying to replace prefix " + directory + " with " + base);
            url = LocalPath.replaced(path, directory, base, trace);
        } else {
            String root = RequestValues.documentRoot(request);
            if (path.startsWith(root) && path.startsWith("/", root.length())) {
                url = path.substring(root.length());
                trace.inDirectory(2, "strip document_root prefix: " + path + " -> " + url);
            }
        }
        if (base == null && url.equals(path) && !rules.has(RewriteOption.IGNORE_CONTEXT_INFO)) {
            String root = RequestValues.contextRoot(request);
            String prefix = request.contextPrefix();
            trace.inDirectory(2, "trying to replace context docroot " + root + " with context prefix " + prefix);
            url = LocalPath.replaced(path, root, prefix, trace);
        }
        return url;
    }

    /** Goes on with the URL that {@link #fixup} decided on. */
    public static Outcome redirected(Request request) {
        String name = request.filename();
        if (!HANDLER.equals(request.handler()) || name == null || !name.startsWith(REDIRECT)) {
            return Outcome.DECLINED;
        }
        String path = name.substring(REDIRECT.length());
        return Outcome.internalRedirect(request.query().isEmpty() ? path : path + "?" + request.query());
    }

    /** Types and handlers that rules forced are in force from now on. */
    public static Outcome force(Request request) {
        return ForcedType.force(request);
    }
}
