package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that were looked at once and approved, kept in files. With {@code -Dgolden=write} they are kept anew. */
public final class Golden {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private Golden() {}

    /** Fails where {@code actual} is not what {@code file}, below the project's folder, has. One char is one byte. */
    public static void assertSame(String file, String actual) {
        Path path = Path.of(file);
        try {
            if (WRITE) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, actual, StandardCharsets.ISO_8859_1);
                return;
            }
            String expected = Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
            assertEquals(expected, actual, file + " (kept anew by -Dgolden=write)");
        } catch (IOException e) {
            throw new AssertionError(file + ": " + e, e);
        }
    }
}
