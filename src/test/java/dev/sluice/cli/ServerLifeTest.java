package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers started by {@code bin/httpd}: how they begin, change and end. */
final class ServerLifeTest {
    @TempDir
    Path folder;

    private Path conf;
    private Path log;
    private Path pidFile;
    private int port;

    @BeforeEach
    void aConfiguration() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        conf = folder.resolve("httpd.conf");
        log = folder.resolve("error.log");
        pidFile = folder.resolve("httpd.pid");
        port = Launched.freePort();
        write(port, "");
    }

    private void write(int listen, String more) throws IOException {
        String user = Privileges.isRoot() ? "User nobody\nGroup \"#65534\"\n" : "";
        Files.writeString(
                conf,
                """
                LoadModule mpm_event_module modules/mod_mpm_event.so
                ServerName localhost
                Listen 127.0.0.1:%d
                PidFile httpd.pid
                ErrorLog error.log
                %s%s"""
                        .formatted(listen, user, more));
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        if (Files.exists(pidFile)) {
            ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(pidFile).strip());
    }

    private Launched httpd(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 4];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "-d";
        all[arguments.length + 1] = folder.toString();
        all[arguments.length + 2] = "-f";
        all[arguments.length + 3] = "httpd.conf";
        return Launched.run(folder, "httpd", all);
    }

    private boolean logHas(String text) {
        try {
            return Files.exists(log) && Files.readString(log).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean serves(int where) {
        return Launched.status(where) != 0;
    }

    @Test
    void startAnswersOnceTheServerListensAndStopEndsIt() throws Exception {
        Launched start = httpd("-k", "start");

        assertEquals(new Launched(0, "", ""), start);
        assertTrue(serves(port));
        assertTrue(ProcessHandle.of(pid()).isPresent());

        Launched again = httpd("-k", "start");

        assertEquals(new Launched(0, "httpd (pid " + pid() + ") already running\n", ""), again);

        Launched stop = httpd("-k", "stop");

        assertEquals(new Launched(0, "", ""), stop);
        Launched.await("the PID file is gone", () -> !Files.exists(pidFile));
        Launched.await("nothing listens", () -> !serves(port));
        assertTrue(logHas("AH00489: Sluice/"), Files.readString(log));
        assertTrue(logHas("AH00094: Command line: '"), Files.readString(log));
        assertTrue(logHas("[mpm_event:notice]"), Files.readString(log));
        assertTrue(logHas("AH00491: caught SIGTERM, shutting down"), Files.readString(log));
    }

    @Test
    void aBadConfigurationDoesNotTakeTheServerDown() throws Exception {
        httpd("-k", "start");
        long pid = pid();
        write(port, "Nonsense on\n");

        Launched graceful = httpd("-k", "graceful");
        new ProcessBuilder("sh", "-c", "kill -HUP " + pid).start().waitFor();

        assertEquals(1, graceful.code());
        Launched.await("the log tells of it", () -> logHas("goes on being served"));
        assertTrue(logHas("AH00526: Syntax error on line "), Files.readString(log));
        assertTrue(logHas("Invalid command 'Nonsense'"), Files.readString(log));
        assertTrue(serves(port));
        assertEquals(pid, pid());
    }

    @Test
    void aReloadListensWhereTheNewConfigurationSays() throws Exception {
        httpd("-k", "start");
        long pid = pid();
        int other = Launched.freePort();
        write(other, "");

        Launched graceful = httpd("-k", "graceful");

        assertEquals(new Launched(0, "", ""), graceful);
        Launched.await("the new port answers", () -> serves(other));
        Launched.await("the old one is closed", () -> !serves(port));
        assertEquals(pid, pid());
        assertTrue(logHas("AH00493: SIGUSR1 received.  Doing graceful restart"), Files.readString(log));
    }

    @Test
    void aGracefulStopEndsTheServer() throws Exception {
        httpd("-k", "start");

        Launched stop = httpd("-k", "graceful-stop");

        assertEquals(new Launched(0, "", ""), stop);
        Launched.await("the PID file is gone", () -> !Files.exists(pidFile));
        assertTrue(logHas("AH00492: caught SIGWINCH, shutting down gracefully"), Files.readString(log));
    }

    @Test
    void aPortInUseIsSaidAndNothingStarts() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Launched start = httpd("-k", "start");

            assertEquals(1, start.code());
            assertTrue(
                    start.err()
                            .startsWith(
                                    "(98)Address already in use: AH00072: make_sock: could not bind to address 127.0.0.1:"
                                            + taken.getLocalPort()),
                    start.err());
            assertTrue(start.err().endsWith("AH00015: Unable to open logs\n"), start.err());
        }
    }

    @Test
    void aServerThatDoesNotRunCannotBeStopped() throws Exception {
        assertEquals(new Launched(0, "httpd (no pid file) not running\n", ""), httpd("-k", "stop"));

        Files.writeString(pidFile, "4194999\n");

        assertEquals(new Launched(0, "httpd (pid 4194999?) not running\n", ""), httpd("-k", "graceful-stop"));
    }

    @Test
    void aPidFileThatHoldsNoNumberIsLeftAlone() throws Exception {
        Files.writeString(pidFile, "garbage\n");

        Launched start = httpd("-k", "start");

        assertEquals(1, start.code());
        assertTrue(start.err().contains("AH00058: Error retrieving pid file " + pidFile), start.err());
        assertEquals("garbage\n", Files.readString(pidFile));
        Files.delete(pidFile);
    }

    @Test
    void theFileOfAServerThatIsGoneIsOverwritten() throws Exception {
        Files.writeString(pidFile, "4194999\n");

        Launched restart = httpd("-k", "restart");

        assertEquals(new Launched(0, "httpd not running, trying to start\n", ""), restart);
        assertTrue(serves(port));
        assertTrue(logHas("AH00098: pid file " + pidFile + " overwritten"), Files.readString(log));
    }

    @Test
    void inTheForegroundTermEndsItWithCodeZero() throws Exception {
        Path out = folder.resolve("out");
        Process server = Launched.start(
                Map.of(),
                out,
                folder.resolve("err"),
                "httpd",
                "-DFOREGROUND",
                "-d",
                folder.toString(),
                "-f",
                "httpd.conf");
        try {
            Launched.await("it answers", () -> serves(port));

            server.destroy();

            assertTrue(server.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, server.exitValue());
            assertEquals("", Files.readString(out));
        } finally {
            server.destroyForcibly();
        }
    }
}
