package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes and bodies over TLS, through {@code bin/httpd}: by the JDK, and by OpenSSL where its library loads. */
final class TlsEnginesTest {
    private static final int SIZE = 300_000;

    @TempDir
    Path folder;

    private Path certificate;
    private Path log;
    private byte[] body;
    private int port;

    @BeforeEach
    void aFileBehindTls() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        certificate = folder.resolve("server.crt");
        log = folder.resolve("error.log");
        port = Launched.freePort();
        body = new byte[SIZE];
        new Random(1).nextBytes(body);
        Path root = Files.createDirectory(folder.resolve("docroot"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.write(root.resolve("body"), body);
        makeCertificate();
        String user = Privileges.isRoot() ? "User nobody\nGroup \"#65534\"\n" : "";
        Files.writeString(
                folder.resolve("httpd.conf"),
                """
                LoadModule mpm_event_module modules/mod_mpm_event.so
                LoadModule authz_core_module modules/mod_authz_core.so
                LoadModule ssl_module modules/mod_ssl.so
                LoadModule http2_module modules/mod_http2.so
                ServerName localhost
                Listen 127.0.0.1:%d
                PidFile httpd.pid
                ErrorLog error.log
                DocumentRoot docroot
                <Directory />
                    Require all granted
                </Directory>
                Protocols h2 http/1.1
                SSLEngine On
                SSLCertificateFile server.crt
                SSLCertificateKeyFile server.key
                %s"""
                        .formatted(port, user));
    }

    private void makeCertificate() throws IOException, InterruptedException {
        List<String> command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                "server.key",
                "-out",
                "server.crt");
        try {
            Process openssl = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.txt").toFile())
                    .start();
            assertEquals(0, openssl.waitFor());
        } catch (IOException e) {
            abort("no openssl to make a certificate with: " + e.getMessage());
        }
    }

    @Test
    void theJdkCarriesABodyByEachVersion() throws Exception {
        serve();

        assertFalse(Files.readString(log).contains("TLS by OpenSSL"));
    }

    @Test
    void openSslCarriesABodyByEachVersion() throws Exception {
        serve("-DSLUICE_OPENSSL");

        String said = Files.readString(log);
        if (said.contains("OpenSSL does not load: ")) {
            abort(said);
        }
        assertTrue(said.contains("[ssl:notice]") && said.contains("localhost:443: TLS by OpenSSL"), said);
    }

    private void serve(String... more) throws Exception {
        Path err = folder.resolve("err");
        List<String> words = new java.util.ArrayList<>(List.of(more));
        words.addAll(List.of("-d", folder.toString(), "-f", "httpd.conf", "-DFOREGROUND"));
        Process server = Launched.start(Map.of(), folder.resolve("out"), err, "httpd", words.toArray(String[]::new));
        try {
            Launched.await("a listener", this::listens);
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                for (HttpClient.Version http : HttpClient.Version.values()) {
                    HttpResponse<byte[]> answer = get(version, http);

                    assertEquals(200, answer.statusCode());
                    assertEquals(http, answer.version());
                    assertEquals(
                            version,
                            answer.sslSession()
                                    .map(session -> session.getProtocol())
                                    .orElse(""));
                    assertArrayEquals(body, answer.body());
                }
            }
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private boolean listens() {
        try {
            return Files.exists(log) && Files.readString(log).contains("resuming normal operations");
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<byte[]> get(String version, HttpClient.Version http) throws Exception {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        HttpClient client = HttpClient.newBuilder()
                .version(http)
                .sslContext(trusting())
                .sslParameters(parameters)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/body"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
