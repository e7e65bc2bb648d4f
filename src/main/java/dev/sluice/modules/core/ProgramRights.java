package dev.sluice.modules.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rights of programs that are started while serving: those of User and Group for good. The serving threads have only put
 * root's aside, their real user is still root (see decisions/user-and-group.md), and a program could take them back.
 */
public final class ProgramRights {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private ProgramRights() {}

    /**
     * The words that a command begins with; none where there is nothing to give up.
     *
     * @throws IOException where a program would have root's rights, and nothing can take them
     */
    public static List<String> prefix() throws IOException {
        String[] user = ids("Uid:");
        String[] group = ids("Gid:");
        if (user == null || group == null || (isOne(user) && isOne(group))) {
            return List.of();
        }
        if (!Files.isExecutable(SETPRIV)) {
            throw new IOException("programs would run with root's rights without " + SETPRIV);
        }
        return List.of(SETPRIV.toString(), "--reuid=" + user[2], "--regid=" + group[2], "--keep-groups", "--");
    }

    /**
     * {@code words}, a program and its arguments, with what takes rights away in front.
     *
     * @throws IOException also where there is no such program, in the words that {@link ProcessBuilder} has for it
     */
    public static List<String> of(List<String> words) throws IOException {
        List<String> prefix = prefix();
        if (prefix.isEmpty()) {
            return words;
        }
        String program = words.get(0);
        if (!isFound(program)) {
            boolean there = Files.exists(Path.of(program));
            throw new IOException("Cannot run program \"" + program + "\": "
                    + (there ? "error=13, Permission denied" : "error=2, No such file or directory"));
        }
        List<String> command = new ArrayList<>(prefix);
        command.addAll(words);
        return command;
    }

    private static boolean isFound(String program) {
        if (program.indexOf('/') >= 0) {
            return Files.isExecutable(Path.of(program));
        }
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOne(String[] ids) {
        return ids[1].equals(ids[2]) && ids[2].equals(ids[3]);
    }

    /** The words of a line of the thread's status: name, real, effective and saved id; null where the system has none. */
    private static String @Nullable [] ids(String name) throws IOException {
        Path status = Path.of("/proc/thread-self/status");
        if (!Files.exists(status)) {
            return null;
        }
        for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(name)) {
                return line.split("\\s+");
            }
        }
        return null;
    }
}
