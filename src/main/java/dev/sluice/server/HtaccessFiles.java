package dev.sluice.server;

import dev.sluice.config.AccessFile;
import dev.sluice.config.AccessFileReader;
import dev.sluice.directive.Overrides;
import dev.sluice.modules.core.AccessFiles;
import dev.sluice.modules.core.FileNames;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import dev.sluice.source.SourceFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The access files ({@code .htaccess}) as they were read last. Each request looks whether its files are still the same, by
 * inode, size and time of change, and reads those that are not (ap_parse_htaccess, server/config.c).
 */
final class HtaccessFiles implements AccessFiles {
    /** Past that many files all are forgotten: a bound, not a tuning. */
    private static final int MOST = 10_000;

    /** A file that changed this shortly before it was read may change again without a trace: the clock of times is coarse. */
    private static final long UNSETTLED_MILLIS = 1000;

    /** The same file may be read by the rules of several directories, hosts or links. */
    private record Key(String file, Overrides admitted) {}

    private record Stamp(Object inode, long size, FileTime changed) {}

    private record Known(Stamp stamp, boolean settled, AccessFile file, Found found) {}

    private final AccessFileReader reader;
    private final Map<Key, Known> known = new ConcurrentHashMap<>();

    HtaccessFiles(AccessFileReader reader) {
        this.reader = reader;
    }

    @Override
    public Found in(Request request, String directory, Overrides admitted, List<String> names, boolean isSearchable) {
        for (int i = 0; i < names.size(); i++) {
            String name = directory + names.get(i);
            Path path = FileNames.path(name);
            Found found = path == null ? null : at(path, name, request, directory, admitted, isSearchable);
            if (found != null) {
                return found;
            }
        }
        return Found.NOTHING;
    }

    /** Null where there is no such file. */
    private @Nullable Found at(
            Path path, String name, Request request, String directory, Overrides admitted, boolean isSearchable) {
        // A look that throws nothing: most directories have no such file.
        File file = path.toFile();
        if (!file.exists() && (isSearchable || isSearchable(path))) {
            return null;
        }
        try {
            return found(path, name, request, directory, admitted);
        } catch (NoSuchFileException e) {
            return null;
        } catch (AccessDeniedException e) {
            return unreadable(request, directory, name, "(13)Permission denied");
        } catch (IOException e) {
            return unreadable(request, directory, name, "(5)Input/output error");
        }
    }

    /** A look at {@code directory/.}: asking for rights would ask for those of the user who started the process. */
    private static boolean isSearchable(Path file) {
        return new File(String.valueOf(file.getParent()), ".").exists();
    }

    private Found found(Path path, String name, Request request, String directory, Overrides admitted)
            throws IOException {
        Map<String, Object> now = Files.readAttributes(path, "unix:ino,size,ctime,isRegularFile,isDirectory");
        if (!Boolean.TRUE.equals(now.get("isRegularFile")) && !path.toRealPath().equals(Path.of("/dev/null"))) {
            request.errorLog()
                    .log(
                            Level.ERROR,
                            "core",
                            "AH00554: Access to file " + name + " denied by server: not a regular file");
            return unreadable(request, directory, name, "(9)Bad file descriptor");
        }
        Stamp stamp = new Stamp(
                Objects.requireNonNull(now.get("ino")), (Long) Objects.requireNonNull(now.get("size")), (FileTime)
                        Objects.requireNonNull(now.get("ctime")));
        Key key = new Key(name, admitted);
        Known before = known.get(key);
        if (before == null || !before.settled || !before.stamp.equals(stamp)) {
            before = read(path, key, stamp, request, directory);
        }
        String error = before.file.error();
        if (error != null) {
            request.log(Level.ALERT, "core", name + ": " + error);
        }
        return before.found;
    }

    private Known read(Path path, Key key, Stamp stamp, Request request, String directory) throws IOException {
        long age = System.currentTimeMillis() - stamp.changed.toMillis();
        AccessFile file = reader.read(SourceFile.read(key.file, path), directory, key.admitted);
        for (String warning : file.warnings()) {
            request.errorLog().log(Level.WARN, "core", warning);
        }
        Found found = file.error() == null ? new Found(file.section(), null) : new Found(null, Outcome.status(500));
        Known fresh = new Known(stamp, age > UNSETTLED_MILLIS, file, found);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(key, fresh);
        return fresh;
    }

    private static Found unreadable(Request request, String directory, String name, String why) {
        request.log(
                Level.CRIT,
                "core",
                why + ": AH00529: " + name + " pcfg_openfile: unable to check htaccess file, ensure it is readable and"
                        + " that '" + directory + "' is executable");
        request.errorNotes("Server unable to read htaccess file, denying access to be safe");
        return new Found(null, Outcome.status(403));
    }
}
