package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root's rights while serving. Only root can see them taken away. */
final class PrivilegesTest {
    @TempDir
    Path folder;

    @Test
    void everyThreadServesAsUserAndGroupBeforeAndAfterAReload() throws Exception {
        assumeTrue(Privileges.isRoot());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = Launched.freePort();
        Path conf = folder.resolve("httpd.conf");
        Files.writeString(
                conf,
                """
                LoadModule mpm_event_module modules/mod_mpm_event.so
                LoadModule authz_core_module modules/mod_authz_core.so
                ServerName localhost
                Listen 127.0.0.1:%d
                PidFile httpd.pid
                ErrorLog error.log
                User nobody
                Group "#65534"
                """
                        .formatted(port));
        Launched start = Launched.run(folder, "httpd", "-d", folder.toString(), "-f", "httpd.conf");
        assertEquals(new Launched(0, "", ""), start);
        long pid = Long.parseLong(Files.readString(folder.resolve("httpd.pid")).strip());
        try {
            assertEquals(
                    1,
                    Stream.of(Launched.status(port))
                            .filter(status -> status > 0)
                            .count());
            assertEquals(Set.of("Gid: 0 65534 0 65534", "Groups: 65534", "Uid: 0 65534 0 65534"), identities(pid));

            new ProcessBuilder("sh", "-c", "kill -USR1 " + pid).start().waitFor();
            Launched.await("it serves anew", () -> count(folder.resolve("error.log"), "AH00489") == 2);
            Launched.await("the rights are given back", () -> identities(pid)
                    .equals(Set.of("Gid: 0 65534 0 65534", "Groups: 65534", "Uid: 0 65534 0 65534")));
        } finally {
            Launched.run(folder, "httpd", "-d", folder.toString(), "-f", "httpd.conf", "-k", "stop");
        }
    }

    private static long count(Path file, String text) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Who the threads of a process are; the ids are real, effective, saved and file system's. */
    private static Set<String> identities(long pid) {
        Set<String> all = new TreeSet<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                for (String line : Files.readAllLines(thread.resolve("status"))) {
                    if (line.startsWith("Uid:") || line.startsWith("Gid:") || line.startsWith("Groups:")) {
                        all.add(line.strip().replaceAll("\\s+", " "));
                    }
                }
            }
        } catch (IOException e) {
            return Set.of();
        }
        return all;
    }
}
