package dev.sluice.modules.core;

import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .htaccess} files. They are not read yet; since one may guard its directory, a directory that has one with a
 * directive in it is not served.
 */
final class AccessFiles {
    private AccessFiles() {}

    /** Null where none of {@code names} in {@code directory}, a path with a slash at its end, stands in the way. */
    static @Nullable Outcome check(Request request, String directory, List<String> names) {
        for (String name : names) {
            Path path = FileNames.path(directory + name);
            if (path != null && !Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                Outcome refused = read(request, directory, name, path);
                if (refused != null) {
                    return refused;
                }
            }
        }
        return null;
    }

    private static @Nullable Outcome read(Request request, String directory, String name, Path path) {
        try {
            if (hasDirective(path)) {
                request.log(
                        Level.ALERT,
                        "core",
                        directory + name + ": files with directives in directories are not supported, and this one"
                                + " may guard its directory; AllowOverride None lets it be passed over");
                return Outcome.status(500);
            }
            return null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (AccessDeniedException e) {
            request.log(
                    Level.CRIT,
                    "core",
                    "AH00529: " + directory + name + " pcfg_openfile: unable to check htaccess file, ensure it is"
                            + " readable and that '" + directory + "' is executable");
            request.errorNotes("Server unable to read htaccess file, denying access to be safe");
            return Outcome.status(403);
        } catch (IOException e) {
            return notADirectory(path) ? null : Outcome.status(403);
        }
    }

    /** Where the prefix is no directory there is no file in it. */
    private static boolean notADirectory(Path path) {
        Path parent = path.getParent();
        return parent == null || !Files.isDirectory(parent);
    }

    private static boolean hasDirective(Path path) throws IOException {
        for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                return true;
            }
        }
        return false;
    }
}
