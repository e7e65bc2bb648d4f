package dev.sluice.modules.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.wire.tls.Certificates;
import dev.sluice.wire.tls.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes with a backend, by engines as the proxy uses them. */
class ProxyTlsTest {
    private static final String ENGINE =
            "SSLCertificateFile a.test.pem\nSSLCertificateKeyFile a.test.key\nSSLProxyEngine on\n";

    private static Path root = Path.of("");

    @BeforeAll
    static void makeCertificates(@TempDir Path made) throws IOException {
        root = made;
        Certificates.make(made, "a.test", "rsa:2048");
        Certificates.make(made, "other.test", "rsa:2048");
        Certificates.openssl(
                made,
                "req",
                "-x509",
                "-nodes",
                "-newkey",
                "rsa:2048",
                "-subj",
                "/CN=*.wild.test",
                "-days",
                "30",
                "-keyout",
                "wild.key",
                "-out",
                "wild.pem");
        Files.writeString(
                made.resolve("machine.pem"),
                Files.readString(made.resolve("other.test.pem")) + Files.readString(made.resolve("other.test.key")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a.test     | a.test      |                                                                     | true
            a.test     | other.test  |                                                                     | false
            a.test     | other.test  | SSLProxyCheckPeerName off                                           | true
            a.test     | other.test  | SSLProxyCheckPeerCN off                                             | true
            a.test     | other.test  | SSLProxyCheckPeerName off;SSLProxyCheckPeerCN on                    | false
            wild       | x.wild.test |                                                                     | true
            wild       | wild.test   |                                                                     | false
            wild       | x.y.wild.test |                                                                   | false
            a.test     | a.test      | SSLProxyVerify require                                              | false
            a.test     | a.test      | SSLProxyVerify require;SSLProxyCACertificateFile a.test.pem         | true
            a.test     | a.test      | SSLProxyVerify require;SSLProxyCACertificateFile other.test.pem     | false
            a.test     | a.test      | SSLProxyVerify none;SSLProxyCACertificateFile other.test.pem        | true
            """)
    void backendsAreJudged(String certificate, String host, String lines, boolean good) throws Exception {
        ProxyTlsPlan plan =
                Objects.requireNonNull(Loading.host(root, ENGINE + (lines == null ? "" : lines.replace(";", "\n")))
                        .proxyTls());
        String backend = "SSLCertificateFile " + certificate + ".pem\nSSLCertificateKeyFile " + certificate + ".key";

        try (TestServer server = Hosts.serve(Loading.tls(root, backend))) {
            assertEquals(good, shakesHands(plan, host, server.port()));
        }
    }

    @Test
    void aMachineCertificateIsShown() throws Exception {
        ProxyTlsPlan plan =
                Objects.requireNonNull(Loading.host(root, ENGINE + "SSLProxyMachineCertificateFile machine.pem")
                        .proxyTls());
        String demanding = "SSLCertificateFile a.test.pem\nSSLCertificateKeyFile a.test.key\n"
                + "SSLVerifyClient require\nSSLCACertificateFile other.test.pem\nSSLProtocol TLSv1.2";

        try (TestServer server = Hosts.serve(Loading.tls(root, demanding))) {
            assertEquals(true, shakesHands(plan, "a.test", server.port()));
        }
    }

    @Test
    void withoutTheEngineThereIsNoPlan() throws Exception {
        assertNull(Loading.host(root, ENGINE + "SSLProxyEngine off").proxyTls());
    }

    /** A socket over an engine that knows the backend's name, and nothing else of it. */
    private static boolean shakesHands(ProxyTlsPlan plan, String host, int port) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.setSoTimeout(10_000);
            SSLEngine engine = plan.context().createSSLEngine(host, port);
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {"TLSv1.2"});
            return EngineClient.shake(engine, plain) == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
        }
    }
}
