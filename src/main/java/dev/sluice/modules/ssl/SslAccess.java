package dev.sluice.modules.ssl;

import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ServerName;
import dev.sluice.modules.ssl.SslServer.SniPolicy;
import dev.sluice.modules.ssl.SslServer.Verify;
import dev.sluice.request.Environment;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import dev.sluice.request.TlsVariables;
import dev.sluice.wire.tls.TlsHost;
import io.undertow.server.SSLSessionInfo;
import io.undertow.server.ServerConnection;
import io.undertow.util.Headers;
import java.security.cert.X509Certificate;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What mod_ssl has to say to a request: whether it may come by this connection, and who sent it. */
final class SslAccess {
    private static final Outcome FORBIDDEN = Outcome.status(403);
    private static final Outcome MISDIRECTED = Outcome.status(421);
    private static final String JUDGED = SslAccess.class.getName();

    /** Which clients are let in must be the same (SSLVHostSNIPolicy authonly). */
    private static final List<Setting<?>> AUTHENTICATION = List.of(
            SslServer.VERIFY,
            SslServer.CLIENTS.files(),
            SslServer.CLIENTS.depth(),
            SslServer.CLIENTS.revocation(),
            SslServer.CLIENTS.revocationFiles());

    /** So must be all else that the handshake agrees on (secure). */
    private static final List<Setting<?>> AGREEMENT = List.of(
            SslServer.CERTIFICATES, SslServer.KEYS, SslServer.PROTOCOL, SslServer.CIPHERS, SslServer.CIPHERS_13);

    /** By identity: servers are compared with all they hold otherwise. Filled before the first request. */
    private final IdentityHashMap<Server, ClientTrust> trusts = new IdentityHashMap<>();

    private record Judgement(Server server, boolean good) {}

    void trust(Server server, ClientTrust trust) {
        trusts.put(server, trust);
    }

    /** A request for another host than the handshake's must find the same terms there (ssl_hook_ReadReq). */
    static Outcome checkServerName(Request request) {
        lendVariables(request.exchange().getConnection());
        TlsHost host = TlsHost.of(request.exchange().getConnection().getSslSessionInfo());
        if (host == null || !(host.virtualHost() instanceof Server shaken)) {
            return Outcome.DECLINED;
        }
        SSLSession session = session(request);
        String asked = session == null ? null : TlsHost.serverName(session);
        if (asked == null && (isStrict(shaken) || isStrict(request.server()))) {
            request.log(Level.INFO, "ssl", "AH02033: No hostname was provided via SNI for a name based virtual host");
            request.errorNotes(
                    "Reason: The client software did not provide a hostname using Server Name Indication (SNI),"
                            + " which is required to access this server.<br />\n");
            return FORBIDDEN;
        }
        if (shaken == request.server()) {
            return Outcome.DECLINED;
        }
        SniPolicy policy = request.server().settings().get(SslServer.SNI_POLICY);
        if (areCompatible(policy, shaken.settings(), request.server().settings())) {
            return Outcome.DECLINED;
        }
        request.log(
                Level.ERROR,
                "ssl",
                "AH02032: Hostname " + (asked == null ? name(shaken) : asked)
                        + (asked == null ? " (default host as no SNI was provided)" : " provided via SNI")
                        + " and hostname "
                        + hostname(request) + " provided via HTTP have no compatible SSL setup for policy '"
                        + policy.name().toLowerCase(Locale.ROOT) + "'");
        // The client must come again by another connection: httpd ends this one.
        request.exchange().setPersistent(false);
        return MISDIRECTED;
    }

    /** So that logs and headers may ask for what the handshake agreed on. */
    private static void lendVariables(ServerConnection connection) {
        if (connection.getAttachment(TlsVariables.KEY) == null) {
            SSLSessionInfo info = connection.getSslSessionInfo();
            SSLSession session = info == null ? null : info.getSSLSession();
            connection.putAttachment(
                    TlsVariables.KEY,
                    session == null ? SslVariables.IN_THE_CLEAR : name -> SslVariables.lookUp(session, name));
        }
    }

    /** SSLRequireSSL, and SSLVerifyClient of a section (ssl_hook_Access). */
    Outcome check(Request request) {
        Settings settings = request.settings();
        SSLSession session = session(request);
        if (session == null) {
            if (!settings.get(SslModule.REQUIRE_SSL)) {
                return Outcome.DECLINED;
            }
            request.log(
                    Level.ERROR,
                    "ssl",
                    "AH02219: access to " + request.filename() + " failed, reason: SSL connection required");
            SslRequirement.forbidden(request);
            return FORBIDDEN;
        }
        Verify verify = settings.get(SslModule.VERIFY_HERE);
        if ((verify == Verify.REQUIRE || verify == Verify.OPTIONAL) && !isVerified(request, session, verify)) {
            return FORBIDDEN;
        }
        String variable = settings.get(SslModule.USER_NAME);
        String user = variable.isEmpty() ? null : SslVariables.of(session, variable);
        if (user != null) {
            request.user(user, request.authType());
        }
        return SslRequirement.check(request);
    }

    static Outcome setVariables(Request request) {
        SSLSession session = session(request);
        if (session == null) {
            return Outcome.DECLINED;
        }
        Environment environment = request.environment();
        environment.set("HTTPS", "on");
        String serverName = TlsHost.serverName(session);
        if (serverName != null) {
            environment.set("SSL_TLS_SNI", serverName);
        }
        if (request.settings().get(SslModule.OPTIONS).has("StdEnvVars")) {
            for (String name : SslVariables.STANDARD) {
                String value = SslVariables.of(session, name);
                if (value != null) {
                    environment.set(name, value);
                }
            }
        }
        return Outcome.DECLINED;
    }

    /** The handshake has asked; nobody can be asked again on TLS 1.3 or HTTP/2. Judged once a session. */
    private boolean isVerified(Request request, SSLSession session, Verify verify) {
        X509Certificate[] chain = SslVariables.clientChain(session);
        if (chain == null) {
            if (verify == Verify.REQUIRE) {
                request.log(Level.ERROR, "ssl", "AH02263: Re-negotiation handshake failed: Client certificate missing");
            }
            return verify == Verify.OPTIONAL;
        }
        Object known = session.getValue(JUDGED);
        if (known instanceof Judgement judgement && judgement.server == request.server()) {
            return judgement.good;
        }
        ClientTrust trust = trusts.get(request.server());
        boolean good = trust != null && trust.isGood(chain);
        session.putValue(JUDGED, new Judgement(request.server(), good));
        if (!good) {
            request.log(Level.ERROR, "ssl", "AH02262: Re-negotiation handshake failed: Client verification failed");
        }
        return good;
    }

    private static @Nullable SSLSession session(Request request) {
        SSLSessionInfo info = request.exchange().getConnection().getSslSessionInfo();
        return info == null ? null : info.getSSLSession();
    }

    private static boolean isStrict(Server server) {
        return server.settings().get(SslServer.STRICT_SNI);
    }

    private static boolean areCompatible(SniPolicy policy, Settings shaken, Settings asked) {
        return switch (policy) {
            case INSECURE -> true;
            case AUTHONLY -> areEqual(AUTHENTICATION, shaken, asked);
            case SECURE -> areEqual(AUTHENTICATION, shaken, asked) && areEqual(AGREEMENT, shaken, asked);
            case STRICT -> false;
        };
    }

    private static boolean areEqual(List<Setting<?>> settings, Settings one, Settings other) {
        for (Setting<?> setting : settings) {
            if (!Objects.equals(one.get(setting), other.get(setting))) {
                return false;
            }
        }
        return true;
    }

    private static String name(Server server) {
        return server.settings()
                .get(CoreModule.SERVER_NAME)
                .map(ServerName::host)
                .orElse("");
    }

    private static String hostname(Request request) {
        String host = request.exchange().getRequestHeaders().getFirst(Headers.HOST);
        if (host == null) {
            return "";
        }
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
