package dev.sluice.modules.proxy;

import dev.sluice.modules.proxy.gateway.Ajp;
import dev.sluice.modules.proxy.gateway.Fcgi;
import dev.sluice.modules.proxy.gateway.GatewayConnection;
import dev.sluice.modules.proxy.gateway.GatewayExchange;
import dev.sluice.modules.proxy.gateway.Scgi;
import dev.sluice.modules.proxy.gateway.Uwsgi;
import dev.sluice.request.Request;
import org.jspecify.annotations.Nullable;

/** The protocols of application servers, each spoken by a module of its own. */
enum GatewayProtocol {
    FCGI("proxy_fcgi", "FCGI") {
        @Override
        GatewayExchange begin(GatewayConnection connection, Request request, Worker worker) {
            return Fcgi.begin(connection, request, worker.parameters().reuse());
        }
    },
    SCGI("proxy_scgi", "SCGI") {
        @Override
        GatewayExchange begin(GatewayConnection connection, Request request, Worker worker) {
            String redirects = request.settings().get(ProxyScgiModule.INTERNAL_REDIRECT);
            return Scgi.begin(connection, request, !redirects.equalsIgnoreCase("off"));
        }
    },
    UWSGI("proxy_uwsgi", "uwsgi") {
        @Override
        GatewayExchange begin(GatewayConnection connection, Request request, Worker worker) {
            return Uwsgi.begin(connection, request);
        }
    },
    AJP("proxy_ajp", "AJP") {
        @Override
        @Nullable
        GatewayExchange begin(GatewayConnection connection, Request request, Worker worker) {
            ProxyTarget target = request.exchange().getAttachment(ProxyTarget.KEY);
            WorkerParameters parameters = worker.parameters();
            return Ajp.begin(
                    connection,
                    request,
                    target == null ? request.path() : target.uri(),
                    sessionRoute(request),
                    parameters.secret(),
                    parameters.ping() != null);
        }
    };

    private final String module;
    private final String function;

    GatewayProtocol(String module, String function) {
        this.module = module;
        this.function = function;
    }

    /** What a balancer noted; empty for none. */
    private static String sessionRoute(Request request) {
        String route = request.hasNotes() ? request.notes().get("session-route") : null;
        return route == null ? "" : route;
    }

    /** Null where {@code scheme} is none of theirs. */
    static @Nullable GatewayProtocol of(String scheme) {
        return switch (scheme) {
            case "fcgi" -> FCGI;
            case "scgi" -> SCGI;
            case "uwsgi" -> UWSGI;
            case "ajp" -> AJP;
            default -> null;
        };
    }

    /** The module's short name. */
    String module() {
        return module;
    }

    /** What messages of mod_proxy call it. */
    String function() {
        return function;
    }

    /** Whether a client may send a body in chunks (REQUEST_CHUNKED_ERROR where not). */
    boolean takesChunks() {
        return this == FCGI || this == AJP;
    }

    /** Whether ProxyErrorOverride counts. */
    boolean letsErrorsBeReplaced() {
        return this != SCGI;
    }

    /** Whether a request is told of by the variables of scripts. */
    boolean hasVariables() {
        return this != AJP;
    }

    /** Whether ProxyPassReverse and its kin change the answer. */
    boolean mapsBack() {
        return this == AJP;
    }

    /** Takes {@code connection} for a request whose variables are made; null where the protocol has no word for it. */
    abstract @Nullable GatewayExchange begin(GatewayConnection connection, Request request, Worker worker);
}
