package dev.sluice.modules.ssl;

import static dev.sluice.wire.tls.Certificates.openssl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.ConfigLoader;
import dev.sluice.connection.TlsPlan;
import dev.sluice.model.Configuration;
import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Hook;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.request.Responses;
import dev.sluice.wire.tls.Certificates;
import dev.sluice.wire.tls.TestClient;
import dev.sluice.wire.tls.TestServer;
import dev.sluice.wire.tls.TlsHost;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests on a connection may ask for. */
class SslAccessTest {
    private static final String A = "SSLEngine on\nSSLCertificateFile a.pem\nSSLCertificateKeyFile a.key\n";
    private static final String B = "SSLEngine on\nSSLCertificateFile b.pem\nSSLCertificateKeyFile b.key\n";

    private static Path root = Path.of("");

    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void makeCertificates(@TempDir Path made) throws IOException {
        root = made;
        Certificates.make(made, "a", "rsa:2048");
        Certificates.make(made, "b", "rsa:2048");
        Certificates.make(made, "ca", "rsa:2048");
        openssl(
                made,
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=joe/O=us",
                "-keyout",
                "joe.key",
                "-out",
                "joe.csr");
        openssl(
                made,
                "x509",
                "-req",
                "-in",
                "joe.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "30",
                "-out",
                "joe.pem");
    }

    @BeforeEach
    void forget() {
        log.clear();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            /,  '',  200
            /,  joe, 200
            /,  b,   200
            /v, '',  403
            /v, joe, 200
            /v, b,   403
            """)
    void aSectionMayDemandACertificate(String path, String who, int status) throws Exception {
        String lines =
                host("a.test", A + "SSLCACertificateFile ca.pem\n<Location /v>\nSSLVerifyClient require\n</Location>");
        try (TestServer server = serve(lines)) {
            assertEquals(status, status(server, "a.test", "a.test", path, who));
        }
    }

    @Test
    void theLogSaysWhyInHttpdsWords() throws Exception {
        String lines =
                host("a.test", A + "SSLCACertificateFile ca.pem\n<Location /v>\nSSLVerifyClient require\n</Location>");
        try (TestServer server = serve(lines)) {
            status(server, "a.test", "a.test", "/v", "");
            status(server, "a.test", "a.test", "/v", "b");
        }

        assertEquals(
                List.of(
                        "AH02263: Re-negotiation handshake failed: Client certificate missing",
                        "AH02262: Re-negotiation handshake failed: Client verification failed"),
                log);
    }

    /** Probed: SNI and Host of hosts with different certificates are 421, of hosts with the same terms are not. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            secure,   a.test, a.test, 200
            secure,   a.test, b.test, 421
            secure,   a.test, c.test, 200
            strict,   a.test, c.test, 421
            authonly, a.test, b.test, 200
            insecure, a.test, b.test, 200
            """)
    void aRequestForAnotherHostNeedsTheSameTerms(String policy, String asked, String host, int status)
            throws Exception {
        String lines = "SSLVHostSNIPolicy " + policy + "\n" + host("a.test", A) + host("b.test", B) + host("c.test", A);
        try (TestServer server = serve(lines)) {
            assertEquals(status, status(server, asked, host, "/", ""));
        }
        if (status == 421) {
            assertEquals(
                    List.of("AH02032: Hostname a.test provided via SNI and hostname " + host
                            + " provided via HTTP have no compatible SSL setup for policy '" + policy + "'"),
                    log);
        }
    }

    @ParameterizedTest
    @CsvSource({"on, 403", "off, 200"})
    void aClientWithoutSniMayBeTurnedAway(String strict, int status) throws Exception {
        String lines = host("a.test", A + "SSLStrictSNIVHostCheck " + strict) + host("b.test", B);
        try (TestServer server = serve(lines)) {
            assertEquals(status, status(server, null, "a.test", "/", ""));
        }
    }

    @Test
    void variablesAndTheUserComeFromTheCertificate() throws Exception {
        String lines = host(
                "a.test",
                A + "SSLCACertificateFile ca.pem\nSSLVerifyClient optional\nSSLUserName SSL_CLIENT_S_DN_CN\n"
                        + "SSLOptions +StdEnvVars");
        try (TestServer server = serve(lines);
                TestClient client = client(server, "a.test", "joe")) {
            String answer = client.get("a.test", "/");

            assertTrue(answer.contains("user joe\n"), answer);
            assertTrue(answer.contains("HTTPS=on\n"), answer);
            assertTrue(answer.contains("SSL_TLS_SNI=a.test\n"), answer);
            assertTrue(answer.contains("SSL_PROTOCOL=TLSv1.2\n"), answer);
            assertTrue(answer.contains("SSL_CIPHER=ECDHE-RSA-AES256-GCM-SHA384\n"), answer);
            assertTrue(answer.contains("SSL_CLIENT_VERIFY=SUCCESS\n"), answer);
            assertTrue(answer.contains("SSL_CLIENT_S_DN=O=us,CN=joe\n"), answer);
            assertTrue(answer.contains("SSL_SERVER_S_DN_CN=a\n"), answer);
        }
    }

    private static String host(String name, String lines) {
        return "<VirtualHost *:443>\nServerName " + name + "\n" + lines + "\n</VirtualHost>\n";
    }

    private int status(TestServer server, @Nullable String serverName, String host, String path, String who)
            throws Exception {
        try (TestClient client = client(server, serverName, who)) {
            return Integer.parseInt(client.get(host, path).substring(0, 3));
        }
    }

    private static TestClient client(TestServer server, @Nullable String serverName, String who) throws Exception {
        KeyManager[] keys = {};
        if (!who.isEmpty()) {
            HostKeys own = new HostKeys(List.of(new HostKeys.Entry(
                    Pem.read(root.resolve(who + ".key")).privateKey(() -> null),
                    Pem.read(root.resolve(who + ".pem")).certificates())));
            keys = new KeyManager[] {new AnyIssuer(own)};
        }
        SSLContext context = Certificates.trustingAll(keys);
        return new TestClient(context, server.port(), serverName, List.of(), "TLSv1.2");
    }

    /** The hosts of {@code lines} by SNI; requests go through mod_ssl's hooks and are answered with what they left. */
    private TestServer serve(String lines) throws Exception {
        ConfigLoader.Loaded loaded = Loading.load(root, lines);
        assertEquals(null, loaded.firstError());
        HttpdModule ssl = loaded.modules().stream()
                .filter(m -> m instanceof SslModule)
                .findFirst()
                .orElseThrow();
        Hooks hooks = new Hooks();
        ssl.hooks(hooks.of(ssl.id()));
        ssl.start(new Starting(loaded.configuration()));
        log.clear();
        List<Server> servers = loaded.configuration().hosts();
        HttpHandler handler = exchange -> exchange.getResponseSender().send(answer(exchange, servers, hooks));
        List<TlsHost> hosts = new CopyOnWriteArrayList<>();
        for (Server server : servers) {
            TlsPlan plan = Objects.requireNonNull(Loading.plan(loaded, server).tls());
            hosts.add(Hosts.of(plan, handler, server));
        }
        return new TestServer(
                (hello, local) -> hosts.stream()
                        .filter(h -> ServerTls.id((Server) h.virtualHost()).equals(hello.serverName() + ":443"))
                        .findFirst()
                        .orElse(hosts.get(0)),
                Duration.ofSeconds(30));
    }

    private String answer(HttpServerExchange exchange, List<Server> servers, Hooks hooks) {
        Server server = servers.stream()
                .filter(s -> ServerTls.id(s).equals(exchange.getHostName() + ":443"))
                .findFirst()
                .orElseThrow();
        Request request =
                new Request(exchange, server, new Log(), new NoResponses(), "/", exchange.getRequestPath(), "", null);
        for (Section section : server.sections()) {
            if (section.argument().equals(exchange.getRequestPath())) {
                request.settings(request.settings().over(section.settings()));
            }
        }
        for (Phase phase : List.of(Phase.POST_READ_REQUEST, Phase.ACCESS_CHECKER, Phase.FIXUPS)) {
            for (Hook hook : hooks.inOrder(phase)) {
                Outcome outcome = hook.run(request);
                if (outcome.status() != 0) {
                    return outcome.status() + "\n";
                }
            }
        }
        StringBuilder text = new StringBuilder("200\nuser " + request.user() + "\n");
        request.environment().all().forEach((name, value) -> text.append(name + "=" + value + "\n"));
        return text.toString();
    }

    private final class Log implements ErrorLog {
        @Override
        public boolean keeps(Level level, String module) {
            return true;
        }

        @Override
        public void log(Level level, String module, @Nullable HttpServerExchange exchange, String message) {
            log.add(message);
        }
    }

    private static final class NoResponses implements Responses {
        @Override
        public void fail(Request request, int status) {
            throw new IllegalStateException("no hook of mod_ssl answers");
        }

        @Override
        public void redirectInternally(Request request, String target) {
            throw new IllegalStateException("no hook of mod_ssl redirects");
        }
    }

    private final class Starting implements Start {
        private final Configuration configuration;

        Starting(Configuration configuration) {
            this.configuration = configuration;
        }

        @Override
        public Configuration configuration() {
            return configuration;
        }

        @Override
        public ErrorLog errorLog(Server server) {
            return new Log();
        }

        @Override
        public void onStop(Runnable action) {}
    }
}
