package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/apachectl} and {@code bin/sluice}, as people call them. */
final class FrontDoorsTest {
    @TempDir
    Path folder;

    private Path conf;
    private int port;

    @BeforeEach
    void aConfigurationAsDebianHasIt() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        port = Launched.freePort();
        conf = folder.resolve("apache2.conf");
        String user = Privileges.isRoot() ? "User nobody\nGroup \"#65534\"\n" : "";
        Files.writeString(folder.resolve("envvars"), "export MY_LOG=own.log\n");
        Files.writeString(
                conf,
                """
                LoadModule mpm_event_module modules/mod_mpm_event.so
                ServerName localhost
                Listen 127.0.0.1:%d
                PidFile httpd.pid
                ErrorLog ${MY_LOG}
                %s"""
                        .formatted(port, user));
    }

    private Launched apachectl(String... words) throws Exception {
        Map<String, String> environment =
                Map.of("APACHE_CONFDIR", folder.toString(), "APACHE_ARGUMENTS", "-f " + conf.toAbsolutePath());
        return Launched.run(folder, environment, "apachectl", words);
    }

    @Test
    void configtestReadsTheEnvironmentAndSaysSyntaxOk() throws Exception {
        Launched tested = apachectl("configtest");

        assertEquals(0, tested.code(), tested.err());
        assertEquals("Syntax OK\n", tested.err());
    }

    @Test
    void configtestOfABadFileFailsAndSaysSo() throws Exception {
        Files.writeString(conf, Files.readString(conf) + "ServreName x\n");

        Launched tested = apachectl("configtest");

        assertEquals(1, tested.code());
        assertTrue(tested.err().contains("Invalid command 'ServreName'"), tested.err());
        assertTrue(tested.out().contains("Action 'configtest' failed."), tested.out());
    }

    @Test
    void withoutAWordItTellsHowItIsCalled() throws Exception {
        Launched called = apachectl();

        assertEquals(1, called.code());
        assertTrue(called.err().contains("start|stop|restart|graceful|graceful-stop|configtest|status"), called.err());
    }

    @Test
    void itStartsReloadsAndStops() throws Exception {
        assertEquals(0, apachectl("start").code());
        try {
            Launched.await("an answer", () -> Launched.status(port) != 0);
            assertTrue(Files.exists(folder.resolve("own.log")));

            assertEquals(0, apachectl("graceful").code());
            Launched.await("an answer after the reload", () -> Launched.status(port) != 0);
        } finally {
            assertEquals(0, apachectl("stop").code());
        }
        Launched.await("its end", () -> Launched.status(port) == 0);
    }

    @Test
    void aBadFileKeepsGracefulFromAnything() throws Exception {
        assertEquals(0, apachectl("start").code());
        try {
            Launched.await("an answer", () -> Launched.status(port) != 0);
            String good = Files.readString(conf);
            Files.writeString(conf, good + "ServreName x\n");

            Launched reloaded = apachectl("graceful");

            assertEquals(1, reloaded.code());
            assertTrue(Launched.status(port) != 0);
            Files.writeString(conf, good);
        } finally {
            assertEquals(0, apachectl("stop").code());
        }
    }

    @Test
    void lintPassesAGoodFileAndNamesWhatIsWrongWithABadOne() throws Exception {
        Map<String, String> environment = Map.of("MY_LOG", "own.log");
        Path bad = Files.writeString(folder.resolve("bad.conf"), "ServreName x\n");

        assertEquals(
                0,
                Launched.run(folder, environment, "sluice", "lint", conf.toString())
                        .code());
        Launched found = Launched.run(folder, "sluice", "lint", bad.toString());

        assertEquals(1, found.code());
        assertTrue((found.out() + found.err()).contains("ServreName"), found.out() + found.err());
    }

    @Test
    void theShellEndsWithItsInput() throws Exception {
        Launched shell = Launched.run(folder, "sluice", "shell", "-f", conf.toString());

        assertEquals(0, shell.code(), shell.err());
    }

    @Test
    void aWordThatIsNoCommandIsMisuse() throws Exception {
        Launched called = Launched.run(folder, "sluice", "sreve");

        assertEquals(2, called.code());
        assertTrue(called.err().contains("serve"), called.err());
    }

    @Test
    void serveTellsWhereItListensAndStopsWhenAsked() throws Exception {
        Path out = folder.resolve("out");
        Process server = Launched.start(
                Map.of("MY_LOG", "own.log"),
                out,
                folder.resolve("err"),
                "sluice",
                "serve",
                "-d",
                folder.toString(),
                "-f",
                conf.toString());
        try {
            Launched.await("an answer", () -> Launched.status(port) != 0);
            assertTrue(Files.readString(out).contains("listening on 127.0.0.1:" + port), Files.readString(out));
        } finally {
            server.destroy();
        }
        assertEquals(0, server.waitFor());
    }
}
