package dev.sluice.modules.proxy;

import dev.sluice.request.Level;
import dev.sluice.request.Request;

/** Where a request for an application server goes (the canon handlers of mod_proxy_fcgi and its kin). */
final class GatewayTarget {
    private GatewayTarget() {}

    /**
     * Puts the target on the exchange, and into the file name what scripts are told of it.
     *
     * @param raw whether the path goes on as it stands
     * @return false where it must not
     */
    static boolean of(Request request, ProxyUrl parsed, boolean raw, boolean keepsSlashes, Workers workers) {
        String path = parsed.path().isEmpty() ? "/" : parsed.path();
        String uri = raw ? path : CanonicalPath.encode(path, keepsSlashes);
        boolean nocanon = raw && request.hasNotes() && request.notes().has("proxy-nocanon");
        if (nocanon && CanonicalPath.isForbidden(uri)) {
            request.log(
                    Level.ERROR,
                    "proxy_" + parsed.scheme(),
                    "AH10414: To be forwarded path contains control characters or spaces");
            return false;
        }
        String origin = parsed.origin();
        if (parsed.scheme().equals("fcgi")) {
            fcgi(request, origin, uri, path);
        } else {
            boolean query = parsed.scheme().equals("ajp");
            request.filename("proxy:" + origin + uri + (query ? request.queryWithMark() : ""));
            if (parsed.scheme().equals("scgi") && request.environment().has("proxy-scgi-pathinfo")) {
                request.pathInfo(uri);
            }
        }
        Worker worker = workers.of(parsed.origin() + parsed.path(), parsed);
        if (worker.isTemporary()) {
            request.environment().set("proxy-nokeepalive", "1");
        }
        request.exchange().putAttachment(ProxyTarget.KEY, new ProxyTarget(worker, parsed, uri));
        return true;
    }

    /** {@code proxy-fcgi-pathinfo} says where in the path the script ends, and its path info begins. */
    private static void fcgi(Request request, String origin, String uri, String path) {
        request.filename("proxy:" + origin + uri);
        String how = request.environment().get("proxy-fcgi-pathinfo");
        if (how == null) {
            return;
        }
        switch (how.toLowerCase(java.util.Locale.ROOT)) {
            case "full" -> request.filename("proxy:" + origin + path);
            case "first-dot" -> split(request, path, path.indexOf('.'));
            case "last-dot" -> split(request, path, path.lastIndexOf('.'));
            default -> request.pathInfo(uri);
        }
    }

    private static void split(Request request, String path, int dot) {
        int slash = dot < 0 ? -1 : path.indexOf('/', dot);
        if (slash >= 0) {
            request.pathInfo(path.substring(slash));
        }
    }
}
