package dev.sluice.lint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Golden;
import dev.sluice.config.ConfigLoader;
import dev.sluice.source.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sample has its findings under the lines they are about, as comments. */
class LintSamplesTest {
    private static final Path SAMPLES = Path.of("conf-samples/lint");

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsFoundWhatItSays(Path sample) throws IOException {
        List<Diagnostic> findings = findings(sample);

        String annotated = annotated(Files.readString(sample, StandardCharsets.ISO_8859_1), findings);

        assertTrue(findings.size() >= 3, sample + " has too little to find");
        Golden.assertSame(sample.toString(), annotated);
    }

    static Stream<Path> samples() throws IOException {
        return Files.list(SAMPLES).filter(p -> p.toString().endsWith(".conf")).sorted();
    }

    private static List<Diagnostic> findings(Path sample) {
        String file = sample.toAbsolutePath().toString();
        return Linter.lint(new ConfigLoader.Request("/", file, List.of(), List.of(), Set.of(), Map.of()));
    }

    private static String annotated(String text, List<Diagnostic> findings) {
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (String line : text.split("(?<=\n)", -1)) {
            number++;
            if (line.isEmpty() || (line.startsWith("#") && line.contains("^ "))) {
                continue;
            }
            out.append(line);
            for (String finding : under(number, findings)) {
                out.append(finding).append('\n');
            }
        }
        return out.toString();
    }

    private static List<String> under(int line, List<Diagnostic> findings) {
        List<String> all = new ArrayList<>();
        for (Diagnostic finding : findings) {
            var span = finding.span();
            if (span != null && span.line() == line) {
                String severity = finding.severity().name().toLowerCase(Locale.ROOT);
                all.add("#" + " ".repeat(Math.max(0, span.column() - 2)) + "^ " + severity + " "
                        + finding.rule().id() + ": " + finding.message());
            }
        }
        return all;
    }
}
