package dev.sluice.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The server that a PID file tells of, which may be gone. */
record RunningServer(OptionalLong pid) {
    static RunningServer of(PidFile file) throws IOException {
        return new RunningServer(file.read());
    }

    /** True for another process than this one, which may have the number again after a reboot or in a container. */
    boolean isAlive() {
        return pid.isPresent()
                && pid.getAsLong() != ProcessHandle.current().pid()
                && ProcessHandle.of(pid.getAsLong()).isPresent()
                && !isZombie(pid.getAsLong());
    }

    /** Ended, but its parent has not asked how: the state behind the name in proc(5). */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends a signal by the shell's kill, since the JDK can send TERM and KILL alone. */
    boolean signal(String name) throws IOException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + pid.getAsLong())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return kill.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
