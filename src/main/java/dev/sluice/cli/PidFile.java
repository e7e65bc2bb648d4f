package dev.sluice.cli;

import dev.sluice.model.Configuration;
import dev.sluice.modules.core.LogFile;
import dev.sluice.modules.core.ProcessDirectives;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;

/** The file that holds the number of the server's process. */
final class PidFile {
    private static final int MOST_BYTES = 64;

    private final Path path;

    PidFile(Configuration configuration, Layout layout) {
        this.path = Path.of(SourceFile.utf8(path(configuration, layout)));
    }

    /** Absolute; one byte a char. */
    static String path(Configuration configuration, Layout layout) {
        String given = configuration.main().settings().get(ProcessDirectives.PID_FILE);
        String name = given.isEmpty() ? layout.pidFile() : given;
        return Program.bytes(configuration
                .serverRoot()
                .resolve(SourceFile.utf8(name))
                .normalize()
                .toString());
    }

    /**
     * The number in the file; empty where there is no file.
     *
     * @throws IOException where it cannot be read or is none
     */
    OptionalLong read() throws IOException {
        String text;
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new IOException("no number");
            }
            text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IOException("no number");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /** Puts this process's number into the file, whole or not at all. */
    void write() throws IOException {
        Path next = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(next, ProcessHandle.current().pid() + "\n");
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(
                    LogFile.reason(e) + ": AH00099: could not create " + Program.bytes(next.toString()), e);
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }

    /** One byte a char. */
    @Override
    public String toString() {
        return Program.bytes(path.toString());
    }
}
