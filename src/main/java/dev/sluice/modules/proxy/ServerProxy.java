package dev.sluice.modules.proxy;

import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.proxy.balancer.Balancer;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Methods;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The proxy of one virtual host while it serves: which path goes where, and to which worker. Any thread. */
final class ServerProxy {
    private static final AttachmentKey<Mapped> MAPPED = AttachmentKey.create(Mapped.class);

    /** What the mapping of a path came to; it counts as long as the file name is still this one. */
    private record Mapped(String filename, ProxyPass pass) {}

    private final List<ProxyPass> passes;
    private final Workers workers;
    private final Balancers balancers;
    private final KnownBackends backends;
    private final ForwardProxy forward;
    private final ConnectHandler tunnels;
    private final Outcome tunnel;
    private final ProxySettings settings;
    private final Set<String> schemes;
    private final ErrorLog log;

    /** By identity: one LocationSettings is made for each merged Settings. */
    private volatile IdentityHashMap<LocationSettings, Outcome> answers = new IdentityHashMap<>();

    private volatile IdentityHashMap<LocationSettings, Outcome> ofGateways = new IdentityHashMap<>();

    /** @param schemes those that a loaded module speaks */
    ServerProxy(
            List<ProxyPass> passes,
            Workers workers,
            Balancers balancers,
            ForwardProxy forward,
            ProxySettings settings,
            Set<String> schemes,
            ErrorLog log) {
        this.forward = forward;
        this.tunnels = new ConnectHandler(settings);
        this.tunnel = Outcome.answerWith(tunnels);
        this.balancers = balancers;
        this.passes = passes;
        this.backends = new KnownBackends(passes);
        this.workers = workers;
        this.settings = settings;
        this.schemes = schemes;
        this.log = log;
    }

    Workers workers() {
        return workers;
    }

    Balancers balancers() {
        return balancers;
    }

    /** Maps the path of {@code request} to a URL: a ProxyPass in a Location first, then those of the server in order. */
    Outcome translate(Request request, @Nullable ProxyPass ofLocation) {
        if (ForwardProxy.isMeant(request.exchange()) && request.isProxied()) {
            return Outcome.OK;
        }
        if (request.isProxied() || request.environment().has("no-proxy")) {
            return Outcome.DECLINED;
        }
        if (ofLocation != null) {
            Outcome outcome = map(request, ofLocation);
            if (outcome != null) {
                return outcome;
            }
        }
        for (int i = 0; i < passes.size(); i++) {
            Outcome outcome = map(request, passes.get(i));
            if (outcome != null) {
                return outcome;
            }
        }
        return Outcome.DECLINED;
    }

    /** Null where {@code pass} does not match (ap_proxy_trans_match). */
    private static @Nullable Outcome map(Request request, ProxyPass pass) {
        String path = request.path();
        boolean raw = pass.noCanon();
        String url;
        if (request.errorLog().keeps(Level.TRACE2, "proxy")) {
            request.log(
                    Level.TRACE2,
                    "proxy",
                    "AH03461: attempting to match URI path '" + path + "' against "
                            + (pass.regex() == null ? "prefix" : "pattern") + " '" + pass.path() + "' for proxying");
        }
        if (pass.regex() != null) {
            String matched = raw ? request.unparsedUri() : path;
            Matcher matcher = pass.regex().matcher(matched);
            if (!matcher.find()) {
                return null;
            }
            url = ProxyPass.substitute(pass.url(), matched, matcher);
        } else {
            int length = ProxyPass.prefix(path, pass.path());
            if (length == 0) {
                return null;
            }
            if (raw && length != ProxyPass.prefix(request.unparsedUri(), pass.path())) {
                request.log(
                        Level.WARN, "proxy", "AH01136: Unescaped URL path matched ProxyPass; ignoring unsafe nocanon");
                raw = false;
            }
            url = pass.url() + (raw ? request.unparsedUri() : path).substring(length);
        }
        if (pass.excludes()) {
            if (request.errorLog().keeps(Level.TRACE1, "proxy")) {
                request.log(
                        Level.TRACE1,
                        "proxy",
                        "AH03463: proxying is explicitly disabled for URI path '" + path + "'; declining");
            }
            return Outcome.DECLINED;
        }
        String filename = "proxy:" + url;
        if (request.errorLog().keeps(Level.TRACE1, "proxy")) {
            request.log(
                    Level.TRACE1, "proxy", "AH03464: URI path '" + path + "' matches proxy handler '" + filename + "'");
        }
        request.filename(filename);
        request.handler("proxy-server");
        ProxyPass used = raw == pass.noCanon()
                ? pass
                : new ProxyPass(pass.path(), pass.regex(), pass.url(), raw, pass.noQuery(), pass.fromMain());
        request.exchange().putAttachment(MAPPED, new Mapped(filename, used));
        return Outcome.OK;
    }

    /** Chooses the worker and the handler for a request whose file name is {@code proxy:} and a URL. */
    Outcome answer(Request request, LocationSettings location) {
        String filename = request.filename();
        if (filename == null || !request.isProxied()) {
            return Outcome.DECLINED;
        }
        if (request.method().equals("TRACE")) {
            if (request.server().settings().get(CoreModule.TRACE_ENABLE) == CoreModule.Trace.OFF) {
                request.log(Level.ERROR, "proxy", "AH01139: TRACE forbidden by server configuration");
                return Outcome.status(405);
            }
            if ("0".equals(request.exchange().getRequestHeaders().getFirst("Max-Forwards"))) {
                return Outcome.DECLINED;
            }
        }
        String url = filename.substring("proxy:".length());
        if (request.exchange().getRequestMethod().equals(Methods.CONNECT)) {
            return connect(request, url);
        }
        ProxyUrl parsed = backends.parse(url);
        if (parsed == null) {
            request.log(Level.ERROR, "proxy_http", "AH01083: error parsing URL " + url + ": Invalid host/port");
            return Outcome.status(400);
        }
        Balancer balancer = balancers.of(parsed);
        if (balancer == null && !schemes.contains(parsed.scheme())) {
            request.log(
                    Level.WARN,
                    "proxy",
                    "AH01144: No protocol handler was valid for the URL " + request.path()
                            + " (scheme '" + parsed.scheme()
                            + "'). If you are using a DSO version of mod_proxy, make sure the"
                            + " proxy submodules are included in the configuration using LoadModule.");
            return Outcome.status(500);
        }
        Outcome refused = forward.refuses(request, parsed.host());
        if (refused == null) {
            refused = forward.completesDomain(request, url, parsed);
        }
        return refused == null ? target(request, location, filename, parsed, balancer) : refused;
    }

    /** {@code url} is host and port (proxy_connect_canon and proxy_connect_handler). */
    private Outcome connect(Request request, String url) {
        ProxyUrl parsed = ProxyUrl.parse("http://" + url);
        if (!schemes.contains("connect") || parsed == null) {
            request.log(
                    Level.WARN,
                    "proxy",
                    "AH01144: No protocol handler was valid for the URL " + request.path()
                            + " (scheme ''). If you are using a DSO version of mod_proxy, make sure the"
                            + " proxy submodules are included in the configuration using LoadModule.");
            return Outcome.status(500);
        }
        Outcome refused = forward.refuses(request, parsed.host());
        if (refused != null) {
            return refused;
        }
        if (!ProxyConnectModule.allows(request.server().settings().get(ProxyConnectModule.ALLOWED), parsed.port())) {
            String reason = "Connect to remote machine blocked";
            request.log(Level.ERROR, "proxy", "AH00898: " + reason + " returned by " + request.path());
            ProxyFailure.page(request, reason);
            return Outcome.status(403);
        }
        request.exchange().putAttachment(ProxyTarget.KEY, new ProxyTarget(tunnels.worker(parsed), parsed, url));
        return tunnel;
    }

    private Outcome target(
            Request request, LocationSettings location, String filename, ProxyUrl parsed, @Nullable Balancer balancer) {
        Mapped mapped = request.exchange().getAttachment(MAPPED);
        ProxyPass pass = mapped != null && mapped.filename.equals(filename) ? mapped.pass : null;
        String path = parsed.path().isEmpty() ? "/" : parsed.path();
        boolean raw = pass != null
                ? pass.noCanon()
                : request.hasNotes() && request.notes().has("proxy-nocanon");
        if (parsed.isGateway()) {
            return GatewayTarget.of(
                            request, parsed, raw || isOfHandler(request, filename), keepsSlashes(request), workers)
                    ? gateway(location)
                    : Outcome.status(403);
        }
        String uri = raw ? path : CanonicalPath.encode(path, keepsSlashes(request));
        if (raw && CanonicalPath.isForbidden(uri)) {
            refuse(request, balancer == null ? "AH10415" : "AH10416", "path", balancer);
            return Outcome.status(403);
        }
        String query = request.query();
        if (!raw && (pass == null || !pass.noQuery())) {
            if (CanonicalPath.isForbidden(query)) {
                refuse(request, balancer == null ? "AH10408" : "AH10407", "query string", balancer);
                return Outcome.status(403);
            }
            uri = uri + request.queryWithMark();
        }
        if (ForwardProxy.isMeant(request.exchange())) {
            uri = request.unparsedUri();
        }
        ProxyUrl remote = forward.remote(url(filename), parsed);
        if (remote != null) {
            if (parsed.isTls()) {
                request.log(
                        Level.ERROR,
                        "proxy",
                        "ProxyRemote: '" + parsed.origin()
                                + "' is not asked through another proxy, since it is no http");
                return Outcome.status(501);
            }
            Worker through = workers.of(remote.origin() + remote.path(), remote);
            request.filename("proxy:" + parsed.origin() + uri);
            request.exchange().putAttachment(ProxyTarget.KEY, new ProxyTarget(through, parsed, parsed.origin() + uri));
            Outcome known = answers.get(location);
            return known == null ? answer(location) : known;
        }
        // As mod_proxy leaves it for the log and for scripts (proxy_http_canon).
        String origin = parsed.origin();
        request.filename("proxy:" + origin + uri);
        if (balancer == null) {
            Worker worker = workers.of(origin + parsed.path(), parsed);
            request.exchange().putAttachment(ProxyTarget.KEY, new ProxyTarget(worker, parsed, uri));
        } else {
            request.exchange()
                    .putAttachment(
                            BalancedRequest.KEY, new BalancedRequest(request.exchange(), balancer, uri, schemes, log));
        }
        Outcome known = answers.get(location);
        return known == null ? answer(location) : known;
    }

    private static String url(String filename) {
        return filename.substring("proxy:".length());
    }

    private static void refuse(Request request, String number, String what, @Nullable Balancer balancer) {
        request.log(
                Level.ERROR,
                balancer == null ? "proxy_http" : "proxy_balancer",
                number + ": To be forwarded " + what + " contains control characters or spaces");
    }

    private static boolean keepsSlashes(Request request) {
        return request.server().settings().get(CoreModule.ALLOW_ENCODED_SLASHES) == CoreModule.EncodedSlashes.NO_DECODE;
    }

    /** SetHandler names a file, and files have no escapes. */
    private static boolean isOfHandler(Request request, String filename) {
        String handler = request.handler();
        return handler != null && handler.startsWith("proxy:") && filename.startsWith(handler);
    }

    private Outcome gateway(LocationSettings location) {
        Outcome known = ofGateways.get(location);
        return known == null ? madeGateway(location) : known;
    }

    private synchronized Outcome madeGateway(LocationSettings location) {
        IdentityHashMap<LocationSettings, Outcome> grown = new IdentityHashMap<>(ofGateways);
        Outcome answer = Outcome.answerWith(new GatewayHandler(settings, location));
        grown.put(location, answer);
        ofGateways = grown;
        return answer;
    }

    private synchronized Outcome answer(LocationSettings location) {
        IdentityHashMap<LocationSettings, Outcome> grown = new IdentityHashMap<>(answers);
        Outcome answer = Outcome.answerWith(new ProxyHandler(settings, location.of(balancers), log));
        grown.put(location, answer);
        answers = grown;
        return answer;
    }

    void close() {
        workers.close();
        tunnels.close();
        balancers.close();
    }
}
