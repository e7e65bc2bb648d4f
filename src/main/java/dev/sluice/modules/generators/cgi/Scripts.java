package dev.sluice.modules.generators.cgi;

import dev.sluice.modules.core.ProgramRights;
import dev.sluice.request.Environment;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The processes of scripts that run, and the threads that wait for what they say. */
public final class Scripts {
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "script-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    /** Where reading and writing of a process may wait. */
    ExecutorService threads() {
        return threads;
    }

    /**
     * Starts a script in its own folder.
     *
     * @param filename bytes, one a char, as are arguments and variables
     * @throws IOException where there is no way to start it, or none to start it without root's rights
     */
    Process start(String filename, List<String> arguments, Environment environment) throws IOException {
        List<String> command = new ArrayList<>(ProgramRights.prefix());
        command.add(text(filename));
        arguments.forEach(argument -> command.add(text(argument)));
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File(text(filename)).getParentFile());
        Map<String, String> variables = builder.environment();
        variables.clear();
        environment.all().forEach((name, value) -> variables.put(variable(name), text(value)));
        Process process = builder.start();
        running.add(process);
        threads.execute(() -> awaited(process));
        return process;
    }

    /** Until it has ended, it counts as running. */
    private void awaited(Process process) {
        try {
            process.waitFor();
            running.remove(process);
        } catch (InterruptedException e) {
            // The configuration has ended, which ends its scripts.
            Thread.currentThread().interrupt();
        }
    }

    /** False where the system would not run the file: a shell, which would be tried then, is not what the script asks for. */
    static boolean isProgram(String filename) {
        Path path = Path.of(text(filename));
        try (InputStream in = Files.newInputStream(path)) {
            if (!isExecutableByAny(path)) {
                // Who starts it says so.
                return true;
            }
            byte[] magic = in.readNBytes(4);
            boolean script = magic.length >= 2 && magic[0] == '#' && magic[1] == '!';
            return script || Arrays.equals(magic, new byte[] {0x7f, 'E', 'L', 'F'});
        } catch (IOException e) {
            // It may be run without being read.
            return true;
        }
    }

    private static boolean isExecutableByAny(Path path) throws IOException {
        Set<PosixFilePermission> all = Files.getPosixFilePermissions(path);
        return all.contains(PosixFilePermission.OWNER_EXECUTE)
                || all.contains(PosixFilePermission.GROUP_EXECUTE)
                || all.contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    /** Ends a script that nobody listens to any more: it is asked to, and three seconds later made to. */
    void stop(Process process) {
        if (process.isAlive()) {
            // Process.destroy would close its streams, and lose what it has complained of and nobody has read yet.
            process.toHandle().destroy();
            try {
                threads.execute(() -> insist(process));
            } catch (RejectedExecutionException e) {
                process.destroyForcibly();
            }
        }
    }

    private static void insist(Process process) {
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all that run; for the end of the configuration. */
    public void close() {
        running.forEach(Process::destroyForcibly);
        threads.shutdownNow();
    }

    /** A name that a shell can say (ap_create_environment). */
    private static String variable(String name) {
        StringBuilder text = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (!digit || i == 0)) {
                text.setCharAt(i, '_');
            }
        }
        return text.toString();
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
