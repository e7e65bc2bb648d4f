package dev.sluice.modules.ssl;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.modules.ssl.SslVerdicts.idle;

import dev.sluice.connection.ListenerPlan;
import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.connection.TlsPlan;
import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Place;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.LintRule;
import dev.sluice.module.Start;
import dev.sluice.modules.core.CertificateFiles;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.ssl.SslServer.SniPolicy;
import dev.sluice.modules.ssl.SslServer.Verify;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Hooks;
import dev.sluice.request.Hooks.Turn;
import dev.sluice.request.Level;
import dev.sluice.request.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** mod_ssl: TLS towards clients, and the settings of TLS towards backends. */
public final class SslModule implements HttpdModule {
    static final Setting<Verify> VERIFY_HERE = perDirectory("SSLVerifyClient", Verify.NONE);
    static final Setting<Boolean> REQUIRE_SSL = perDirectory("SSLRequireSSL", false);
    static final Setting<SslOptions> OPTIONS = perDirectory("SSLOptions", SslOptions.NONE, SslOptions::with);
    static final Setting<String> USER_NAME = perDirectory("SSLUserName", "");

    private static final Places AUTH = Places.anywhereAndServers(AllowOverride.AUTH_CONFIG);
    private static final Places INSIDE = Places.anywhere(AllowOverride.AUTH_CONFIG);

    private final SslAccess access = new SslAccess();
    private final Map<Server, TlsPlan> plans = new HashMap<>();
    private final Map<Server, ProxyTlsPlan> proxyPlans = new HashMap<>();

    private final CertificateFiles files;

    public SslModule() {
        this(new CertificateFiles());
    }

    /** @param files of hosts whose certificates another module keeps */
    public SslModule(CertificateFiles files) {
        this.files = files;
    }

    @Override
    public String id() {
        return "ssl_module";
    }

    @Override
    public String file() {
        return "mod_ssl.c";
    }

    @Override
    public List<Directive> directives() {
        List<Directive> rows = new ArrayList<>();
        rows.addAll(servers());
        rows.addAll(clients());
        rows.addAll(sections());
        backends().forEach(row -> rows.add(ofServersAlone(row)));
        backendVerdicts().forEach(row -> rows.add(ofServersAlone(row)));
        rows.addAll(SslVerdicts.rows());
        return rows;
    }

    /** httpd takes it in {@code <Proxy>}, too; here all backends of a server are spoken to on the same terms. */
    private static Directive ofServersAlone(Directive row) {
        Directive.Does does = row.does();
        Effect effect = (line, scope) -> {
            if (scope.place().kind() != Place.Kind.SERVER) {
                throw BadArgument.refusal(line.name() + " in <" + scope.place().innermost()
                        + "> is not supported: it is the server's, for all its backends");
            }
            does.effect().apply(line, scope);
        };
        return directive(
                row.name(),
                Places.SERVERS_AND_PROXIES,
                new Directive.Does(does.args(), effect, does.verdict(), does.gives(), does.reads()));
    }

    private static List<Directive> servers() {
        return List.of(
                directive("SSLEngine", SERVERS, reads(Args.TAKE1, SslLines::engine, SslServer.ENGINE)),
                directive("SSLCertificateFile", SERVERS, SslLines.file(SslServer.CERTIFICATES)),
                directive("SSLCertificateKeyFile", SERVERS, SslLines.file(SslServer.KEYS)),
                directive("SSLCertificateChainFile", SERVERS, SslLines.oneFile(SslServer.CHAIN)),
                directive("SSLProtocol", SERVERS, raw(SslLines.protocol(SslServer.PROTOCOL), SslServer.PROTOCOL)),
                directive(
                        "SSLCipherSuite",
                        AUTH,
                        reads(
                                        Args.TAKE12,
                                        SslLines.ciphers(SslServer.CIPHERS, SslServer.CIPHERS_13),
                                        SslServer.CIPHERS,
                                        SslServer.CIPHERS_13)
                                .partly("suites that Java does not have are left out, and in sections it is refused")),
                directive("SSLHonorCipherOrder", SERVERS, sets(SslServer.HONOR_ORDER, flag())),
                directive("SSLStrictSNIVHostCheck", SERVERS, sets(SslServer.STRICT_SNI, flag())),
                directive(
                        "SSLVHostSNIPolicy",
                        MAIN_SERVER,
                        sets(
                                SslServer.SNI_POLICY,
                                Reading.oneOf(
                                        SniPolicy.class, word -> "Invalid SSLVhostSNIPolicy argument '" + word + "'"))),
                directive(
                        "SSLPassPhraseDialog",
                        MAIN_SERVER,
                        reads(Args.TAKE1, SslLines::passPhraseDialog, SslServer.DIALOG)
                                .partly("builtin asks nobody: an encrypted key needs exec:")));
    }

    private static List<Directive> clients() {
        SslServer.Authorities clients = SslServer.CLIENTS;
        return List.of(
                directive("SSLCACertificateFile", AUTH, SslLines.serverOnly(SslLines.file(clients.files()))),
                directive("SSLCACertificatePath", AUTH, SslLines.serverOnly(SslLines.directory(clients.files()))),
                directive("SSLCADNRequestFile", SERVERS, SslLines.file(clients.requested())),
                directive("SSLCADNRequestPath", SERVERS, SslLines.directory(clients.requested())),
                directive("SSLCARevocationFile", SERVERS, SslLines.file(clients.revocationFiles())),
                directive("SSLCARevocationPath", SERVERS, SslLines.directory(clients.revocationFiles())),
                directive(
                        "SSLCARevocationCheck",
                        SERVERS,
                        raw(SslLines.revocationCheck(clients.revocation()), clients.revocation())),
                directive("SSLVerifyClient", AUTH, reads(Args.TAKE1, verifyClient(), SslServer.VERIFY, VERIFY_HERE)),
                directive("SSLVerifyDepth", AUTH, reads(Args.TAKE1, verifyDepth(), clients.depth())));
    }

    private static List<Directive> sections() {
        return List.of(
                directive(
                        "SSLRequireSSL",
                        INSIDE,
                        reads(Args.RAW_ARGS, (line, scope) -> scope.give(REQUIRE_SSL, true, line.span()), REQUIRE_SSL)),
                directive(
                        "SSLRequire",
                        INSIDE,
                        raw(SslRequirement::read, SslRequirement.SETTING)),
                directive(
                        "SSLOptions",
                        Places.anywhere(AllowOverride.OPTIONS),
                        raw((line, scope) -> scope.give(OPTIONS, SslOptions.read(line), line.span()), OPTIONS)
                                .partly(
                                        "StdEnvVars sets the variables of the session and the names of the certificates; "
                                                + "ExportCertData, LegacyDNStringFormat and OptRenegotiate change nothing")),
                directive(
                        "SSLUserName",
                        AUTH,
                        reads(
                                Args.TAKE1,
                                (line, scope) -> scope.give(USER_NAME, SslLines.argument(line), line.span()),
                                USER_NAME)));
    }

    private static List<Directive> backends() {
        SslServer.Authorities backends = SslServer.BACKENDS;
        return List.of(
                directive("SSLProxyEngine", SERVERS, sets(SslServer.PROXY_ENGINE, flag())),
                directive(
                        "SSLProxyProtocol",
                        SERVERS,
                        raw(SslLines.protocol(SslServer.PROXY_PROTOCOL), SslServer.PROXY_PROTOCOL)),
                directive(
                        "SSLProxyCipherSuite",
                        SERVERS,
                        reads(
                                        Args.TAKE12,
                                        SslLines.ciphers(SslServer.PROXY_CIPHERS, SslServer.PROXY_CIPHERS_13),
                                        SslServer.PROXY_CIPHERS,
                                        SslServer.PROXY_CIPHERS_13)
                                .partly("suites that Java does not have are left out")),
                directive(
                        "SSLProxyVerify",
                        SERVERS,
                        reads(
                                Args.TAKE1,
                                (line, scope) -> scope.give(SslServer.PROXY_VERIFY, SslLines.verify(line), line.span()),
                                SslServer.PROXY_VERIFY)),
                directive(
                        "SSLProxyVerifyDepth",
                        SERVERS,
                        reads(
                                Args.TAKE1,
                                (line, scope) -> scope.give(backends.depth(), SslLines.depth(line), line.span()),
                                backends.depth())),
                directive("SSLProxyCACertificateFile", SERVERS, SslLines.file(backends.files())),
                directive("SSLProxyCACertificatePath", SERVERS, SslLines.directory(backends.files())),
                directive("SSLProxyCARevocationFile", SERVERS, SslLines.file(backends.revocationFiles())),
                directive("SSLProxyCARevocationPath", SERVERS, SslLines.directory(backends.revocationFiles())),
                directive(
                        "SSLProxyCARevocationCheck",
                        SERVERS,
                        raw(SslLines.revocationCheck(backends.revocation()), backends.revocation())));
    }

    private static List<Directive> backendVerdicts() {
        return List.of(
                directive("SSLProxyCheckPeerCN", SERVERS, sets(SslServer.PROXY_CHECK_CN, flag())),
                directive("SSLProxyCheckPeerExpire", SERVERS, sets(SslServer.PROXY_CHECK_EXPIRE, flag())),
                directive("SSLProxyCheckPeerName", SERVERS, sets(SslServer.PROXY_CHECK_NAME, flag())),
                directive("SSLProxyMachineCertificateFile", SERVERS, SslLines.file(SslServer.PROXY_MACHINE)),
                directive("SSLProxyMachineCertificatePath", SERVERS, SslLines.directory(SslServer.PROXY_MACHINE)),
                directive(
                        "SSLProxyMachineCertificateChainFile",
                        SERVERS,
                        idle(Args.TAKE1, SslLines::exists, "a chain is read from the file of its certificate")));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.POST_READ_REQUEST, Turn.MIDDLE, SslAccess::checkServerName)
                .at(Phase.ACCESS_CHECKER, Turn.MIDDLE, access::check)
                .at(Phase.CHECK_USER_ID, Turn.FIRST, SslRequirement::forbidAgain)
                .at(Phase.AUTH_CHECKER, Turn.FIRST, SslRequirement::forbidAgain)
                .at(Phase.FIXUPS, Turn.MIDDLE, SslAccess::setVariables);
    }

    @Override
    public void connections(Server server, ListenerPlan plan) {
        TlsPlan towardsClients = plans.get(server);
        if (towardsClients != null) {
            plan.tls(towardsClients);
        }
        ProxyTlsPlan towardsBackends = proxyPlans.get(server);
        if (towardsBackends != null) {
            plan.proxyTls(towardsBackends);
        }
    }

    /** What is wrong is told to the log of the server it is wrong with (ssl_init_Module, ssl_die). */
    @Override
    public void start(Start start) throws CannotStart {
        Server main = start.configuration().main();
        for (Server server : start.configuration().servers().toList()) {
            ErrorLog log = start.errorLog(server);
            try {
                start(server, log);
            } catch (TlsFault e) {
                log.log(Level.EMERG, "ssl", e.message());
                if (!e.reason().isEmpty()) {
                    log.log(Level.EMERG, "ssl", "SSL Library Error: " + e.reason());
                }
                if (e.reason().equals(Pem.NO_KEY)) {
                    log.log(Level.ERROR, "ssl", "AH02579: Init: Private key not found");
                }
                start.errorLog(main).log(Level.EMERG, "ssl", verdict(server, main));
                throw CannotStart.told(e.message());
            }
        }
    }

    private void start(Server server, ErrorLog log) throws TlsFault {
        if (server.settings().get(SslServer.ENGINE)) {
            plans.put(server, ServerTls.plan(server, files, log));
            SslWarnings.log(server, log);
            access.trust(server, ServerTls.clientTrust(server));
        }
        if (server.settings().get(SslServer.PROXY_ENGINE)) {
            proxyPlans.put(server, ServerTls.proxyPlan(server, log));
        }
    }

    private static String verdict(Server server, Server main) {
        String own = server.settings().get(CoreModule.ERROR_LOG);
        return own.equals(main.settings().get(CoreModule.ERROR_LOG))
                ? "AH02312: Fatal error initialising mod_ssl, exiting."
                : "AH02311: Fatal error initialising mod_ssl, exiting. See " + own + " for more information";
    }

    @Override
    public List<LintRule> lints() {
        List<LintRule> rules = new ArrayList<>(List.of(CertificateLint.RULE));
        rules.addAll(CertificateRules.RULES);
        rules.addAll(Http2Lint.RULES);
        return rules;
    }

    private static Effect verifyClient() {
        return (line, scope) -> {
            Verify verify = SslLines.verify(line);
            boolean inside = scope.place().kind() != Place.Kind.SERVER;
            scope.give(inside ? VERIFY_HERE : SslServer.VERIFY, verify, line.span());
        };
    }

    private static Effect verifyDepth() {
        return (line, scope) -> {
            int depth = SslLines.depth(line);
            if (scope.place().kind() != Place.Kind.SERVER) {
                throw BadArgument.refusal("SSLVerifyDepth is not supported in a section: it is the server's");
            }
            scope.give(SslServer.CLIENTS.depth(), depth, line.span());
        };
    }
}
