package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http1.RawBackend;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server with TLS as the backend of another; certificates by the openssl command. */
class TlsBackendTest {
    private static Path root = Path.of("");

    @BeforeAll
    static void makeCertificate(@TempDir Path made) throws IOException, InterruptedException {
        root = made;
        int exit = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-nodes",
                        "-newkey",
                        "rsa:2048",
                        "-subj",
                        "/CN=localhost",
                        "-days",
                        "30",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem")
                .directory(made.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertEquals(0, exit);
    }

    private static ConfiguredServer secure(RawBackend origin, String protocols) throws Exception {
        return new ConfiguredServer(
                "LoadModule ssl_module modules/mod_ssl.so\nLoadModule http2_module modules/mod_http2.so\n"
                        + "SSLEngine On\nSSLCertificateFile " + root.resolve("cert.pem") + "\nSSLCertificateKeyFile "
                        + root.resolve("key.pem") + "\nProtocols " + protocols + "\nProxyPass / http://127.0.0.1:"
                        + origin.port() + "/");
    }

    private static ConfiguredServer front(String url, String lines) throws Exception {
        return new ConfiguredServer(
                "LoadModule ssl_module modules/mod_ssl.so\nLoadModule proxy_http2_module modules/mod_proxy_http2.so\n"
                        + lines + "\nProxyPass / " + url + "/ retry=0");
    }

    @Test
    void httpsIsSpokenToABackendWhoseNameFits() throws Exception {
        String body = "x".repeat(100_000);
        try (RawBackend origin = RawBackend.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                ConfiguredServer middle = secure(origin, "http/1.1");
                ConfiguredServer front = front("https://localhost:" + middle.port(), "SSLProxyEngine On")) {

            for (int i = 0; i < 5; i++) {
                String answer = front.get("/x");
                assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.substring(0, 300) + front.log());
                assertEquals(body, BackendResponsesTest.body(answer));
            }
        }
    }

    @Test
    void h2IsSpokenOverTls() throws Exception {
        try (RawBackend origin = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                ConfiguredServer middle = secure(origin, "h2");
                ConfiguredServer front = front("h2://localhost:" + middle.port(), "SSLProxyEngine On")) {

            String answer = front.get("/x");

            assertTrue(answer.endsWith("\r\n\r\nok"), answer + front.log());
        }
    }

    @Test
    void anotherNameIsA500() throws Exception {
        try (RawBackend origin = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                ConfiguredServer middle = secure(origin, "http/1.1");
                ConfiguredServer front = front("https://127.0.0.1:" + middle.port(), "SSLProxyEngine On")) {

            String answer = front.get("/x");

            assertTrue(answer.startsWith("HTTP/1.1 500 Proxy Error\r\n"), answer);
            assertTrue(answer.contains("Error during SSL Handshake with remote server"), answer);
            assertEquals(0, origin.heads().size());
        }
    }

    @Test
    void withoutSslProxyEngineItIsA500() throws Exception {
        try (RawBackend origin = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                ConfiguredServer middle = secure(origin, "http/1.1");
                ConfiguredServer front = front("https://localhost:" + middle.port(), "")) {

            String answer = front.get("/x");

            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
            assertTrue(front.log().contains("AH01961:  failed to enable ssl support"), front.log());
            assertTrue(
                    front.log()
                            .contains("AH00961: https: failed to enable ssl support for 127.0.0.1:" + middle.port()
                                    + " (localhost)"),
                    front.log());
        }
    }
}
