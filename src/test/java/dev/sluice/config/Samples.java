package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Samples that lie beside the project and are not part of it. */
public final class Samples {
    private Samples() {}

    /** The folder {@code ../shared/NAME}. Where it is missing the test is skipped, unless the environment has CI=true. */
    public static Path folder(String name) {
        Path folder = Path.of("..", "shared", name).toAbsolutePath().normalize();
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(Files.isDirectory(folder), "no samples in " + folder);
        }
        assumeTrue(Files.isDirectory(folder), "no samples in " + folder);
        return folder;
    }

    /** Every file below {@code folder}, sorted. */
    public static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
