package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.modules.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWalkTest {
    private final Path root;

    DirectoryWalkTest(@TempDir Path root) {
        this.root = root;
    }

    @BeforeEach
    void site() throws IOException {
        Files.createDirectories(root.resolve("htdocs/sub/deep"));
        Files.writeString(root.resolve("htdocs/a.txt"), "a");
        Files.writeString(root.resolve("htdocs/sub/b.txt"), "b");
        Files.writeString(root.resolve("htdocs/sub/deep/c.txt"), "c");
        Files.writeString(root.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(root.resolve("htdocs/link.txt"), root.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("htdocs/broken.txt"), root.resolve("nowhere"));
    }

    @Test
    void nothingOutsideTheDocumentRootIsReached() throws Exception {
        try (LiveServer server = LiveServer.start(root, "")) {
            for (String path : new String[] {
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/sub/%2e%2e/%2e%2e/secret.txt",
                "/sub/..%2f..%2fsecret.txt",
                "/sub/..%2f../../secret.txt",
                "/sub/.%2e/.%2e/secret.txt",
                "/..%5csecret.txt",
                "//../secret.txt",
                "/./../secret.txt",
                "/sub/..;/../secret.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/%2e%2e%00/secret.txt"
            }) {
                LiveServer.Answer answer = server.get(path);

                assertFalse(answer.body().contains("secret\n"), path);
                assertTrue(answer.status() >= 400, path + " " + answer.status());
            }
        }
    }

    @Test
    void anotherSpellingIsNotTheFile() throws Exception {
        try (LiveServer server = LiveServer.start(root, "")) {
            assertEquals(404, server.get("/a.txt%00").status());
            assertEquals(404, server.get("/a.txt%00.html").status());
            assertEquals(404, server.get("/a.txt.").status());
            assertEquals(404, server.get("/a.txt%20").status());
            assertEquals(404, server.get("/a.txt/").status());
            assertEquals(404, server.get("/A.TXT").status());
            assertEquals(404, server.get("/%ff%fe").status());
            assertEquals(200, server.get("/sub//b.txt").status());
            assertEquals(200, server.get("//a.txt").status());
        }
    }

    @Test
    void sectionsGuardWhateverTheSpelling() throws Exception {
        String lines = "<Directory ROOT/htdocs/sub>\nRequire all denied\n</Directory>";

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals(403, server.get("/sub/b.txt").status());
            assertEquals(403, server.get("//sub//b.txt").status());
            assertEquals(403, server.get("/./sub/./b.txt").status());
            assertEquals(403, server.get("/s%75b/b.txt").status());
            assertEquals(403, server.get("/sub/deep/c.txt").status());
            assertEquals(403, server.get("/sub/deep/../b.txt").status());
            assertEquals(403, server.get("/sub/no/such").status());
            assertEquals(200, server.get("/a.txt").status());
            assertTrue(
                    server.logged("AH01630").endsWith("denied by server configuration: " + root + "/htdocs/sub/b.txt"));
        }
    }

    @Test
    void shorterDirectoriesApplyFirstThenPatternsThenFilesThenLocations() throws Exception {
        String lines =
                """
                <Location /sub>
                Header append X-Order location
                </Location>
                <Files b.txt>
                Header append X-Order files
                </Files>
                <DirectoryMatch /sub/>
                Header append X-Order match
                </DirectoryMatch>
                <Directory ROOT/htdocs/sub>
                Header append X-Order sub
                <Files *.txt>
                Header append X-Order sub-files
                </Files>
                </Directory>
                <Directory ROOT/*>
                Header append X-Order wildcard
                </Directory>
                <Directory />
                Header append X-Order root
                </Directory>
                """;

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals(
                    "root, wildcard, sub, match, files, sub-files, location",
                    server.get("/sub/b.txt").header("X-Order"));
        }
    }

    @Test
    void linksAreFollowedAsOptionsSays() throws Exception {
        String lines =
                """
                Alias /none ROOT/htdocs
                Alias /owner ROOT/htdocs
                <Directory ROOT/htdocs>
                Options None
                </Directory>
                """;

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals(403, server.get("/link.txt").status());
            assertEquals(200, server.get("/a.txt").status());
            assertTrue(server.logged("AH00037")
                    .endsWith("Symbolic link not allowed or link target not accessible: " + root + "/htdocs/link.txt"));
        }
        try (LiveServer server = LiveServer.start(root, lines.replace("None", "SymLinksIfOwnerMatch"))) {
            assertEquals("secret", server.get("/link.txt").body());
        }
        try (LiveServer server = LiveServer.start(root, lines.replace("None", "FollowSymLinks"))) {
            assertEquals("secret", server.get("/link.txt").body());
            assertEquals(403, server.get("/broken.txt").status());
        }
    }

    @Test
    void anAccessFileGuardsItsDirectoryWhereOverridesAdmitIt() throws Exception {
        Files.writeString(root.resolve("htdocs/sub/.htaccess"), "# guards it\nRequire all denied\n");
        Files.writeString(root.resolve("htdocs/.htaccess"), "# nothing\n\n");

        try (LiveServer server = LiveServer.start(root, "")) {
            assertEquals(500, server.get("/sub/b.txt").status());
            assertTrue(
                    server.logged("[core:alert]").endsWith(root + "/htdocs/sub/.htaccess: Require not allowed here"));
        }
        String none = "<Directory />\nAllowOverride None\n</Directory>";
        try (LiveServer server = LiveServer.start(root, none)) {
            assertEquals(200, server.get("/sub/b.txt").status());
        }
        String all = none + "\n<Directory ROOT/htdocs/sub>\nAllowOverride AuthConfig\n</Directory>";
        try (LiveServer server = LiveServer.start(root, all)) {
            assertEquals(403, server.get("/sub/b.txt").status());
            assertEquals(403, server.get("/sub/deep/c.txt").status());
            assertEquals(200, server.get("/a.txt").status());
        }
    }

    @Test
    void anAccessFileThatChangesIsReadAnew() throws Exception {
        Path file = root.resolve("htdocs/sub/.htaccess");
        String lines = "<Directory />\nAllowOverride All\n</Directory>";

        try (LiveServer server = LiveServer.start(root, lines)) {
            for (String who : new String[] {"one", "two", "six"}) {
                Files.writeString(file, "Header set X-Who " + who + "\n");
                assertEquals(who, server.get("/sub/b.txt").header("X-Who"));
                assertEquals(who, server.get("/sub/b.txt").header("X-Who"));
            }
            Files.delete(file);
            assertEquals("", server.get("/sub/b.txt").header("X-Who"));
        }
    }

    @Test
    void whatIsNoFileIsNotOpened() throws Exception {
        Path fifo = root.resolve("htdocs/fifo");
        Process made = new ProcessBuilder("mkfifo", fifo.toString()).start();
        assertEquals(0, made.waitFor());

        try (LiveServer server = LiveServer.start(root, "")) {
            assertEquals(403, server.get("/fifo").status());
            assertFalse(server.logged("AH00038").isEmpty());
        }
    }
}
