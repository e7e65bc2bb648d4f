package dev.sluice.modules.ssl;

import static dev.sluice.wire.tls.Certificates.openssl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.ConfigLoader;
import dev.sluice.connection.TlsPlan;
import dev.sluice.module.CannotStart;
import dev.sluice.module.Report;
import dev.sluice.source.Diagnostic;
import dev.sluice.wire.tls.Certificates;
import dev.sluice.wire.tls.TestClient;
import dev.sluice.wire.tls.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the lines of a configuration to handshakes. */
class SslServerTest {
    private static final String A = "SSLCertificateFile a.pem\nSSLCertificateKeyFile a.key\n";

    private static Path root = Path.of("");

    @BeforeAll
    static void makeCertificates(@TempDir Path made) throws IOException {
        root = made;
        Certificates.make(made, "a", "rsa:2048");
        Certificates.make(made, "b", "rsa:2048");
        Certificates.make(made, "ec", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        Certificates.make(made, "ed", "ed25519");
        Certificates.make(made, "ca", "rsa:2048");
        openssl(
                made,
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=joe",
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
        openssl(
                made,
                "rsa",
                "-in",
                "a.key",
                "-aes256",
                "-traditional",
                "-passout",
                "pass:secret",
                "-out",
                "locked.key");
        Files.writeString(made.resolve("text"), "hello\n");
        Files.writeString(
                made.resolve("both.pem"),
                Files.readString(made.resolve("a.key")) + Files.readString(made.resolve("a.pem")));
    }

    /** What apache2 2.4.71 writes to its error log; behind it what OpenSSL's lines say there, in our words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            SSLCertificateFile a.pem;SSLCertificateKeyFile b.key    | AH02565: Certificate and private key a.test:443:0 from ROOT/a.pem and ROOT/b.key do not match
            SSLCertificateFile a.pem;SSLCertificateKeyFile ec.key   | AH02565: Certificate and private key a.test:443:0 from ROOT/a.pem and ROOT/ec.key do not match
            SSLCertificateFile ec.pem;SSLCertificateKeyFile ed.key  | AH02565: Certificate and private key a.test:443:0 from ROOT/ec.pem and ROOT/ed.key do not match
            SSLCertificateKeyFile a.key                             | AH02572: Failed to configure at least one certificate and key for a.test:443
            SSLCertificateFile text;SSLCertificateKeyFile a.key     | AH02562: Failed to configure certificate a.test:443:0 (with chain), check ROOT/text; SSL Library Error: no start line
            SSLCertificateFile a.pem;SSLCertificateKeyFile text     | AH02564: Failed to configure encrypted (?) private key a.test:443:0, check ROOT/text; SSL Library Error: no private key in it
            SSLCertificateFile a.pem                                | AH02564: Failed to configure encrypted (?) private key a.test:443:0, check ROOT/a.pem; SSL Library Error: no private key in it
            SSLCertificateFile a.pem;SSLCertificateKeyFile locked.key | AH02564: Failed to configure encrypted (?) private key a.test:443:0, check ROOT/locked.key; SSL Library Error: it is encrypted
            SSLCipherSuite FOO;SSLCertificateFile both.pem          | AH01898: Unable to configure permitted SSL ciphers
            SSLCipherSuite TLSv1.3 FOO;SSLCertificateFile both.pem  | AH10127: Unable to configure permitted TLSv1.3 ciphers
            SSLProtocol -all;SSLCertificateFile both.pem            | AH02231: No SSL protocols available [hint: SSLProtocol]
            SSLCACertificateFile text;SSLVerifyClient require;SSLCertificateFile both.pem | AH01895: Unable to configure verify locations for client authentication
            SSLCertificateFile both.pem;SSLCertificateFile ec.pem   | AH02564: Failed to configure encrypted (?) private key a.test:443:1, check ROOT/ec.pem
            """)
    void whatCannotStartSaysWhy(String lines, String message) {
        CannotStart thrown = assertThrows(CannotStart.class, () -> Loading.tls(root, lines.replace(";", "\n")));

        String said = String.valueOf(thrown.getMessage()).replace(root.toString(), "ROOT");
        assertEquals(message, said.substring(0, Math.min(message.length(), said.length())), said);
    }

    /** As with httpd, -t has no complaint; lint has. */
    @Test
    void aKeyThatDoesNotMatchIsFoundByLint() throws Exception {
        String host = "<VirtualHost *:443>\nServerName a.test\nSSLEngine on\nSSLCertificateFile a.pem\n"
                + "SSLCertificateKeyFile b.key\n</VirtualHost>";
        List<Diagnostic> found = new ArrayList<>();

        ConfigLoader.Loaded loaded = Loading.load(root, host);
        CertificateLint.check(loaded.configuration(), new Report(CertificateLint.RULE.rule(), found::add));

        assertEquals("", Loading.complaint(root, host));
        assertEquals(1, found.size());
        assertTrue(found.get(0).message().startsWith("AH02565: "), found.get(0).message());
    }

    @Test
    void aProgramMayKnowThePassPhrase() throws Exception {
        Path program = root.resolve("ask");
        Files.writeString(program, "#!/bin/sh\n[ \"$1 $2\" = \"a.test:443 RSA\" ] && echo secret\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ConfigLoader.Loaded loaded = Loading.load(
                root,
                "SSLPassPhraseDialog exec:ask\n<VirtualHost *:443>\nServerName a.test\nSSLEngine on\n"
                        + "SSLCertificateFile a.pem\nSSLCertificateKeyFile locked.key\n</VirtualHost>");

        TlsPlan plan = java.util.Objects.requireNonNull(
                Loading.plan(loaded, loaded.configuration().hosts().get(0)).tls());

        assertEquals("CN=a", handshake(plan, "TLSv1.3", Certificates.trustingAll()));
    }

    @ParameterizedTest
    @CsvSource({"a,RSA", "ec,EC", "ed,EdDSA"})
    void everyKindOfKeyServes(String name, String kind) throws Exception {
        TlsPlan plan = Loading.tls(root, "SSLCertificateFile " + name + ".pem\nSSLCertificateKeyFile " + name + ".key");

        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            assertEquals("CN=" + name, handshake(plan, protocol, Certificates.trustingAll()), kind);
        }
    }

    @Test
    void aHostMayHaveAKeyOfEachKind() throws Exception {
        TlsPlan plan = Loading.tls(root, A + "SSLCertificateFile ec.pem\nSSLCertificateKeyFile ec.key");

        assertEquals("CN=a", handshakeBy(plan, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        assertEquals("CN=ec", handshakeBy(plan, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
    }

    @Test
    void theChainIsSent() throws Exception {
        TlsPlan plan = Loading.tls(
                root, "SSLCertificateFile joe.pem\nSSLCertificateKeyFile joe.key\nSSLCertificateChainFile ca.pem");

        try (TestServer server = Hosts.serve(plan);
                TestClient client = TestClient.of(server.port(), "a.test")) {
            assertEquals(2, client.socket.getSession().getPeerCertificates().length);
        }
    }

    @Test
    void protocolsAndCiphersAreTheServers() throws Exception {
        TlsPlan plan = Loading.tls(
                root,
                A
                        + "SSLProtocol TLSv1.2\nSSLHonorCipherOrder on\nSSLCipherSuite ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA");

        assertEquals(List.of("TLSv1.2"), plan.protocols());
        assertTrue(plan.honorCipherOrder());
        assertThrows(IOException.class, () -> handshake(plan, "TLSv1.3", Certificates.trustingAll()));
        try (TestServer server = Hosts.serve(plan);
                TestClient client = TestClient.of(server.port(), "a.test")) {
            assertEquals(
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    client.socket.getSession().getCipherSuite());
        }
    }

    @Test
    void withoutLinesTheDefaultIsOpenSsls() throws Exception {
        TlsPlan plan = Loading.tls(root, A);

        assertEquals(List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"), plan.protocols());
        assertEquals("TLS_AES_256_GCM_SHA384", plan.ciphers().get(0));
        assertEquals("TLS_CHACHA20_POLY1305_SHA256", plan.ciphers().get(1));
        assertFalse(plan.ciphers().toString().contains("DSS"));
        assertEquals(300, plan.context().getServerSessionContext().getSessionTimeout());
        assertEquals(
                42,
                Loading.tls(root, A + "SSLSessionCacheTimeout 42")
                        .context()
                        .getServerSessionContext()
                        .getSessionTimeout());
    }

    @Test
    void openSslIsUsedWhereItIsAskedFor() throws Exception {
        ConfigLoader.Loaded loaded = Loading.load(
                root,
                "Define SLUICE_OPENSSL\n<VirtualHost *:443>\nSSLEngine on\n" + A
                        + "SSLCipherSuite HIGH\n</VirtualHost>");

        TlsPlan plan = java.util.Objects.requireNonNull(
                Loading.plan(loaded, loaded.configuration().hosts().get(0)).tls());

        assertTrue(plan.preferOpenSsl());
        assertEquals("CN=a", handshake(plan, "TLSv1.2", Certificates.trustingAll()));
        assertEquals("CN=a", handshake(plan, "TLSv1.3", Certificates.trustingAll()));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            require,  ca.pem, joe, true
            require,  ca.pem, b,   false
            require,  ca.pem, '',  false
            optional, ca.pem, '',  true
            optional, ca.pem, joe, true
            optional, ca.pem, b,   false
            optional_no_ca, ca.pem, b, true
            require,  b.pem,  joe, false
            require,  b.pem,  b,   true
            """)
    void clientsAreVerified(String verify, String authority, String who, boolean good) throws Exception {
        TlsPlan plan = Loading.tls(root, A + "SSLVerifyClient " + verify + "\nSSLCACertificateFile " + authority);

        assertEquals(good, isLetIn(plan, who));
    }

    @Test
    void aRevokedClientIsRefused() throws Exception {
        Files.writeString(root.resolve("index.txt"), "");
        Files.writeString(
                root.resolve("ca.cnf"),
                "[ca]\ndefault_ca=me\n[me]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n");
        openssl(
                root,
                "ca",
                "-config",
                "ca.cnf",
                "-gencrl",
                "-keyfile",
                "ca.key",
                "-cert",
                "ca.pem",
                "-out",
                "none.crl");
        openssl(root, "ca", "-config", "ca.cnf", "-revoke", "joe.pem", "-keyfile", "ca.key", "-cert", "ca.pem");
        openssl(root, "ca", "-config", "ca.cnf", "-gencrl", "-keyfile", "ca.key", "-cert", "ca.pem", "-out", "joe.crl");
        String lines = A + "SSLVerifyClient require\nSSLCACertificateFile ca.pem\n";

        assertTrue(
                isLetIn(Loading.tls(root, lines + "SSLCARevocationCheck chain\nSSLCARevocationFile none.crl"), "joe"));
        assertFalse(
                isLetIn(Loading.tls(root, lines + "SSLCARevocationCheck leaf\nSSLCARevocationFile joe.crl"), "joe"));
        assertTrue(isLetIn(Loading.tls(root, lines + "SSLCARevocationCheck none\nSSLCARevocationFile joe.crl"), "joe"));
        assertFalse(isLetIn(Loading.tls(root, lines + "SSLCARevocationCheck chain"), "joe"));
        assertTrue(isLetIn(Loading.tls(root, lines + "SSLCARevocationCheck chain no_crl_for_cert_ok"), "joe"));
    }

    private static boolean isLetIn(TlsPlan plan, String who) throws Exception {
        KeyManager[] keys = {};
        if (!who.isEmpty()) {
            Pem pem = Pem.read(root.resolve(who + ".pem"));
            HostKeys own = new HostKeys(List.of(new HostKeys.Entry(
                    Pem.read(root.resolve(who + ".key")).privateKey(() -> null), pem.certificates())));
            keys = new KeyManager[] {new AnyIssuer(own)};
        }
        try (TestServer server = Hosts.serve(plan);
                TestClient client =
                        new TestClient(Certificates.trustingAll(keys), server.port(), "a.test", List.of(), "TLSv1.2")) {
            return client.get("a.test", "/").contains("served");
        } catch (IOException e) {
            return false;
        }
    }

    private static String handshake(TlsPlan plan, String protocol, SSLContext context) throws IOException {
        try (TestServer server = Hosts.serve(plan);
                TestClient client = new TestClient(context, server.port(), "a.test", List.of(), protocol)) {
            assertTrue(client.get("a.test", "/").contains("served"));
            return client.certificateName();
        }
    }

    private static String handshakeBy(TlsPlan plan, String suite) throws Exception {
        SSLContext context = Certificates.trustingAll();
        try (TestServer server = Hosts.serve(plan);
                TestClient client = new TestClient(context, server.port(), "a.test", List.of(), suite, "TLSv1.2")) {
            return client.certificateName();
        }
    }
}
