package dev.sluice.modules.aaa.authn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file of users or groups, which httpd reads for each request; here it is read again when it has changed.
 *
 * <p>Two changes within one tick of the file system's clock look alike, so a file that was changed just now is not trusted
 * to be the same the next time.
 *
 * @param <T> what its lines mean
 */
public final class TextFile<T> {
    /** Longer than a tick of any file system in use: FAT counts in two seconds. */
    private static final Duration TICK = Duration.ofSeconds(2);

    /** What httpd's buffer for a line takes; it does not read on behind a longer one (MAX_STRING_LEN). */
    private static final int LONGEST_LINE = 8191;

    private static final class NotAFile extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private record Version(FileTime changed, long size, @Nullable Object key) {}

    private record Known<T>(Version version, boolean settled, T contents) {}

    private final Path path;
    private final Reader<T> reader;
    private volatile @Nullable Known<T> known;

    /** Reads a file whole. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Path path) throws IOException;
    }

    public TextFile(Path path, Function<List<String>, T> meaning) {
        this.path = path;
        this.reader = file -> meaning.apply(lines(Files.readString(file, StandardCharsets.ISO_8859_1)));
    }

    private TextFile(Reader<T> reader, Path path) {
        this.path = path;
        this.reader = reader;
    }

    /** A file of another kind than lines, which is remembered all the same. */
    public static <T> TextFile<T> readBy(Reader<T> reader, Path path) {
        return new TextFile<>(reader, path);
    }

    /** What the file says now. Blocks. */
    public T contents() throws IOException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        if (file.isDirectory()) {
            throw new NotAFile();
        }
        Version version = new Version(file.lastModifiedTime(), file.size(), file.fileKey());
        Known<T> before = known;
        if (before != null && before.settled && before.version.equals(version)) {
            return before.contents;
        }
        boolean settled = version.changed.toInstant().isBefore(Instant.now().minus(TICK));
        T contents = reader.read(path);
        known = new Known<>(version, settled, contents);
        return contents;
    }

    /** As ap_cfg_getline gives them: joined where a backslash ends one, trimmed; without those that are empty or remarks. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String part = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (joined.length() + part.length() > LONGEST_LINE) {
                return lines;
            }
            if (part.endsWith("\\")) {
                joined.append(part, 0, part.length() - 1);
                continue;
            }
            String whole = joined.append(part).toString().strip();
            joined.setLength(0);
            if (!whole.isEmpty() && !whole.startsWith("#")) {
                lines.add(whole);
            }
        }
        return lines;
    }

    /** {@code (2)No such file or directory: }, as httpd puts it before its own words. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "(2)No such file or directory: ";
        }
        if (failure instanceof AccessDeniedException) {
            return "(13)Permission denied: ";
        }
        // A folder in the place of a file: what ap_pcfg_openfile makes of it.
        return failure instanceof NotAFile ? "(9)Bad file descriptor: " : "(5)Input/output error: ";
    }

    /** Equal to another of the same path: what a file means is known by the directive that names it. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextFile<?> that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
