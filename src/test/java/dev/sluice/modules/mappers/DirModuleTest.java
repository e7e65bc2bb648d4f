package dev.sluice.modules.mappers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.modules.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirModuleTest {
    private final Path root;

    DirModuleTest(@TempDir Path root) {
        this.root = root;
    }

    @BeforeEach
    void site() throws IOException {
        Files.createDirectories(root.resolve("htdocs/a b"));
        Files.createDirectories(root.resolve("htdocs/empty"));
        Files.writeString(root.resolve("htdocs/a b/index.html"), "index");
        Files.writeString(root.resolve("htdocs/a b/two.html"), "two");
        Files.writeString(root.resolve("htdocs/fall.html"), "fall");
    }

    @Test
    void aDirectoryIsItsIndex() throws Exception {
        try (LiveServer server = LiveServer.start(root, "")) {
            LiveServer.Answer answer = server.get("/a%20b/?q=1");

            assertEquals("index", answer.body());
            assertEquals("text/html", answer.header("Content-Type"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    DirectoryIndex nope.html two.html       | 200 two
                    DirectoryIndex disabled                 | 404
                    DirectoryIndex a;DirectoryIndex disabled | 404
                    DirectoryIndex nope.html /fall.html     | 200 fall
                    DirectoryIndex nope.html                | 404
                    DirectoryIndexRedirect on               | 302 http://www.example.com/a%20b/index.html
                    DirectoryIndexRedirect 307              | 307 http://www.example.com/a%20b/index.html
                    DirectoryCheckHandler On;SetHandler default-handler | 404
                    DirectoryIndex nope;FallbackResource /fall.html | 200 fall
                    <Files index.html>;Require all denied;</Files> | 403
                    """)
    void theIndexIsWhatItsLinesSay(String lines, String expected) throws Exception {
        try (LiveServer server = LiveServer.start(
                root, "<Directory \"ROOT/htdocs/a b\">\n" + lines.replace(';', '\n') + "\n</Directory>")) {
            LiveServer.Answer answer = server.get("/a%20b/");

            String what = answer.status() == 200 ? answer.body() : answer.header("Location");
            assertEquals(expected, (answer.status() + " " + what).strip());
        }
    }

    /** Host names and ports as the client used them, where UseCanonicalName does not say otherwise. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Off | www.example.com    | http://www.example.com/a%20b/?q=1
                    Off | foo.example:8081   | http://foo.example:8081/a%20b/?q=1
                    On  | foo.example:8081   | http://www.example.com/a%20b/?q=1
                    """)
    void aMissingSlashIsAskedFor(String canonical, String host, String expected) throws Exception {
        try (LiveServer server = LiveServer.start(root, "UseCanonicalName " + canonical)) {
            LiveServer.Answer answer = server.get("/a%20b?q=1", "Host: " + host);

            assertEquals(301, answer.status());
            assertEquals(expected, answer.header("Location"));
        }
    }

    @Test
    void theSlashIsNotAskedForWhereItIsOff() throws Exception {
        try (LiveServer server = LiveServer.start(root, "DirectorySlash Off")) {
            assertEquals(404, server.get("/a%20b").status());
            assertEquals(200, server.get("/a%20b/").status());
        }
    }

    @Test
    void carefulClientsAreNotRedirectedButForGet() throws Exception {
        try (LiveServer server = LiveServer.start(root, "SetEnvIf X-Careful . redirect-carefully")) {
            assertEquals(301, server.ask("PUT", "/a%20b", "Content-Length: 0").status());
            assertEquals(
                    405,
                    server.ask("PUT", "/a%20b", "Content-Length: 0", "X-Careful: 1")
                            .status());
            assertEquals(301, server.get("/a%20b", "X-Careful: 1").status());
        }
    }

    @Test
    void whatIsNotThereFallsBack() throws Exception {
        String lines =
                """
                FallbackResource /fall.html
                <Location /not>
                FallbackResource disabled
                </Location>
                <Location /handled>
                SetHandler default-handler
                </Location>
                """;

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals("fall", server.get("/no/such/thing").body());
            assertEquals("fall", server.get("/empty/").body());
            assertEquals(404, server.get("/not/there").status());
            assertEquals(404, server.get("/handled").status());
            assertEquals("two", server.get("/a%20b/two.html").body());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            textBlock =
                    """
                    DirectoryIndexRedirect foo # DirectoryIndexRedirect ON|OFF|permanent|temp|seeother|3xx
                    DirectoryIndexRedirect 200 # DirectoryIndexRedirect only accepts values between 300 and 399
                    DirectorySlash foo         # DirectorySlash must be On or Off
                    FallbackResource a b       # FallbackResource takes one argument, Set a default handler
                    DirectoryIndex             # ''
                    """)
    void aLineThatCannotBeReadIsHttpdsError(String line, String expected) throws Exception {
        assertEquals(expected, LiveServer.complaint(root, line));
    }
}
