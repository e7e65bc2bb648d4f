package dev.sluice.modules.aaa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.modules.LiveServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row was compared with httpd 2.4.71. */
class AccessTest {
    private static final String VARIABLES = "SetEnvIf X-Foo . FOO\nSetEnvIf X-Bar . BAR\n";

    private final Path root;

    AccessTest(@TempDir Path root) {
        this.root = root;
    }

    /** Statuses of GET, GET with FOO, GET with BAR, GET with both, and POST. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Require all denied                                       | 403 403 403 403 403
                    Require all granted                                      | 200 200 200 200 200
                    Require env FOO BAR                                      | 403 200 200 200 403
                    Require method POST                                      | 403 403 403 403 200
                    Require method HEAD                                      | 200 200 200 200 403
                    Require ip 127                                           | 200 200 200 200 200
                    Require ip 10.0.0.0/8 192.168                            | 403 403 403 403 403
                    Require local                                            | 200 200 200 200 200
                    Require host localhost                                   | 200 200 200 200 200
                    Require host example.com                                 | 403 403 403 403 403
                    Require forward-dns localhost                            | 200 200 200 200 200
                    <RequireAll>;Require all granted;Require not env FOO;</RequireAll> | 200 403 200 403 200
                    <RequireAll>;Require env FOO;Require env BAR;</RequireAll> | 403 403 403 200 403
                    <RequireAll>;Require all granted;<RequireNone>;Require env FOO;Require env BAR;</RequireNone>;</RequireAll> | 200 403 403 403 200
                    <RequireAny>;<RequireAll>;Require env FOO;Require env BAR;</RequireAll>;Require method POST;</RequireAny> | 403 403 403 200 200
                    <Limit POST>;Require all denied;</Limit>                 | 200 200 200 200 403
                    <LimitExcept GET>;Require all denied;</LimitExcept>      | 200 200 200 200 403
                    <Limit POST>;Require env FOO;</Limit>;Require env BAR    | 403 403 200 200 403
                    Order allow,deny;Allow from 127.0.0.1                    | 200 200 200 200 200
                    Order allow,deny;Deny from all                           | 403 403 403 403 403
                    Order deny,allow;Deny from all;Allow from env=FOO        | 403 200 403 200 403
                    Order allow,deny;Allow from all;Deny from env=!FOO       | 403 200 403 200 403
                    Order mutual-failure;Allow from 127;Deny from env=FOO    | 200 403 200 403 200
                    Order deny,allow;Deny from all;Satisfy any               | 200 200 200 200 200
                    Order deny,allow;Deny from all;Satisfy any;Require env FOO | 403 200 403 200 403
                    Order allow,deny;Allow from all;Require env FOO          | 403 200 403 200 403
                    Satisfy any;Require all denied                           | 200 200 200 200 200
                    Order deny,allow;Deny from localhost                     | 403 403 403 403 403
                    <Limit POST>;Order deny,allow;Deny from all;</Limit>     | 200 200 200 200 403
                    """)
    void aSectionDecides(String lines, String expected) throws Exception {
        Files.createDirectories(root.resolve("htdocs"));
        Files.writeString(root.resolve("htdocs/x"), "x");
        String location = "<Location /x>\n" + lines.replace(';', '\n') + "\n</Location>\n";

        try (LiveServer server = LiveServer.start(root, VARIABLES + location)) {
            assertEquals(expected, statuses(server, "/x"));
        }
    }

    /** What Location sections say is merged before it meets what Directory sections say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    And | 403 403 403 200 403
                    Or  | 200 200 200 200 200
                    Off | 403 403 200 200 403
                    """)
    void sectionsMergeAsAuthMergingSays(String merging, String expected) throws Exception {
        Files.createDirectories(root.resolve("htdocs/x"));
        Files.writeString(root.resolve("htdocs/x/y"), "y");
        String lines = VARIABLES
                + """
                <Directory ROOT/htdocs>
                Require all granted
                </Directory>
                <Location /x>
                Require env FOO
                </Location>
                <Location /x/y>
                AuthMerging %s
                Require env BAR
                </Location>
                """
                        .formatted(merging);

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals(expected, statuses(server, "/x/y"));
        }
    }

    @Test
    void aRefusalIsLoggedWithItsNumber() throws Exception {
        String lines =
                """
                <Location /core>
                Require all denied
                </Location>
                <Location /compat>
                Order allow,deny
                </Location>
                """;

        try (LiveServer server = LiveServer.start(root, lines)) {
            server.get("/core/a/b");
            server.get("/compat");

            String core = server.logged("AH01630");
            String compat = server.logged("AH01797");
            assertTrue(core.contains("[authz_core:error]"), core);
            assertTrue(core.endsWith("AH01630: client denied by server configuration: " + root + "/htdocs/core"), core);
            assertTrue(compat.contains("[access_compat:error]"), compat);
            assertTrue(
                    compat.endsWith("AH01797: client denied by server configuration: " + root + "/htdocs/compat"),
                    compat);
        }
    }

    @Test
    void anInnerSectionOfTheOlderFormForgetsTheOuterOne() throws Exception {
        Files.createDirectories(root.resolve("htdocs/x"));
        Files.writeString(root.resolve("htdocs/x/y"), "y");
        String lines =
                """
                <Location /x>
                Order deny,allow
                Deny from all
                </Location>
                <Location /x/y>
                Allow from 10.0.0.1
                </Location>
                """;

        try (LiveServer server = LiveServer.start(root, lines)) {
            assertEquals(403, server.get("/x/z").status());
            assertEquals(200, server.get("/x/y").status());
        }
    }

    private static String statuses(LiveServer server, String path) throws Exception {
        return server.get(path).status()
                + " " + server.get(path, "X-Foo: 1").status()
                + " " + server.get(path, "X-Bar: 1").status()
                + " " + server.get(path, "X-Foo: 1", "X-Bar: 1").status()
                + " " + server.ask("POST", path, "Content-Length: 0").status();
    }
}
