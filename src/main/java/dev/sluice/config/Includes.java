package dev.sluice.config;

import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that an Include means, in the order in which httpd reads them (server/config.c). Each is handed to the
 * reader as it is found, since a file may make or unmake what a later one is.
 */
final class Includes {
    /** How deep directories may lie in an included directory: AP_MAX_INCLUDE_DIR_DEPTH. */
    private static final int DEEPEST_DIRECTORY = 20;

    /** C's text, to which the JDK adds some of its own. */
    private static final String LOOP = "Too many levels of symbolic links";

    private static final String PREFIX = "Include/IncludeOptional: ";

    /** Reads a file that was found. */
    interface Reader {
        void read(SourceFile file) throws ConfigError;
    }

    /** Told of a file that exists and is none that can be read. */
    interface NoFile {
        void found(String name);
    }

    private final boolean optional;
    private final Input in;
    private final Reader reader;
    private final NoFile noFile;

    Includes(boolean optional, Input in, Reader reader, NoFile noFile) {
        this.optional = optional;
        this.in = in;
        this.reader = reader;
        this.noFile = noFile;
    }

    /** Reads what {@code path}, absolute, stands for: a file, a directory with all below it, or what a pattern matches. */
    void read(String path) throws ConfigError {
        if (FileGlob.isPattern(path)) {
            boolean absolute = path.startsWith("/");
            walk(absolute ? "/" : "", absolute ? path.substring(1) : path);
        } else {
            fileOrDirectory(path, 0);
        }
    }

    private void walk(String directory, String pattern) throws ConfigError {
        int slash = pattern.indexOf('/');
        String name = slash < 0 ? pattern : pattern.substring(0, slash);
        @Nullable String rest = slash < 0 ? null : pattern.substring(slash + 1);
        if (!FileGlob.isPattern(name)) {
            step(join(directory, name), rest);
            return;
        }
        FileGlob glob = new FileGlob(name);
        Predicate<Path> wanted =
                rest == null ? file -> true : file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
        List<String> found = list(directory, file -> glob.matches(fileName(file)) && wanted.test(file));
        if (found.isEmpty() && !optional) {
            throw in.error(PREFIX + "No matches for the wildcard '" + name + "' in '" + directory + "', failing");
        }
        for (String path : found) {
            step(path, rest);
        }
    }

    private void step(String path, @Nullable String rest) throws ConfigError {
        if (rest == null) {
            fileOrDirectory(path, 0);
        } else {
            walk(path, rest);
        }
    }

    private void fileOrDirectory(String name, int depth) throws ConfigError {
        Path path = ServerRoot.toPath(name);
        if (path == null || !Files.isDirectory(path)) {
            file(name, path);
            return;
        }
        if (depth + 1 > DEEPEST_DIRECTORY) {
            throw in.error(PREFIX + "Directory '" + name + "' exceeds the maximum include directory nesting level of "
                    + DEEPEST_DIRECTORY + ". You have probably a recursion somewhere.");
        }
        for (String below : list(name, file -> true)) {
            fileOrDirectory(below, depth + 1);
        }
    }

    /** An optional file that is not there, or is not reached, is passed over; one that is there has to be readable. */
    private void file(String name, @Nullable Path path) throws ConfigError {
        if (optional && (path == null || !Files.exists(path))) {
            return;
        }
        reader.read(open(name, path, noFile, in));
    }

    /** Reads a file whole. */
    static SourceFile open(String name, @Nullable Path path, NoFile noFile, Input in) throws ConfigError {
        String why;
        if (path == null) {
            why = "No such file or directory";
        } else if (name.equals("/dev/null")) {
            return SourceFile.of(name, "");
        } else if (Files.exists(path) && !Files.isRegularFile(path)) {
            noFile.found(name);
            why = "Bad file descriptor";
        } else {
            try {
                return SourceFile.read(name, path);
            } catch (IOException e) {
                why = reason(e);
            }
        }
        throw in.error("Could not open configuration file " + name + ": " + why);
    }

    private List<String> list(String directory, Predicate<Path> wanted) throws ConfigError {
        Path path = ServerRoot.toPath(directory);
        List<String> names = new ArrayList<>();
        if (path == null) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                if (wanted.test(file)) {
                    names.add(join(directory, fileName(file)));
                }
            }
        } catch (NoSuchFileException e) {
            if (!optional) {
                throw in.error(PREFIX + "Could not open directory " + directory + ": " + reason(e));
            }
        } catch (IOException e) {
            throw in.error(PREFIX + "Could not open directory " + directory + ": " + reason(e));
        }
        Collections.sort(names);
        return names;
    }

    private static String fileName(Path file) {
        return ServerRoot.toBytes(Objects.requireNonNull(file.getFileName()).toString());
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() || directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    /** C's text for what went wrong. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "Not a directory";
        }
        String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        if (reason == null) {
            return "Input/output error";
        }
        return reason.startsWith(LOOP) ? LOOP : reason;
    }
}
