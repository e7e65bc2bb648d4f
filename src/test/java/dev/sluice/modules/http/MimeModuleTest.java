package dev.sluice.modules.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.module.CannotStart;
import dev.sluice.modules.LiveServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MimeModuleTest {
    private static final String LINES =
            """
            AddEncoding X-Gzip .gz
            AddEncoding x-compress .z2
            AddLanguage fr .fr
            AddLanguage pt-BR pt-br
            AddCharset UTF-8 .UTF8
            AddType "text/X; charset=FOO; a=b" .tx
            AddType text/weird weird
            DefaultLanguage de
            <Directory ROOT/htdocs/rm>
            RemoveType .html .tx
            RemoveLanguage fr
            RemoveEncoding gz
            AddType text/again .again
            RemoveType .again
            </Directory>
            <Directory ROOT/htdocs/ov>
            AddCharset koi8-r .html
            AddDefaultCharset utf-8
            ForceType none
            </Directory>
            <Directory ROOT/htdocs/dc>
            AddDefaultCharset utf-8
            </Directory>
            """;

    private final Path root;

    MimeModuleTest(@TempDir Path root) {
        this.root = root;
    }

    /** Type, encoding and language as httpd 2.4.71 sends them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a.html            | text/html                        |                   | de
                    a.fr.html         | text/html                        |                   | fr
                    a.html.fr.gz      | text/html                        | x-gzip            | fr
                    a.html.fr.pt-br   | text/html                        |                   | fr,pt-br
                    a.z2.gz           |                                  | x-compress, x-gzip | de
                    a.utf8.html       | text/html; charset=utf-8         |                   | de
                    a.tx              | text/x; charset=foo; a=b         |                   | de
                    a.tx.utf8         | text/x; charset=utf-8; a=b       |                   | de
                    a.weird           | text/weird                       |                   | de
                    a.html.unknown    | text/html                        |                   | de
                    .html             |                                  |                   | de
                    html              |                                  |                   | de
                    a..html           | text/html                        |                   | de
                    A.HTML            | text/html                        |                   | de
                    rm/a.html         |                                  |                   | de
                    rm/a.html.fr.gz   |                                  |                   | de
                    rm/a.tx           |                                  |                   | de
                    rm/a.again        |                                  |                   | de
                    ov/a.html         | text/html; charset=koi8-r        |                   | de
                    dc/a.html         | text/html; charset=utf-8         |                   | de
                    dc/a.utf8.html    | text/html; charset=utf-8         |                   | de
                    dc/a.tx           | text/x; charset=foo; a=b         |                   | de
                    """)
    void aNameSaysWhatItIs(String name, String type, String encoding, String language) throws Exception {
        Path file = root.resolve("htdocs").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");

        try (LiveServer server = LiveServer.start(root, LINES)) {
            LiveServer.Answer answer = server.get("/" + name);

            assertEquals(200, answer.status());
            assertEquals(type == null ? "" : type, answer.header("Content-Type"));
            assertEquals(encoding == null ? "" : encoding, answer.header("Content-Encoding"));
            assertEquals(language, answer.header("Content-Language"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    AddType                        | AddType requires at least two arguments, a mime type followed by one or more file extensions
                    AddHandler foo                 | AddHandler requires at least two arguments, a handler name followed by one or more file extensions
                    RemoveType                     | RemoveType requires at least one argument, one or more file extensions
                    AddOutputFilter foo;bar .x     | ''
                    MultiviewsMatch foo            | Unrecognized option 'foo'
                    MultiviewsMatch Any Handlers   | Handlers is incompatible with Any and NegotiatedOnly
                    MultiviewsMatch Handlers Any   | Any is incompatible with NegotiatedOnly, Filters and Handlers
                    MultiviewsMatch Filters NegotiatedOnly | NegotiatedOnly is incompatible with Any, Filters and Handlers
                    MultiviewsMatch Filters Handlers | ''
                    ModMimeUsePathInfo On          | ModMimeUsePathInfo not allowed here
                    TypesConfig /nonexist          | ''
                    """)
    void aLineThatCannotBeReadIsHttpdsError(String line, String expected) throws Exception {
        assertEquals(expected, LiveServer.complaint(root, line));
    }

    @Test
    void withoutItsTypesTheServerDoesNotStart() {
        CannotStart failure = assertThrows(CannotStart.class, () -> LiveServer.start(root, "TypesConfig nonexist")
                .close());

        assertEquals("AH01597: could not open mime types config file " + root + "/nonexist.", failure.getMessage());
    }

    @Test
    void aFilterByExtensionIsRunWhereOptionsAdmitIt() throws Exception {
        Files.createDirectories(root.resolve("htdocs"));
        Files.writeString(root.resolve("htdocs/a.shtml"), "<!--#echo var=\"DOCUMENT_NAME\" -->");
        String lines =
                """
                LoadModule include_module modules/mod_include.so
                AddType text/html .shtml
                AddOutputFilter INCLUDES .shtml
                """;

        try (LiveServer server = LiveServer.start(root, lines + "Options +Includes")) {
            assertTrue(server.get("/a.shtml").body().contains("a.shtml"));
        }
        try (LiveServer server = LiveServer.start(root, lines)) {
            assertTrue(server.get("/a.shtml").body().contains("#echo"));
        }
    }
}
