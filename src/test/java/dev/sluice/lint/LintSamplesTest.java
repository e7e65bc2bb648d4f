package dev.sluice.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Golden;
import dev.sluice.config.ConfigLoader;
import dev.sluice.directive.Findings;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Rule;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each sample has its findings under the lines they are about, as comments. Those of a rule are in a folder of its name:
 * {@code bad} and {@code good}, and {@code fixed}, what {@code --fix} makes of the bad one.
 */
class LintSamplesTest {
    private static final Path SAMPLES = Path.of("conf-samples/lint");

    /** What Sluice does of httpd is no matter of these samples. */
    private static final Set<Rule> COVERAGE = Set.of(Findings.NOT_SUPPORTED, Findings.PARTLY, Findings.IGNORED);

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsFoundWhatItSays(Path sample) throws IOException {
        List<Diagnostic> findings = Linter.lint(request(sample));

        String annotated = Annotations.of(text(sample), findings);

        assertTrue(findings.size() >= 3, sample + " has too little to find");
        Golden.assertSame(sample.toString(), annotated);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aRuleFindsItsBadSample(Path rule) throws IOException {
        Path bad = sample(rule, "bad");

        List<Diagnostic> findings = review(bad);

        assertTrue(findings.stream().anyMatch(f -> isOf(rule, f)), bad + " is not found fault with");
        Golden.assertSame(bad.toString(), Annotations.of(text(bad), findings));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aRuleFindsNothingInItsGoodSample(Path rule) throws IOException {
        List<Diagnostic> findings = review(sample(rule, "good"));

        assertEquals(
                List.of(),
                findings.stream()
                        .filter(f -> f.severity() != Severity.NOTE || isOf(rule, f))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aFixLeavesNothingThatItCouldFix(Path rule) throws IOException {
        Path bad = sample(rule, "bad");
        Path work = Files.copy(bad, folder.resolve(String.valueOf(bad.getFileName())));
        List<Diagnostic> before = ofRule(rule, work);

        int rounds = 0;
        for (Fixes fixes = Fixes.of(before); fixes.count() > 0; fixes = Fixes.of(ofRule(rule, work))) {
            SourceFile file = fixes.files().get(0);
            FileWriting.replace(file, fixes.changed(file));
            assertTrue(++rounds < 10, rule + " is never done");
        }

        Path fixed = Path.of(bad.toString().replace("bad.", "fixed."));
        if (rounds > 0) {
            String own = text(work).replaceAll("(?m)^#.*\\^ .*\n", "");
            Golden.assertSame(fixed.toString(), own);
        } else {
            assertFalse(Files.exists(fixed), fixed + " says that there is a fix");
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aFolderIsOfARuleAndExplainsIt(Path rule) {
        String id = String.valueOf(rule.getFileName());

        Explanation explanation = Explanation.of(id);

        assertNotNull(explanation, id);
        assertTrue(explanation.why().length() > 80, id + " says too little");
        assertTrue(Rules.all().stream().map(Rule::id).anyMatch(id::equals), id + " is no rule");
    }

    @Test
    void everyRuleOfAModuleOrOfAllHasSamples() {
        Set<String> reading = Rules.ofReading();

        List<String> without = Rules.all().stream()
                .map(Rule::id)
                .filter(id -> !reading.contains(id) && Explanation.of(id) == null)
                .toList();

        assertEquals(List.of(), without);
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(p -> p.toString().endsWith(".conf")).sorted().toList();
        }
    }

    static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Path sample(Path rule, String name) {
        for (String ending : Explanation.ENDINGS) {
            Path file = rule.resolve(name + ending);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new AssertionError(rule + " has no " + name);
    }

    private static boolean isOf(Path rule, Diagnostic finding) {
        return rule.endsWith(finding.rule().id());
    }

    private static List<Diagnostic> ofRule(Path rule, Path file) {
        return review(file).stream().filter(f -> isOf(rule, f)).toList();
    }

    /** A rule that reads certificates has them beside its samples; variables may be another machine's. */
    private static List<Diagnostic> review(Path file) {
        boolean hasCertificates = Files.exists(file.toAbsolutePath().resolveSibling("www.pem"));
        boolean offline = !hasCertificates && !file.toString().contains("variable-not-set");
        List<Diagnostic> findings =
                new Linter(offline, id -> true).review(request(file)).findings();
        return findings.stream()
                .filter(f -> !COVERAGE.contains(f.rule()) && !f.message().contains(" is not supported"))
                .toList();
    }

    private static ConfigLoader.Request request(Path file) {
        String folder = String.valueOf(file.toAbsolutePath().getParent());
        String name = file.toAbsolutePath().toString();
        return new ConfigLoader.Request(folder, name, List.of(), List.of(), Set.of(), Map.of());
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
