package dev.sluice.modules.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.modules.LiveServer;
import dev.sluice.wire.tls.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** h2spec, whose author knows the RFCs and not us, in strict mode: everything passes. */
class H2specTest {
    /** Where the plugin keeps the program. */
    private static final String ARCHIVE = "h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) tests, (\\d+) passed, (\\d+) skipped, (\\d+) failed");

    /** What it takes to be sure that nothing comes; long enough for a machine with other things to do. */
    private static final String SECONDS = "4";

    private static Path root = Path.of("");
    private static LiveServer server;
    private static int tlsPort;

    @BeforeAll
    static void serve(@TempDir Path made) throws Exception {
        root = made;
        unpack();
        Certificates.make(made, "a", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        Files.createDirectories(made.resolve("htdocs"));
        Files.writeString(made.resolve("htdocs/index.html"), "<p>a page of some bytes</p>\n");
        try (ServerSocket free = new ServerSocket(0)) {
            tlsPort = free.getLocalPort();
        }
        server = LiveServer.start(
                made,
                """
                LoadModule http2_module mod_http2.so
                LoadModule ssl_module mod_ssl.so
                Listen 127.0.0.1:%1$d
                Protocols h2 h2c http/1.1
                DirectoryIndex index.html
                <VirtualHost *:%1$d>
                SSLEngine on
                SSLCertificateFile a.pem
                SSLCertificateKeyFile a.key
                </VirtualHost>
                """
                        .formatted(tlsPort));
    }

    private static void unpack() throws IOException, InterruptedException {
        boolean linux = System.getProperty("os.name").equals("Linux");
        assumeTrue(linux && System.getProperty("os.arch").equals("amd64"), "h2spec is a program for Linux on amd64");
        Path archive = root.resolve("h2spec.tar.gz");
        try (InputStream packed = H2specTest.class.getClassLoader().getResourceAsStream(ARCHIVE)) {
            assertTrue(packed != null, ARCHIVE + " is not on the class path");
            Files.copy(packed, archive);
        }
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", root.toString(), "h2spec")
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void clearTextConforms() throws Exception {
        allPass(run("-p", Integer.toString(server.port())));
    }

    @Test
    void tlsConforms() throws Exception {
        allPass(run("-p", Integer.toString(tlsPort), "-t", "-k"));
    }

    private static String run(String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("h2spec").toString(), "-h", "127.0.0.1", "-S", "-o", SECONDS));
        command.addAll(List.of(options));
        Path output = root.resolve("h2spec.out");
        Process h2spec = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(h2spec.waitFor(5, TimeUnit.MINUTES), "h2spec does not end");
        } finally {
            h2spec.destroyForcibly();
        }
        return Files.readString(output);
    }

    private static void allPass(String output) {
        Matcher summary = SUMMARY.matcher(output);
        assertTrue(summary.find(), output);
        assertEquals("0 skipped, 0 failed", summary.group(3) + " skipped, " + summary.group(4) + " failed", output);
        assertTrue(Integer.parseInt(summary.group(2)) >= 146, output);
    }
}
