package dev.sluice.modules.mappers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.modules.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class AliasModuleTest {
    private final Path root;

    AliasModuleTest(@TempDir Path root) {
        this.root = root;
    }

    @ParameterizedTest
    @CsvFileSource(resources = "alias-lines.csv", delimiter = '|', quoteCharacter = '`')
    void aLineIsTakenOrRefusedAsByHttpd(String line, String complaint) throws Exception {
        assertEquals(complaint == null ? "" : complaint, Site.complaint(root, line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Alias /x /y;;Alias /x /z        | Alias
            Alias /x /y;;Alias /x/y /z      | Alias
            ScriptAlias /x /y;;Alias /x /z  | ScriptAlias
            """)
    void anAliasThatCannotMatchIsWarnedOf(String lines, String earlier) throws Exception {
        String warning = Site.warnings(root, lines);

        assertEquals(
                "AH00671: The Alias directive in " + root
                        + "/httpd.conf at line 9 will probably never match because it overlaps an earlier " + earlier
                        + ".\n",
                warning);
    }

    @Test
    void anAliasAfterALongerOneIsFine() throws Exception {
        assertEquals("", Site.warnings(root, "Alias /x/y /y;;Alias /x /z"));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "alias-requests.csv", delimiter = '|', quoteCharacter = '`')
    void aRequestGoesWhereHttpdSendsIt(String lines, String target, String expected) throws Exception {
        String conf = lines.replace(";;", "\n").replace("@ROOT@", root.toString());
        try (Site site = Site.of(root, conf)) {
            String answer = site.get(target);

            String location = Site.header(answer, "Location").replace("127.0.0.1:" + site.port(), "HERE");
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            boolean served = Site.status(answer).equals("200");
            assertEquals(expected, (Site.status(answer) + " " + location + (served ? body : "")).strip());
        }
    }

    @Test
    void aTargetThatIsNoUrlIsAnError() throws Exception {
        String lines = "RedirectMatch ^/m(.*) rel$1";
        try (Site site = Site.of(root, lines)) {
            assertEquals("500", Site.status(site.get("/m1")));

            String log = site.lines("error.log", 1);
            assertTrue(
                    log.contains(
                            "AH00674: cannot redirect '/m1' to 'rel1'; target is not a valid absoluteURI or abs_path"),
                    log);
        }
    }

    @Test
    void theTextOfAScriptIsNotServed() throws Exception {
        try (Site site = Site.of(root, "ScriptAlias /cgi " + root + "/htdocs/d")) {
            assertEquals("500", Site.status(site.get("/cgi/f.txt")));
        }
    }

    @Test
    void theRulesOfAHostComeBeforeTheMainServers() throws Exception {
        String lines =
                """
                Redirect /a http://main/
                Redirect /b http://main/
                <VirtualHost *:@PORT@>
                ServerName https://host.test
                Redirect /a http://host/
                Redirect /c /d
                </VirtualHost>
                """;
        try (Site site = Site.of(root, lines)) {
            assertEquals("http://host/", Site.header(site.get("/a", "Host: host.test"), "Location"));
            assertEquals("http://main/", Site.header(site.get("/b", "Host: host.test"), "Location"));
            assertEquals("https://host.test/d", Site.header(site.get("/c", "Host: host.test"), "Location"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            /a,     /a,    2
            /a/b,   /a,    2
            /ab,    /a,    0
            //a//b, /a,    3
            /a/b,   /a/,   3
            /a,     /a/,   0
            /a//b,  /a/,   4
            /x,     /,     1
            /a/b,   //a,   2
            """)
    void aPrefixEndsWhereASegmentEnds(String path, String prefix, int matched) {
        assertEquals(matched, AliasPath.matched(path, prefix));
    }
}
