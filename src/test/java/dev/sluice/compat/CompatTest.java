package dev.sluice.compat;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder of {@code compat-tests/cases} as a test; {@code -Dcase=proxy-} takes those whose names contain it. Both
 * transcripts of a case are left in {@code target/compat}.
 */
final class CompatTest {
    private static final Path CASES = Path.of("compat-tests/cases");
    private static final Path TRANSCRIPTS = Path.of("target/compat");
    /** Cases under way at a time: while one waits for a server to start or to stop, another can be judged. */
    private static final ExecutorService CASES_UNDER_WAY =
            Executors.newFixedThreadPool(Integer.getInteger("compat.parallel", 2));

    private static final ExecutorService SIDES = Executors.newCachedThreadPool();

    @AfterAll
    static void noThreadStays() {
        CASES_UNDER_WAY.shutdownNow();
        SIDES.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> sluiceDoesWhatApache2Does() throws IOException, GeneralSecurityException {
        if (!ServerUnderTest.isInstalled()) {
            return Stream.of(withoutApache2());
        }
        List<CompatCase> cases = CompatCase.below(CASES, System.getProperty("case", ""));
        Path work = temporaryFolder();
        Certificates certificates = new Certificates(Files.createDirectory(work.resolve("certificates")));
        List<DynamicTest> tests = new ArrayList<>();
        for (CompatCase tested : cases) {
            Future<List<String>> differences = CASES_UNDER_WAY.submit(() -> differences(tested, work, certificates));
            tests.add(DynamicTest.dynamicTest(tested.name(), () -> judge(tested, result(differences))));
        }
        return tests.stream().onClose(() -> delete(work));
    }

    private static DynamicTest withoutApache2() {
        return DynamicTest.dynamicTest("apache2", () -> {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                fail("apache2 is missing (expected: Debian's packages apache2 and curl)");
            }
            abort("apache2 is not installed: nothing to compare with (apt install apache2 curl)");
        });
    }

    private static List<String> differences(CompatCase tested, Path work, Certificates certificates) throws Exception {
        Path folder = Files.createDirectory(work.resolve(tested.name()));
        Future<Transcript> expected = SIDES.submit(side(tested, ServerUnderTest.apache2(), folder, certificates));
        Future<Transcript> actual = SIDES.submit(side(tested, ServerUnderTest.sluice(), folder, certificates));
        return Comparison.differences(tested, result(expected), result(actual));
    }

    /** A difference that is known is none only as long as it is there: a rule that excuses nothing fails too. */
    private static void judge(CompatCase tested, List<String> differences) {
        if (!ServerUnderTest.secondIsSluice()) {
            failFor(tested, differences);
            return;
        }
        Rules rules = tested.rules();
        if (rules.differs() != null) {
            if (differences.isEmpty()) {
                fail(tested.name() + ": nothing differs any more (expected: no rule 'differs " + rules.differs()
                        + "')");
            }
            abort(tested.name() + ": differs: " + rules.differs());
        }
        List<String> faults = new ArrayList<>(differences);
        faults.removeIf(rules::isKnown);
        rules.excusesOfNothing(differences).stream()
                .map(title -> "[" + title + "] nothing differs any more (expected: no rule 'differs-at " + title + "')")
                .forEach(faults::add);
        failFor(tested, faults);
    }

    private static void failFor(CompatCase tested, List<String> differences) {
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

    private static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get();
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
