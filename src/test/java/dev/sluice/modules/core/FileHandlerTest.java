package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.modules.LiveServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileHandlerTest {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

    private final Path root;

    FileHandlerTest(@TempDir Path root) {
        this.root = root;
    }

    @BeforeEach
    void site() throws IOException {
        Path file = Files.createDirectories(root.resolve("htdocs")).resolve("alpha.txt");
        Files.writeString(file, ALPHABET);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-02T03:04:05.678901Z")));
    }

    /** Header for header what httpd 2.4.71 sends for the same file. */
    @Test
    void aFileComesWithItsValidators() throws Exception {
        try (LiveServer server = LiveServer.start(root, "")) {
            LiveServer.Answer answer = server.get("/alpha.txt");

            assertEquals(200, answer.status());
            assertEquals(ALPHABET, answer.body());
            assertEquals("\"1a-59b1f72314f35\"", answer.header("ETag"));
            assertEquals("Thu, 02 Jan 2020 03:04:05 GMT", answer.header("Last-Modified"));
            assertEquals("bytes", answer.header("Accept-Ranges"));
            assertEquals("text/plain", answer.header("Content-Type"));
            assertEquals("26", answer.header("Content-Length"));
        }
    }

    @Test
    void methodsAreAnsweredAsByHttpd() throws Exception {
        try (LiveServer server = LiveServer.start(root, "")) {
            LiveServer.Answer head = server.ask("HEAD", "/alpha.txt");
            LiveServer.Answer post = server.ask("POST", "/alpha.txt", "Content-Length: 0");
            LiveServer.Answer options = server.ask("OPTIONS", "/alpha.txt");
            LiveServer.Answer put = server.ask("PUT", "/alpha.txt", "Content-Length: 0");
            LiveServer.Answer unknown = server.ask("FOO", "/alpha.txt");

            assertEquals("26", head.header("Content-Length"));
            assertEquals("", head.body());
            assertEquals(ALPHABET, post.body());
            assertEquals(200, options.status());
            assertEquals("GET,POST,OPTIONS,HEAD,TRACE", options.header("Allow"));
            assertEquals("0", options.header("Content-Length"));
            assertEquals(405, put.status());
            assertEquals("GET,POST,OPTIONS,HEAD,TRACE", put.header("Allow"));
            assertEquals(501, unknown.status());
            assertFalse(server.logged("AH00135: Invalid method in request FOO /alpha.txt HTTP/1.1")
                    .isEmpty());
        }
    }

    @Test
    void optionsOfTheServerNeedNoFile() throws Exception {
        try (LiveServer server = LiveServer.start(root, "")) {
            LiveServer.Answer answer = server.ask("OPTIONS", "*");

            assertEquals(200, answer.status());
            assertEquals("", answer.header("Allow"));
        }
    }

    @Test
    void traceSendsTheRequestBackWhereItIsAdmitted() throws Exception {
        try (LiveServer server = LiveServer.start(root, "")) {
            LiveServer.Answer answer = server.ask("TRACE", "/alpha.txt?x", "X-Foo: bar");
            LiveServer.Answer withBody = server.ask("TRACE", "/alpha.txt", "Content-Length: 3");

            assertEquals("message/http", answer.header("Content-Type"));
            assertEquals(
                    "TRACE /alpha.txt?x HTTP/1.1",
                    answer.body().lines().findFirst().orElse(""));
            assertEquals(true, answer.body().contains("\r\nX-Foo: bar\r\n"));
            assertEquals(413, withBody.status());
        }
        try (LiveServer server = LiveServer.start(root, "TraceEnable off")) {
            assertEquals(405, server.ask("TRACE", "/alpha.txt").status());
        }
    }

    @Test
    void conditionsAreHeard() throws Exception {
        try (LiveServer server = LiveServer.start(root, "")) {
            LiveServer.Answer notModified = server.get("/alpha.txt", "If-None-Match: \"1a-59b1f72314f35\"");
            LiveServer.Answer failed = server.get("/alpha.txt", "If-Match: \"x\"");

            assertEquals(304, notModified.status());
            assertEquals("", notModified.header("Content-Type"));
            assertEquals("\"1a-59b1f72314f35\"", notModified.header("ETag"));
            assertEquals(412, failed.status());
            assertEquals("0", failed.header("Content-Length"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EnableSendfile On"})
    void partsAreSent(String lines) throws Exception {
        try (LiveServer server = LiveServer.start(root, lines)) {
            LiveServer.Answer one = server.get("/alpha.txt", "Range: bytes=1-3");
            LiveServer.Answer two = server.get("/alpha.txt", "Range: bytes=0-0,5-6");
            LiveServer.Answer none = server.get("/alpha.txt", "Range: bytes=30-");
            String boundary = two.header("Content-Type").replace("multipart/byteranges; boundary=", "");

            assertEquals(206, one.status());
            assertEquals("bcd", one.body());
            assertEquals("bytes 1-3/26", one.header("Content-Range"));
            assertEquals(
                    "\r\n--B\r\nContent-type: text/plain\r\nContent-range: bytes 0-0/26\r\n\r\na"
                            + "\r\n--B\r\nContent-type: text/plain\r\nContent-range: bytes 5-6/26\r\n\r\nfg\r\n--B--\r\n",
                    two.body().replace(boundary, "B"));
            assertEquals("185", two.header("Content-Length"));
            assertEquals(416, none.status());
            assertEquals("", none.header("Accept-Ranges"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EnableSendfile On"})
    void largeFilesArriveWhole(String lines) throws Exception {
        byte[] bytes = new byte[3_000_003];
        new Random(7).nextBytes(bytes);
        Files.write(root.resolve("htdocs/large.bin"), bytes);

        try (LiveServer server = LiveServer.start(root, lines)) {
            LiveServer.Answer whole = server.get("/large.bin");
            LiveServer.Answer part = server.get("/large.bin", "Range: bytes=1000000-2999999");

            assertArrayEquals(bytes, whole.body().getBytes(StandardCharsets.ISO_8859_1));
            assertEquals(2_000_000, part.body().length());
            assertEquals((char) (bytes[1_000_000] & 255), part.body().charAt(0));
        }
    }

    @Test
    void tagsAreMadeOfWhatFileETagNames() throws Exception {
        String lines =
                """
                Alias /none ROOT/htdocs/alpha.txt
                Alias /digest ROOT/htdocs/alpha.txt
                Alias /size ROOT/htdocs/alpha.txt
                <Location /none>
                FileETag None
                </Location>
                <Location /digest>
                FileETag MTime Digest
                </Location>
                <Location /size>
                FileETag Size
                </Location>
                """;

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals("", server.get("/none").header("ETag"));
            assertEquals(
                    "\"MtEMe4z5ZXDKBM438qGdhCQNOok=\"", server.get("/digest").header("ETag"));
            assertEquals("\"1a\"", server.get("/size").header("ETag"));
        }
    }

    @Test
    void aPathBehindAFileIsForThoseWhoAcceptIt() throws Exception {
        String lines = "Alias /pi ROOT/htdocs/alpha.txt\n<Location /pi>\nAcceptPathInfo On\n</Location>";

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals(404, server.get("/alpha.txt/x").status());
            assertEquals(200, server.get("/pi/x/y").status());
            assertFalse(server.logged("AH00130: File does not exist: " + root + "/htdocs/alpha.txt/x")
                    .isEmpty());
        }
    }

    @Test
    void programsAreNeverSentAsText() throws Exception {
        Files.writeString(root.resolve("htdocs/x.cgi"), "secret");
        Files.writeString(root.resolve("htdocs/x.php"), "secret");
        String lines = "AddHandler cgi-script .cgi\nAddType application/x-httpd-php .php";

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals(500, server.get("/x.cgi").status());
            assertEquals(500, server.get("/x.php").status());
            assertFalse(server.logged("handler \"cgi-script\" is not supported").isEmpty());
        }
    }
}
