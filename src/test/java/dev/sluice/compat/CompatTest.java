package dev.sluice.compat;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder of {@code compat-tests/cases} as a test; {@code -Dcase=proxy-} takes those whose names contain it. Both
 * transcripts of a case are left in {@code target/compat}.
 */
final class CompatTest {
    private static final Path CASES = Path.of("compat-tests/cases");
    private static final Path TRANSCRIPTS = Path.of("target/compat");
    private static final ExecutorService SIDES = Executors.newFixedThreadPool(2);

    @BeforeAll
    static void bothServersAreThere() {
        if (ServerUnderTest.isInstalled()) {
            return;
        }
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            fail("apache2 is missing (expected: Debian's packages apache2 and curl)");
        }
        abort("apache2 is not installed: nothing to compare with (apt install apache2 curl)");
    }

    @AfterAll
    static void noThreadStays() {
        SIDES.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> sluiceDoesWhatApache2Does() throws IOException, GeneralSecurityException {
        Path work = temporaryFolder();
        Certificates certificates = new Certificates(Files.createDirectory(work.resolve("certificates")));
        List<CompatCase> cases = CompatCase.below(CASES, System.getProperty("case", ""));
        return cases.stream()
                .map(tested -> DynamicTest.dynamicTest(tested.name(), () -> compare(tested, work, certificates)))
                .onClose(() -> delete(work));
    }

    private static void compare(CompatCase tested, Path work, Certificates certificates) throws Exception {
        Path folder = Files.createDirectory(work.resolve(tested.name()));
        Future<Transcript> expected = SIDES.submit(side(tested, ServerUnderTest.apache2(), folder, certificates));
        Future<Transcript> actual = SIDES.submit(side(tested, ServerUnderTest.sluice(), folder, certificates));
        List<String> differences = Comparison.differences(tested, transcript(expected), transcript(actual));
        delete(folder);
        if (!differences.isEmpty()) {
            fail(tested.name() + ": " + differences.size() + " differences (- apache2, + Sluice)\n"
                    + String.join("\n", differences));
        }
    }

    private static Callable<Transcript> side(
            CompatCase tested, ServerUnderTest server, Path folder, Certificates certificates) {
        return () -> {
            Path root = Files.createDirectory(folder.resolve(server.name()));
            Transcript transcript = new CaseRun(tested, server, root, certificates).run();
            Files.createDirectories(TRANSCRIPTS);
            Files.writeString(TRANSCRIPTS.resolve(tested.name() + "." + server.name() + ".txt"), transcript.text());
            return transcript;
        };
    }

    /** Waits for both sides before either is judged: a server that is left alone would outlive the test. */
    private static Transcript transcript(Future<Transcript> side) throws Exception {
        try {
            return side.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Readable for the account that a server started by root changes to. */
    private static Path temporaryFolder() throws IOException {
        Path work = Files.createTempDirectory("sluice-compat-");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        return work;
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
