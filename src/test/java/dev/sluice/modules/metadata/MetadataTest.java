package dev.sluice.modules.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.modules.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** mod_headers, mod_env and mod_setenvif, which show in each other. */
class MetadataTest {
    private final Path root;

    MetadataTest(@TempDir Path root) {
        this.root = root;
    }

    @ParameterizedTest
    @CsvFileSource(resources = "metadata-lines.csv", delimiter = '|', quoteCharacter = '`')
    void aLineIsTakenOrRefusedAsByHttpd(String line, String complaint) throws Exception {
        assertEquals(
                complaint == null ? "" : complaint, Site.complaint(root, line).strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Header set X expr=%{FOO}                | Can't parse value expression : Variable 'FOO' does not exist
            Header edit X a expr=%{FOO}             | Can't parse value expression : Variable 'FOO' does not exist
            Header set X y expr=1                   | Can't parse envclause/expression: syntax error, unexpected $end
            Header set X %i                         | %i is not supported: there are no worker threads to count
            Header set X %b                         | %b is not supported: there are no worker threads to count
            SetEnvIf OID("2.16.840") a b            | SetEnvIf is not supported with OID(...): extensions of certificates are not read
            SetEnvIfExpr                            | Missing expression for SetEnvIfExpr
            SetEnvIfExpr true                       | Missing envariable expression for SetEnvIfExpr
            SetEnvIfExpr 1 a                        | Could not parse expression "1": syntax error, unexpected $end
            Header edit X a\\Kb c                   | Header edit regex could not be compiled: '\\K' is not supported
            """)
    void whatIsNotDoneIsRefusedWithItsReason(String line, String complaint) throws Exception {
        assertEquals(complaint, Site.complaint(root, line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            SetEnv a=b         | AH10032: Spurious usage of '=' in an environment variable name. 'SetEnv a b' expected instead?
            PassEnv NO_SUCH_V  | AH01506: PassEnv variable NO_SUCH_V was undefined
            """)
    void whatHttpdWarnsOfIsWarnedOf(String line, String warning) throws Exception {
        assertEquals(warning + "\n", Site.warnings(root, line));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "metadata-requests.csv", delimiter = '~', quoteCharacter = '`')
    void anAnswerHasTheHeadersOfHttpds(String lines, String target, String names, String expected) throws Exception {
        String redirect = "Redirect /redir http://z/\n";
        try (Site site = Site.of(root, redirect + lines.replace(";;", "\n"))) {
            String answer = site.get(target, "X-Echo-A: 1", "X-Echo-B: 2", "X-T: aba", "X-T: ba", "User-Agent: Foo/1");

            StringBuilder seen = new StringBuilder(Site.status(answer));
            for (String name : names.split(",")) {
                seen.append("; ").append(name).append('=').append(Site.header(answer, name));
            }
            assertEquals(expected, seen.toString().replaceAll("Server=Sluice[^;]*", "Server=OURS"));
        }
    }

    @Test
    void aPassedVariableIsThatOfTheProcess() throws Exception {
        try (Site site = Site.of(root, "PassEnv PATH\nHeader set X \"%{PATH}e\"")) {
            assertEquals(System.getenv("PATH"), Site.header(site.get("/a.txt"), "X"));
        }
    }

    @Test
    void timesAndLoadAreThoseOfNow() throws Exception {
        try (Site site = Site.of(root, "Header set X \"%t %D %l\"")) {
            long before = System.currentTimeMillis() * 1000;

            String value = Site.header(site.get("/a.txt"), "X");

            assertTrue(value.matches("t=[0-9]{16} D=[0-9]+ l=[0-9.]+/[0-9.]+/[0-9.]+"), value);
            assertTrue(Long.parseLong(value.substring(2, 18)) >= before - 5000, value);
        }
    }

    @Test
    void aValueWithALineEndIsNotSent() throws Exception {
        try (Site site = Site.of(root, "Header set X \"a\\\\r\\\\nY: b\"\nHeader set Z ok")) {
            String answer = site.get("/a.txt");

            assertEquals("", Site.header(answer, "X"));
            assertEquals("", Site.header(answer, "Y"));
            assertEquals("ok", Site.header(answer, "Z"));
            assertTrue(site.lines("error.log", 1).contains("AH02430"));
        }
    }

    @Test
    void framingIsNotChanged() throws Exception {
        String lines =
                "Header set Content-Length 1\nHeader always set Transfer-Encoding chunked\nHeader unset Content-Length";
        try (Site site = Site.of(root, lines)) {
            String answer = site.get("/a.txt");

            assertEquals("2", Site.header(answer, "Content-Length"));
            assertEquals("", Site.header(answer, "Transfer-Encoding"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            a, b          | b     | true
            a, b          | a, b  | false
            a,b , c       | c     | true
            a,b , c       | b     | false
            "x, y", z     | y"    | false
            "x, y", z     | "x, y"| true
            ``            | a     | false
            """)
    void aMemberOfAListIsFound(String list, String member, boolean found) {
        assertEquals(found, HeaderAction.hasMember(list, member));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            foo           | foo
            127\\.0\\.0   | 127.0.0
            a\\\\b        | a\\b
            a\\wb         | -
            a.b           | -
            a*            | -
            """)
    void aPatternWithoutOperatorsIsAText(String pattern, String text) {
        assertEquals(text, EnvRule.literal(pattern));
    }
}
