package dev.sluice.modules.loggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.module.CannotStart;
import dev.sluice.modules.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {
    private final Path root;

    AccessLogTest(@TempDir Path root) {
        this.root = root;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            CustomLog logs/a common foo                | error in condition clause
            CustomLog logs/a common env=               | missing environment variable name
            CustomLog logs/a common env=!              | missing environment variable name
            CustomLog logs/a common expr=              | missing condition
            CustomLog logs/a %Y                        | Unrecognized LogFormat directive %Y
            LogFormat "%Y" nick                        | Unrecognized LogFormat directive %Y
            BufferedLogs x                             | BufferedLogs must be On or Off
            LogFormat "%I %O %S %^FB" ok               | ``
            CustomLog logs/a nick                      | ``
            LogIOTrackTTFB On                          | ``
            <VirtualHost *:80>;;GlobalLog logs/a common;;</VirtualHost> | GlobalLog cannot occur within <VirtualHost> section
            <Location />;;CustomLog logs/a common;;</Location> | CustomLog not allowed in <Location> context
            TransferLog logs/a b   | TransferLog takes one argument, the filename of the access log
            """)
    void aBadLineIsRefusedInHttpdsWords(String line, String complaint) throws Exception {
        assertEquals(complaint, Site.complaint(root, line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            %h %l %u                           | 127.0.0.1 - -
            %a %{c}a %A %{c}h                  | 127.0.0.1 127.0.0.1 127.0.0.1 127.0.0.1
            %r                                 | GET /a.txt?x=\\"y HTTP/1.1
            %m %U %q %H                        | GET /a.txt ?x=\\"y HTTP/1.1
            %s %>s %<s %b %B                   | 200 200 200 2 2
            %{X-T}i %{x-none}i                 | a, b -
            %{foo}C                            | bar baz
            %{E1}e %{NONE}e                    | v\\"alue -
            %{Content-Length}o                 | 2
            %{Server}o %{Date}o                | - -
            %v %V %p %{canonical}p %{xx}p      | x.test 127.0.0.1 80 80 xx
            %T %{s}T %{xx}T                    | 0 0 xx
            %k %L %R %%                        | 0 - - %
            %{nn}n                             | noted
            %404{X-T}i %!404{X-T}i %404,200{X-T}i %!404,200s | - a, b a, b -
            %{foo}^ti %{foo}^to                | - -
            %X                                 | -
            %{Set-Cookie}o %{X-O}o             | a=b, c=d 1
            """)
    void aLetterPrintsWhatItPrintsInHttpd(String format, String line) throws Exception {
        String lines =
                """
                Header add X-O 1
                Header add X-O 2
                Header add Set-Cookie a=b
                Header add Set-Cookie c=d
                Header set X-N noted
                Header note X-N nn
                SetEnvIf Request_URI a.txt E1=v"a\\lue
                """;
        try (Site site = Site.of(root, lines + "CustomLog logs/a \"" + format + "\"")) {
            site.get("/a.txt?x=\"y", "X-T: a", "X-T: b", "Cookie: x=1; foo=bar baz; y=2");

            assertEquals(line + "\n", site.lines("a", 1));
        }
    }

    @Test
    void portsAreThoseOfTheConnection() throws Exception {
        try (Site site = Site.of(root, "CustomLog logs/a \"%{local}p %{remote}p %P %{pid}P %{tid}P\"")) {
            site.get("/a.txt");

            String line = site.lines("a", 1);
            long pid = ProcessHandle.current().pid();
            assertTrue(line.matches(site.port() + " [0-9]+ " + pid + " " + pid + " [0-9]+\n"), line);
        }
    }

    @Test
    void timesAreThoseOfTheRequest() throws Exception {
        long before = System.currentTimeMillis();
        try (Site site = Site.of(root, "CustomLog logs/a \"%t|%{%Y}t|%{sec}t|%{msec}t|%{usec}t|%{end:usec}t|%D\"")) {
            site.get("/a.txt");

            String[] parts = site.lines("a", 1).strip().split("\\|");
            long after = System.currentTimeMillis();
            assertTrue(
                    parts[0].matches("\\[\\d\\d/[A-Z][a-z][a-z]/20\\d\\d:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]"), parts[0]);
            assertTrue(parts[1].matches("20\\d\\d"), parts[1]);
            long received = Long.parseLong(parts[3]);
            assertTrue(received >= before - 5 && received <= after, parts[3]);
            assertEquals(Long.toString(received / 1000), parts[2]);
            assertTrue(Long.parseLong(parts[5]) >= Long.parseLong(parts[4]));
            assertTrue(Long.parseLong(parts[6]) <= (after - before) * 1000, parts[6]);
        }
    }

    @Test
    void sizesAreThoseOnTheWire() throws Exception {
        try (Site site = Site.of(root, "CustomLog logs/a \"%I %O %S\"\nRequestHeader set X-New much")) {
            String request = "GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            String answer = site.send(request);

            int in = request.length();
            int out = answer.length();
            assertEquals(in + " " + out + " " + (in + out) + "\n", site.lines("a", 1));
        }
    }

    @Test
    void theFirstByteIsTimedWhereItIsAskedFor() throws Exception {
        String lines = "CustomLog logs/a \"%^FB\"\n<Location /a.txt>\nLogIOTrackTTFB On\n</Location>";
        try (Site site = Site.of(root, lines)) {
            site.get("/a.txt");
            site.lines("a", 1);
            site.get("/index.html");

            String log = site.lines("a", 2);
            assertTrue(log.matches("[0-9]+\n-\n"), log);
        }
    }

    @Test
    void requestsOnOneConnectionAreCounted() throws Exception {
        try (Site site = Site.of(root, "CustomLog logs/a \"%k %X\"")) {
            site.send(
                    "GET /a.txt HTTP/1.1\r\nHost: x\r\n\r\nGET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertEquals("0 +\n1 -\n", site.lines("a", 2));
        }
    }

    @Test
    void anErrorDocumentIsLoggedWithBothRequests() throws Exception {
        String lines = "ErrorDocument 404 /a.txt\nCustomLog logs/a \"%r %s %>s %U %>U %f %b %{REDIRECT_E}e\"\n"
                + "SetEnvIf Request_URI none E=1\nCustomLog logs/e \"%U\" env=E";
        try (Site site = Site.of(root, lines)) {
            site.get("/none");

            String file = root.resolve("htdocs/a.txt").toString();
            assertEquals("GET /none HTTP/1.1 404 404 /none /a.txt " + file + " 2 1\n", site.lines("a", 1));
            assertEquals("/none\n", site.lines("e", 1));
        }
    }

    @Test
    void conditionsLookAtTheEnvironment() throws Exception {
        String lines = "SetEnvIf Request_URI a.txt E\nCustomLog logs/yes \"%U\" env=E\nCustomLog logs/no \"%U\" env=!E";
        try (Site site = Site.of(root, lines)) {
            site.get("/a.txt");
            site.get("/index.html");

            assertEquals("/index.html\n", site.lines("no", 1));
            assertEquals("/a.txt\n", site.lines("yes", 1));
        }
    }

    @Test
    void aHostWithLogsOfItsOwnDoesNotUseTheMainServers() throws Exception {
        String lines =
                """
                LogFormat "nick %U" nick
                LogFormat "default %U"
                TransferLog logs/main
                GlobalLog logs/global "global %v"
                <VirtualHost *:@PORT@>
                ServerName one.test
                </VirtualHost>
                <VirtualHost *:@PORT@>
                ServerName two.test
                LogFormat "twos %U" nick
                CustomLog logs/two nick
                </VirtualHost>
                <VirtualHost *:@PORT@>
                ServerName three.test
                TransferLog logs/three
                LogFormat "threes %U"
                </VirtualHost>
                """;
        try (Site site = Site.of(root, lines)) {
            site.get("/a.txt", "Host: one.test");
            site.lines("global", 1);
            site.get("/a.txt", "Host: two.test");
            site.lines("global", 2);
            site.get("/a.txt", "Host: three.test");

            assertEquals("global one.test\nglobal two.test\nglobal three.test\n", site.lines("global", 3));
            assertEquals("default /a.txt\n", site.lines("main", 1));
            assertEquals("twos /a.txt\n", site.lines("two", 1));
            assertEquals("threes /a.txt\n", site.lines("three", 1));
        }
    }

    @Test
    void aFormatMayBeNamedAfterItIsUsed() throws Exception {
        try (Site site = Site.of(root, "CustomLog logs/a later\nLogFormat \"late %U\" later")) {
            site.get("/a.txt");

            assertEquals("late /a.txt\n", site.lines("a", 1));
        }
    }

    @Test
    void withoutAFormatLinesAreInTheCommonOne() throws Exception {
        try (Site site = Site.of(root, "TransferLog logs/a")) {
            site.get("/a.txt");

            String line = site.lines("a", 1);
            assertTrue(line.matches("127.0.0.1 - - \\[[^]]+] \"GET /a.txt HTTP/1.1\" 200 2\n"), line);
        }
    }

    @Test
    void textBetweenTheLettersHasEscapes() throws Exception {
        try (Site site = Site.of(root, "CustomLog logs/a \"lit\\tx\\q%h\\\\\\\\ \\\"x\\\"\"")) {
            site.get("/a.txt");

            assertEquals("lit\tx\\q127.0.0.1\\ \"x\"\n", site.lines("a", 1));
        }
    }

    @Test
    void anErrorPageHasItsTypeWithoutParameters() throws Exception {
        try (Site site = Site.of(root, "CustomLog logs/a \"%{Content-Type}o %s\"")) {
            site.get("/none");

            assertEquals("text/html 404\n", site.lines("a", 1));
        }
    }

    @Test
    void aLogInAFolderThatIsNotThereKeepsTheServerFromStarting() throws Exception {
        CannotStart refused = assertThrows(CannotStart.class, () -> Site.of(root, "CustomLog nowhere/a \"%h\"")
                .close());

        assertEquals(
                "(2)No such file or directory: AH00649: could not open transfer log file " + root + "/nowhere/a.",
                refused.getMessage());
    }

    @Test
    void aProgramReadsTheLog() throws Exception {
        try (Site site = Site.of(root, "CustomLog \"|tee " + root + "/logs/piped\" \"%U\"")) {
            site.get("/a.txt");

            assertEquals("/a.txt\n", site.lines("piped", 1));
        }
        assertTrue(Files.exists(root.resolve("logs/piped")));
    }
}
