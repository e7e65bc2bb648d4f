package dev.sluice.cli;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import dev.sluice.model.Configuration;
import dev.sluice.module.CannotStart;
import dev.sluice.modules.arch.UnixdModule;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Root's rights, which a server that was started as root has only while it starts and reloads.
 *
 * <p>Serving threads have User and Group as their effective ids; the saved ids stay 0, so that a reload can read a key and
 * bind a port that only root may. {@link #drop} goes through glibc, which changes every thread of the process;
 * {@link #raise} goes past it, to the system call, which changes the calling thread alone: no request is served with
 * root's rights while a configuration is read. Threads that are started meanwhile have them until the next drop.
 */
abstract class Privileges {
    /** For setresuid: leave that one as it is. */
    private static final int SAME = -1;

    private Privileges() {}

    /** Takes User and Group of {@code configuration}, in all threads. */
    abstract void drop(Configuration configuration) throws CannotStart;

    /** Gives the calling thread root's rights back. */
    abstract void raise() throws CannotStart;

    static Privileges ofThisProcess() {
        return isRoot() ? new OfRoot() : new Ordinary();
    }

    /** True where the process may change its user. */
    static boolean isRoot() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1).stream()
                    .anyMatch(line -> line.startsWith("Uid:") && line.split("\\s+", -1)[2].equals("0"));
        } catch (IOException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    /** A process that never had any. */
    private static final class Ordinary extends Privileges {
        @Override
        void drop(Configuration configuration) {}

        @Override
        void raise() {}
    }

    private static final class OfRoot extends Privileges {
        private final NativeLibrary c = NativeLibrary.getInstance("c");

        @Override
        void drop(Configuration configuration) throws CannotStart {
            String user = configuration.main().settings().get(UnixdModule.USER);
            String group = configuration.main().settings().get(UnixdModule.GROUP);
            if (user.isEmpty()) {
                throw new CannotStart("AH02155: getpwuid: couldn't determine user name from uid 4294967295, "
                        + "you probably need to modify the User directive");
            }
            int uid = id(user, "/etc/passwd");
            int gid = group.isEmpty() ? SAME : id(group, "/etc/group");
            become("setresuid", SAME, 0, SAME);
            if (gid != SAME) {
                become("setresgid", SAME, gid, 0);
                setGroups(user, gid);
            }
            become("setresuid", SAME, uid, 0);
        }

        private static int id(String name, String table) throws CannotStart {
            return UnixdModule.id(SourceFile.utf8(name), Path.of(table))
                    .orElseThrow(() -> new CannotStart("no id for '" + name + "' in " + table));
        }

        private void become(String function, int real, int effective, int saved) throws CannotStart {
            done(function, c.getFunction(function).invokeInt(new Object[] {real, effective, saved}));
        }

        private void setGroups(String user, int gid) throws CannotStart {
            List<Integer> groups = groupsOf(user, gid);
            int[] ids = groups.stream().mapToInt(Integer::intValue).toArray();
            done("setgroups", c.getFunction("setgroups").invokeInt(new Object[] {new NativeLong(ids.length, true), ids
            }));
        }

        private static List<Integer> groupsOf(String user, int gid) throws CannotStart {
            List<Integer> groups = new ArrayList<>(List.of(gid));
            try {
                for (String line : Files.readAllLines(Path.of("/etc/group"), StandardCharsets.ISO_8859_1)) {
                    String[] fields = line.split(":", -1);
                    if (fields.length > 3 && List.of(fields[3].split(",", -1)).contains(user)) {
                        groups.add(Integer.parseInt(fields[2]));
                    }
                }
            } catch (IOException | NumberFormatException e) {
                throw new CannotStart("/etc/group: " + e.getMessage());
            }
            return groups;
        }

        @Override
        void raise() throws CannotStart {
            int setresuid = systemCall();
            if (setresuid < 0) {
                become("setresuid", SAME, 0, SAME);
                return;
            }
            Function call = c.getFunction("syscall");
            done("setresuid", call.invokeInt(new Object[] {new NativeLong(setresuid), SAME, 0, SAME}));
        }

        /** The number of setresuid; -1 where it is not known, and all threads are raised. */
        private static int systemCall() {
            return switch (System.getProperty("os.arch", "")) {
                case "amd64" -> 117;
                case "aarch64", "riscv64" -> 147;
                default -> -1;
            };
        }

        private static void done(String function, int answer) throws CannotStart {
            if (answer != 0) {
                throw new CannotStart(
                        "(" + Native.getLastError() + ")" + function + " failed: the server cannot change its user");
            }
        }
    }
}
