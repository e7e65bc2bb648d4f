package dev.sluice.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.directive.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What real httpd said of some hundred small configurations, as far as it is decided while reading. */
class LexicalProbesTest {
    private static final Pattern EXECUTION = Pattern.compile("AH00526: Syntax error on line (\\d+) of (.*):");

    /** The warnings that httpd gives while it reads. */
    private static final Pattern WARNING = Pattern.compile(
            "\\[\\w+:(?:warn|error)] \\[pid N] (AH(?:00111|00554|01574|027\\d\\d|028\\d\\d|02989): .*)");

    /** Its relative ServerRoot is relative to where httpd was started. */
    private static final String NEEDS_A_WORKING_DIRECTORY = "319-serverroot-relative.expected";

    private static Path folder = Path.of("");

    @BeforeAll
    static void copyTheProbes(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Path samples = Samples.folder("lexical");
        for (Path sample : Samples.files(samples)) {
            Path copy = folder.resolve(samples.relativize(sample).toString());
            Files.createDirectories(copy.getParent());
            Files.writeString(
                    copy, Files.readString(sample, ISO_8859_1).replace("@CORPUS@", folder.toString()), ISO_8859_1);
        }
        Files.createDirectories(folder.resolve("oracle/run"));
        Files.writeString(
                folder.resolve("028-long-line-17m.conf"),
                "Include base.inc\nServerAdmin \"" + "x".repeat(17 << 20) + "\"\nOptions Bogus1\n");
        Files.writeString(
                folder.resolve("027-long-line-1m.conf"),
                "Include base.inc\nServerAdmin \"" + "x".repeat(1 << 20) + "\"\nOptions Bogus1\n");
    }

    @TestFactory
    Stream<DynamicTest> readsAsHttpdDoes() {
        return Samples.files(folder).stream()
                .filter(file -> folder.equals(file.getParent())
                        && file.toString().endsWith(".expected")
                        && !file.toString().endsWith(NEEDS_A_WORKING_DIRECTORY)
                        && Files.exists(conf(file)))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> probe(file)));
    }

    private static Path conf(Path expected) {
        return Path.of(expected.toString().replaceAll("expected$", "conf"));
    }

    private static void probe(Path file) throws IOException {
        String expected = Files.readString(file, ISO_8859_1).replace("@DIR@", folder.toString());
        List<String> output = output(expected);
        List<String> defined = expected.contains("args: -D FOO") ? List.of("FOO") : List.of();
        ConfigReader reader =
                new ConfigReader(LoadedModules.ofCatalogue(), folder.toString(), defined, Map.of("LEXENV", "envvalue"));

        Said said = Said.by(reader, conf(file));

        assertEquals(warnings(output), said.warnings);
        String last = output.get(output.size() - 1);
        if (last.startsWith("apache2: ") || last.startsWith("AH00534")) {
            assertEquals(last.substring(0, Math.min(last.length(), 8191)), said.error);
            return;
        }
        ReadConfiguration read = Objects.requireNonNull(said.read, () -> "refused: " + said.error);
        Matcher execution = EXECUTION.matcher(output.get(Math.max(0, output.size() - 2)));
        if (execution.matches()) {
            assertTrue(
                    hasLine(read.lines(), execution.group(2), Integer.parseInt(execution.group(1))),
                    () -> "no line at " + execution.group());
        } else if (expected.contains("--- DUMP_CONFIG")) {
            assertEquals(dump(expected), Dump.of(withoutBase(read.lines())));
        }
    }

    private static List<String> output(String expected) {
        return expected.lines()
                .dropWhile(line -> !line.equals("--- output"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("--- DUMP_CONFIG"))
                .toList();
    }

    private static List<String> warnings(List<String> output) {
        return output.stream()
                .map(WARNING::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    private static boolean hasLine(List<Line> lines, String file, int number) {
        return lines.stream()
                .anyMatch(line -> (line.fileName().equals(file) && line.lineNumber() == number)
                        || hasLine(line.children(), file, number));
    }

    private static List<String> dump(String expected) {
        return Dump.normal(expected.lines()
                .dropWhile(line -> !line.startsWith("--- DUMP_CONFIG"))
                .skip(1));
    }

    private static List<Line> withoutBase(List<Line> lines) {
        return lines.stream()
                .filter(line -> !line.fileName().endsWith("/base.inc"))
                .toList();
    }

    /** What reading a file came to. */
    private record Said(@Nullable ReadConfiguration read, String error, List<String> warnings) {
        static Said by(ConfigReader reader, Path file) {
            ReadConfiguration read = null;
            String error = "";
            try {
                read = reader.read(file.toString());
            } catch (ConfigError e) {
                error = e.log("apache2");
            }
            List<String> warnings = reader.warnings().stream()
                    .map(warning -> ErrorLogText.escape(warning.text()))
                    .toList();
            return new Said(read, error, warnings);
        }
    }
}
