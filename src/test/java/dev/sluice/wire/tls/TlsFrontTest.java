package dev.sluice.wire.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFrontTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private static Path directory = Path.of("");

    @BeforeAll
    static void makeCertificates(@TempDir Path made) throws IOException {
        directory = made;
        Certificates.make(directory, "a.test", "rsa:2048");
        Certificates.make(directory, "b.test", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        Certificates.make(directory, "localhost", "rsa:2048");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            a.test,    CN=a.test, a.test
            b.test,    CN=b.test, b.test
            B.TEST,    CN=b.test, b.test
            none.test, CN=a.test, none.test
            ,          CN=a.test,
            """)
    void eachNameHasItsOwnCertificateAndStrangersTheFirst(String asked, String subject, String serverName)
            throws Exception {
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), PATIENT);
                TestClient client = TestClient.of(server.port(), asked)) {
            String answer = client.get();

            assertEquals(subject, client.certificateName());
            String name = subject.substring(3);
            assertEquals(name + ", virtual host " + name + ", SNI " + serverName + ", HTTP/1.1", answer);
        }
    }

    @Test
    void aNameThatIsRefusedGetsAnAlert() throws Exception {
        try (TestServer server = new TestServer((hello, local) -> null, PATIENT)) {
            SSLException thrown = assertThrows(SSLException.class, () -> TestClient.of(server.port(), "a.test")
                    .close());

            assertTrue(thrown.toString().contains("unrecognized_name"), thrown.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            h2 http/1.1, true,  http/1.1 h2,  h2
            h2 http/1.1, false, http/1.1 h2,  http/1.1
            http/1.1 h2, true,  h2 http/1.1,  http/1.1
            http/1.1 h2, false, h2 http/1.1,  h2
            h2 http/1.1, true,  http/1.1,     http/1.1
            h2 http/1.1, true,  spdy/1 h2,    h2
            h2,          true,  http/1.1,     http/1.1
            """)
    void theOrderOfProtocolsDecides(String ours, boolean honor, String theirs, String chosen) throws Exception {
        TlsTerms terms = new TlsTerms(List.of(), List.of(), false, ClientAuth.NONE, List.of(ours.split(" ")), honor);
        try (TestServer server = new TestServer(twoHosts(terms), PATIENT);
                TestClient client = TestClient.of(server.port(), "a.test", theirs.split(" "))) {
            assertEquals(chosen, client.socket.getApplicationProtocol());
        }
    }

    @Test
    void aProtocolThatNobodySpeaksHereFailsTheHandshake() throws Exception {
        TlsTerms terms = new TlsTerms(List.of(), List.of(), false, ClientAuth.NONE, List.of("http/1.1"), true);
        try (TestServer server = new TestServer(twoHosts(terms), PATIENT)) {

            SSLException thrown =
                    assertThrows(SSLException.class, () -> TestClient.of(server.port(), "a.test", "h2", "spdy/1")
                            .close());

            assertTrue(thrown.toString().contains("no_application_protocol"), thrown.toString());
        }
    }

    @Test
    void http2IsServedAndKnowsItsHost() throws Exception {
        TlsTerms terms = new TlsTerms(List.of(), List.of(), false, ClientAuth.NONE, List.of("h2", "http/1.1"), true);
        try (TestServer server = new TestServer(one("localhost", TlsEngine.JSSE, terms), PATIENT)) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = request(server.port());

                assertEquals(HttpClient.Version.HTTP_2, answer.version());
                assertEquals("localhost, virtual host localhost, SNI localhost, HTTP/2.0", answer.body());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResumedSessionKnowsItsHost(String protocol) throws Exception {
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), PATIENT)) {
            SSLContext context = Certificates.trustingAll();
            for (int i = 0; i < 3; i++) {
                try (TestClient client = new TestClient(context, server.port(), "b.test", List.of(), protocol)) {
                    assertEquals("b.test, virtual host b.test, SNI b.test, HTTP/1.1", client.get());
                }
            }
        }
    }

    @Test
    void aHostHasItsOwnProtocolsAndSuites() throws Exception {
        TlsTerms old = new TlsTerms(
                List.of("TLSv1.2"),
                List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                true,
                ClientAuth.NONE,
                List.of("http/1.1"),
                true);
        TlsHost a = host("a.test", TlsEngine.JSSE, old);
        TlsHost b = host("b.test", TlsEngine.JSSE, TlsTerms.plain());
        try (TestServer server =
                new TestServer((hello, local) -> "a.test".equals(hello.serverName()) ? a : b, PATIENT)) {
            try (TestClient client = TestClient.of(server.port(), "a.test")) {
                assertEquals("TLSv1.2", client.socket.getSession().getProtocol());
                assertEquals(
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                        client.socket.getSession().getCipherSuite());
            }
            try (TestClient client = TestClient.of(server.port(), "b.test")) {
                assertEquals("TLSv1.3", client.socket.getSession().getProtocol());
            }
            assertThrows(IOException.class, () -> new TestClient(
                            Certificates.trustingAll(), server.port(), "a.test", List.of(), "TLSv1.3")
                    .close());
            assertComesToRest(server);
        }
    }

    @Test
    void aClientCertificateCanBeDemanded() throws Exception {
        TlsTerms terms =
                new TlsTerms(List.of("TLSv1.2"), List.of(), false, ClientAuth.REQUIRE, List.of("http/1.1"), true);
        try (TestServer server = new TestServer(one("a.test", TlsEngine.JSSE, terms), PATIENT)) {
            assertThrows(IOException.class, () -> TestClient.of(server.port(), "a.test")
                    .close());

            SSLContext known = Certificates.trustingAll(Certificates.keys(directory, "b.test"));
            try (TestClient client = new TestClient(known, server.port(), "a.test", List.of())) {
                assertTrue(client.get().startsWith("a.test"));
            }
            assertComesToRest(server);
            assertEquals(List.of("failed a.test"), server.log);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 40, 10_000})
    void aHandshakeThatStallsIsEndedInTime(int bytes) throws Exception {
        byte[] hello = clientHello("a.test");
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), SHORT);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello, 0, Math.min(bytes, hello.length));

            socket.getInputStream().readAllBytes();

            assertEquals(List.of("timed out"), server.log);
            assertComesToRest(server);
        }
    }

    @Test
    void aConnectionThatIsThroughOutlivesTheHandshakesTime() throws Exception {
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), SHORT);
                TestClient client = TestClient.of(server.port(), "a.test")) {
            Thread.sleep(3 * SHORT.toMillis());

            assertTrue(client.get().startsWith("a.test"));
            assertEquals(List.of(), server.log);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 40, 10_000})
    void aClientThatLeavesHalfWayIsForgotten(int bytes) throws Exception {
        byte[] hello = clientHello("a.test");
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), PATIENT)) {
            for (int i = 0; i < 20; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    socket.getOutputStream().write(hello, 0, Math.min(bytes, hello.length));
                }
            }

            assertComesToRest(server);
        }
    }

    @Test
    void aClientHelloMayComeByteByByteAndInManyRecords() throws Exception {
        byte[] hello = clientHello("b.test");
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), PATIENT);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            for (int i = 5; i < hello.length; i += 50) {
                int length = Math.min(50, hello.length - i);
                out.write(new byte[] {22, 3, 1, 0, (byte) length});
                out.flush();
                out.write(hello, i, length);
                out.flush();
            }

            assertEquals(22, socket.getInputStream().read());
        }
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), PATIENT);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            for (byte each : hello) {
                socket.getOutputStream().write(each);
            }

            assertEquals(22, socket.getInputStream().read());
        }
    }

    /** Debian's apache2 2.4.71 answers these and no others, as soon as it has five bytes. */
    @ParameterizedTest
    @CsvSource({"'GET /', true", "'PUT /', true", "'POST ', true", "'HEAD ', true", "'GET\r\n', false"})
    void plainHttpIsAnswered(String said, boolean answered) throws Exception {
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), PATIENT);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));

            String answer = new String(readAll(socket), StandardCharsets.US_ASCII);

            assertEquals(answered ? new String(TestServer.PLAIN, StandardCharsets.US_ASCII) : "", answer);
            assertEquals(answered, server.log.contains("plain HTTP"));
            assertComesToRest(server);
        }
    }

    /** apache2 answers the same seven bytes or none. */
    @ParameterizedTest
    @CsvSource({
        "'DELETE / HTTP/1.1', 0",
        "'PRI * HTTP/2.0', 0",
        "'\u0016\u0003\u0001\u0000\u0005hello', 7",
        "'\u0017\u0003\u0003\u0000\u0005hello', 7"
    })
    void whatIsNoClientHelloIsClosed(String said, int alert) throws Exception {
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), PATIENT);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));

            byte[] answer = readAll(socket);

            byte[] unexpectedMessage = {21, 3, 3, 0, 2, 2, 10};
            assertArrayEquals(Arrays.copyOf(unexpectedMessage, alert), answer);
            assertEquals(List.of("failed "), server.log);
            assertComesToRest(server);
        }
    }

    @Test
    void openSslServesRsaHosts() throws Exception {
        TlsTerms terms = new TlsTerms(
                List.of(), List.of("HIGH:!aNULL:!MD5"), true, ClientAuth.NONE, List.of("h2", "http/1.1"), true);
        HostChoice hosts = one("localhost", TlsEngine.OPENSSL, terms);
        TlsHost host =
                hosts.choose(new ClientHello(null, List.of(), List.of(), List.of()), new java.net.InetSocketAddress(0));
        assertNotNull(host);
        assertNull(host.context().fallback());
        assertEquals(TlsEngine.OPENSSL, host.context().engine());
        try (TestServer server = new TestServer(hosts, PATIENT)) {
            assertEquals(
                    "localhost, virtual host localhost, SNI localhost, HTTP/2.0",
                    request(server.port()).body());
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                SSLContext context = Certificates.trustingAll();
                for (int i = 0; i < 2; i++) {
                    try (TestClient client = new TestClient(context, server.port(), "localhost", List.of(), protocol)) {
                        assertEquals("localhost, virtual host localhost, SNI localhost, HTTP/1.1", client.get());
                    }
                }
            }
            assertComesToRest(server);
        }
    }

    @Test
    void openSslIsLeftAloneForOtherKeys() throws Exception {
        TlsContext context = TlsContext.of(TlsEngine.OPENSSL, "EC", Certificates.keys(directory, "b.test"), null);

        assertEquals(TlsEngine.JSSE, context.engine());
        assertEquals("OpenSSL serves RSA keys alone here, and this key is EC.", context.fallback());
    }

    @Test
    void signaturesCanBeMadeOnTheIoThread() throws Exception {
        try (TestServer server = new TestServer(twoHosts(TlsTerms.plain()), PATIENT, Runnable::run)) {
            for (int i = 0; i < 5; i++) {
                try (TestClient client = TestClient.of(server.port(), "a.test")) {
                    assertTrue(client.get().startsWith("a.test"));
                }
            }
        }
    }

    private static HostChoice twoHosts(TlsTerms terms) throws IOException, GeneralSecurityException {
        TlsHost first = host("a.test", TlsEngine.JSSE, terms);
        Map<String, TlsHost> hosts = Map.of("a.test", first, "b.test", host("b.test", TlsEngine.JSSE, terms));
        return (hello, local) -> {
            String name = hello.serverName();
            return name == null ? first : hosts.getOrDefault(name, first);
        };
    }

    private static HostChoice one(String name, TlsEngine engine, TlsTerms terms)
            throws IOException, GeneralSecurityException {
        TlsHost host = host(name, engine, terms);
        return (hello, local) -> host;
    }

    private static TlsHost host(String name, TlsEngine engine, TlsTerms terms)
            throws IOException, GeneralSecurityException {
        TrustManager[] trust = {new Certificates.TrustsAll()};
        String algorithm = name.equals("b.test") ? "EC" : "RSA";
        return TestServer.host(
                name, TlsContext.of(engine, algorithm, Certificates.keys(directory, name), trust), terms);
    }

    private static HttpResponse<String> request(int port)
            throws IOException, InterruptedException, GeneralSecurityException {
        return HttpClient.newBuilder()
                .sslContext(Certificates.trustingAll())
                .connectTimeout(PATIENT)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                                .timeout(PATIENT)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** The bytes of a ClientHello: one record. */
    private static byte[] clientHello(String serverName) throws GeneralSecurityException, SSLException {
        SSLEngine engine = Certificates.trustingAll().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        engine.setSSLParameters(parameters);
        ByteBuffer hello = ByteBuffer.allocate(17 * 1024);
        engine.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    private static byte[] readAll(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException e) {
            return new byte[0];
        }
    }

    private static void assertComesToRest(TestServer server) throws InterruptedException {
        for (int i = 0; i < 500 && server.front.handshakesUnderWay() != 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, server.front.handshakesUnderWay());
    }
}
