package dev.sluice.modules.proxy;

import dev.sluice.model.Settings;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A proxy of its clients: requests for any server, as far as the configuration lets them (proxy_detect, mod_proxy.c). */
final class ForwardProxy {
    /** On the exchange of a request that its client meant for a proxy. */
    private static final AttachmentKey<Boolean> MEANT = AttachmentKey.create(Boolean.class);

    private final boolean on;
    private final List<ProxyRemote> remotes;
    private final List<String> blocked;
    private final List<DirectHost> direct;
    private final Optional<String> domain;

    ForwardProxy(Settings settings) {
        this.on = settings.get(ForwardLines.REQUESTS);
        this.remotes = settings.get(ForwardLines.REMOTES);
        this.blocked = settings.get(ForwardLines.BLOCKED);
        this.direct = settings.get(ForwardLines.DIRECT);
        this.domain = settings.get(ForwardLines.DOMAIN);
    }

    static boolean isMeant(HttpServerExchange exchange) {
        return exchange.getAttachment(MEANT) != null;
    }

    /** What messages say was asked for: the path, or the URL of a request that was meant for a proxy. */
    static String asked(HttpServerExchange exchange) {
        Request request = isMeant(exchange) ? Request.of(exchange) : null;
        return request == null ? exchange.getRequestPath() : request.path();
    }

    /** Takes a request for another server's URL, and CONNECT, before anything else looks at its path. */
    static Outcome detect(Request request) {
        HttpServerExchange exchange = request.exchange();
        boolean connect = exchange.getRequestMethod().equals(Methods.CONNECT);
        if (!(connect || exchange.isHostIncludedInRequestURI())
                || !request.server().settings().get(ForwardLines.REQUESTS)) {
            return Outcome.DECLINED;
        }
        String uri = exchange.getRequestURI();
        if (!connect && isOwn(request, uri)) {
            return Outcome.DECLINED;
        }
        exchange.putAttachment(MEANT, true);
        request.path(uri);
        request.filename("proxy:" + (connect ? uri : uri + request.queryWithMark()));
        request.handler("proxy-server");
        return Outcome.DECLINED;
    }

    private static boolean isOwn(Request request, String uri) {
        ProxyUrl parsed = ProxyUrl.parse(uri);
        if (parsed == null) {
            return true;
        }
        return parsed.scheme().equals(SelfReference.scheme(request))
                && SelfReference.isOwnAuthority(request, parsed.host() + ":" + parsed.port());
    }

    /** ProxyBlock; null where the host may be asked. */
    @Nullable
    Outcome refuses(Request request, String host) {
        for (String name : blocked) {
            if (name.equals("*") || host.contains(name)) {
                request.log(
                        Level.WARN,
                        "proxy",
                        "AH00916: connect to remote machine " + host + " blocked: name " + name + " matched");
                String reason = "Connect to remote machine blocked";
                request.log(Level.ERROR, "proxy", "AH00898: " + reason + " returned by " + request.path());
                ProxyFailure.page(request, reason);
                return Outcome.status(403);
            }
        }
        return null;
    }

    /** ProxyDomain: the client is sent to the whole name of a host that it named by its first part; null for others. */
    @Nullable
    Outcome completesDomain(Request request, String url, ProxyUrl parsed) {
        HttpServerExchange exchange = request.exchange();
        boolean plain = parsed.host().indexOf('.') < 0 && parsed.host().indexOf(':') < 0;
        if (!plain || domain.isEmpty() || !isMeant(exchange) || parsed.host().equals("localhost")) {
            return null;
        }
        String port = parsed.port() == ProxyUrl.defaultPort(parsed.scheme()) ? "" : ":" + parsed.port();
        String whole = parsed.scheme() + "://" + parsed.host() + domain.get() + port;
        int authority = url.indexOf("://") + 3;
        int path = url.indexOf('/', authority);
        exchange.getResponseHeaders().put(Headers.LOCATION, whole + (path < 0 ? "/" : url.substring(path)));
        return Outcome.status(301);
    }

    /** Who is asked in the place of the host; null where that is asked itself. */
    @Nullable
    ProxyUrl remote(String url, ProxyUrl parsed) {
        String host = parsed.host().toLowerCase(Locale.ROOT);
        for (DirectHost each : direct) {
            if (each.isIt(host)) {
                return null;
            }
        }
        for (ProxyRemote remote : remotes) {
            if (remote.serves(url)) {
                return remote.proxy();
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return on ? "ProxyRequests On" : "ProxyRequests Off";
    }
}
