package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/httpd} as tools and people call it: what it prints where, and its exit codes. */
final class HttpdLauncherTest {
    @TempDir
    Path folder;

    private Path conf;

    @BeforeEach
    void aConfiguration() throws Exception {
        conf = folder.resolve("httpd.conf");
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(
                conf,
                """
                LoadModule mpm_event_module modules/mod_mpm_event.so
                ServerName localhost
                Listen 127.0.0.1:8080
                """);
    }

    private void append(String lines) throws Exception {
        Files.writeString(conf, Files.readString(conf) + lines);
    }

    private Launched httpd(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 4];
        all[0] = "-d";
        all[1] = folder.toString();
        all[2] = "-f";
        all[3] = "httpd.conf";
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return Launched.run(folder, "httpd", all);
    }

    @Test
    void aGoodConfigurationIsOkOnStandardError() throws Exception {
        Launched run = httpd("-t");

        assertEquals(new Launched(0, "", "Syntax OK\n"), run);
    }

    @Test
    void aLineThatIsNoDirectiveIsNamed() throws Exception {
        append("Foo bar\n");

        Launched run = httpd("-t");

        assertEquals(
                new Launched(
                        1,
                        "",
                        "AH00526: Syntax error on line 4 of " + conf + ":\n"
                                + "Invalid command 'Foo', perhaps misspelled or defined by a module not included in the"
                                + " server configuration\n"),
                run);
    }

    @Test
    void anErrorWhileReadingIsOneLine() throws Exception {
        append("<Location />\n");

        Launched run = httpd("-t");

        assertEquals(1, run.code());
        assertEquals(
                "httpd: Syntax error on line 4 of " + conf + ": " + conf + ":4: <Location> was not closed.\n",
                run.err());
    }

    @Test
    void warningsComeBeforeTheErrorInTheErrorLogsForm() throws Exception {
        append("Include ${NOWHERE}/x\n");

        Launched run = httpd("-t");

        String[] lines = run.err().split("\n", -1);
        assertTrue(
                lines[0].matches(
                        "\\[.*] \\[core:warn] \\[pid \\d+:tid \\d+] AH00111: Config variable \\$\\{NOWHERE} is not defined"),
                run.err());
        assertTrue(lines[1].startsWith("httpd: Syntax error on line 4 of "), run.err());
    }

    @Test
    void aFileThatIsNotThereIsSaidOnOneLine() throws Exception {
        Launched run = Launched.run(folder, "httpd", "-d", folder.toString(), "-f", "none.conf", "-t");

        String file = folder.resolve("none.conf").toString();
        assertEquals(
                new Launched(
                        1, "", "httpd: Could not open configuration file " + file + ": No such file or directory\n"),
                run);
    }

    @Test
    void aBinaryFileIsAnErrorAndNoStackTrace() throws Exception {
        byte[] bytes = new byte[4096];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 7);
        }
        Files.write(conf, bytes);

        Launched run = httpd("-t");

        assertEquals(1, run.code());
        assertFalse(run.err().contains("\tat "), run.err());
        assertTrue(run.err().startsWith("httpd: ") || run.err().startsWith("AH005"), run.err());
    }

    @Test
    void withoutServerNameTheMachinesNameIsTold() throws Exception {
        Files.writeString(conf, "LoadModule mpm_event_module modules/mod_mpm_event.so\nListen 127.0.0.1:8080\n");

        Launched run = httpd("-t");

        assertTrue(
                run.err()
                        .startsWith(
                                "AH00558: httpd: Could not reliably determine the server's fully qualified domain name,"
                                        + " using "),
                run.err());
        assertTrue(run.err().endsWith("\nSyntax OK\n"), run.err());
    }

    @Test
    void wrongOptionsGiveTheUsage() throws Exception {
        Launched run = Launched.run(folder, "httpd", "-q");

        assertEquals(1, run.code());
        assertTrue(run.err().startsWith("httpd: illegal option -- q\nUsage: "), run.err());
        assertEquals("", run.out());
    }

    @Test
    void theVersionNamesHttpdsAndOurs() throws Exception {
        Launched run = Launched.run(folder, "httpd", "-v");

        assertEquals(0, run.code());
        assertTrue(run.out().startsWith("Server version: Apache/2.4.71 (Sluice/"), run.out());
    }

    @Test
    void theSettingsNameTheMpmAndTheFiles() throws Exception {
        Launched run = httpd("-V");

        assertEquals(0, run.code());
        assertTrue(run.out().contains("\nServer MPM:     event\n"), run.out());
        assertTrue(run.out().contains("\n -D SERVER_CONFIG_FILE=\""), run.out());
        assertTrue(run.out().contains("\n -D HTTPD_ROOT=\""), run.out());
    }

    @Test
    void theModulesAreListedStaticOnesFirst() throws Exception {
        Launched run = httpd("-M");

        assertEquals(
                """
                Loaded Modules:
                 core_module (static)
                 so_module (static)
                 watchdog_module (static)
                 http_module (static)
                 log_config_module (static)
                 logio_module (static)
                 version_module (static)
                 unixd_module (static)
                 mpm_event_module (shared)
                """,
                run.out());
    }

    @Test
    void aDirectiveIsListedWithItsPlaces() throws Exception {
        Launched run = httpd("-L");

        assertTrue(
                run.out()
                        .contains(
                                """
                                Options (core.c)
                                	Set a number of attributes for a given directory
                                	Allowed in *.conf anywhere and in .htaccess
                                	when AllowOverride includes Options
                                """),
                run.out());
    }

    @Test
    void linesOfTheCommandLineAreReadBeforeAndAfter() throws Exception {
        append("<IfDefine EARLY>\nBogus\n</IfDefine>\n");

        Launched run = httpd("-t", "-C", "Define EARLY");

        assertTrue(run.err().contains("Invalid command 'Bogus'"), run.err());
        assertTrue(httpd("-t", "-c", "Late on").err().contains("line 1 of -c/-C directives:\nInvalid command 'Late'"));
    }

    @Test
    void messagesGoToTheFileThatIsAskedFor() throws Exception {
        Path log = folder.resolve("start.log");

        Launched run = httpd("-t", "-E", log.toString());

        assertEquals(new Launched(0, "", ""), run);
        assertEquals("Syntax OK\n", Files.readString(log));
    }

    @Test
    void namesThatAreNotAsciiAreKeptByteForByte() throws Exception {
        Path other = folder.resolve("b\u00fccher.conf");
        Files.writeString(other, "Foo\n");
        append("Include b\u00fccher.conf\n");

        Launched run = httpd("-t");

        assertTrue(run.err().contains("b\\xc3\\xbccher.conf:\nInvalid command 'Foo'"), run.err());
    }

    @Test
    void debiansEnvironmentIsReadFromBesideTheConfiguration() throws Exception {
        Files.writeString(folder.resolve("envvars"), "export WHERE=$APACHE_CONFDIR\n");
        append("Define FOUND ${WHERE}\n");

        Launched run = httpd("-S");

        assertTrue(run.out().contains("\nDefine: FOUND=" + folder + "\n"), run.out() + run.err());
    }

    @Test
    void aLinkToTheLauncherFindsItsTree() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("apache2"), Path.of("bin/httpd").toAbsolutePath());
        Process process = new ProcessBuilder(link.toString(), "-Z")
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(said.startsWith("apache2: illegal option -- Z\nUsage: " + link), said);
        assertEquals(1, process.waitFor());
    }

    @Test
    void aJavaHomeThatIsNoJdkIsSaid() throws Exception {
        Launched run = Launched.run(folder, Map.of("JAVA_HOME", folder.toString()), "httpd", "-v");

        assertEquals(
                new Launched(1, "", "httpd: JAVA_HOME is '" + folder + "', which is no JDK of release 17 or newer\n"),
                run);
    }

    @Test
    void checkingLoadsNoServer() throws Exception {
        Launched run = Launched.run(
                folder,
                Map.of("SLUICE_OPTS", "-Xlog:class+load:file=" + folder.resolve("classes")),
                "httpd",
                "-t",
                "-f",
                conf.toString(),
                "-d",
                folder.toString());

        assertEquals(0, run.code(), run.err());
        String loaded = Files.readString(folder.resolve("classes"));
        assertTrue(loaded.contains(" dev.sluice.cli.HttpdCommand "));
        assertFalse(loaded.contains(" io.undertow.Undertow") || loaded.contains(" org.xnio.nio."), "server classes");
        assertFalse(loaded.contains(" com.sun.jna.Native "), "JNA");
    }
}
