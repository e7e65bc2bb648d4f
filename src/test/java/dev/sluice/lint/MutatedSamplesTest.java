package dev.sluice.lint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.ConfigLoader;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples with bytes taken out, put in and doubled: whatever is in a file, it is judged, and fixed until nothing is left. */
class MutatedSamplesTest {
    private static final long SEED = 20;
    private static final int MUTANTS = 200;
    private static final List<String> BITS = List.of(
            "\\\n",
            "\"",
            "'",
            "<",
            ">",
            "\0",
            "${",
            "}",
            "%{",
            "\u00ff",
            "</Directory>\n",
            "<If \"",
            "$1",
            "(",
            ")*",
            "[",
            "://",
            "balancer://",
            "\r",
            " ",
            "!",
            "=",
            ",",
            "#");

    @TempDir
    Path folder;

    @Test
    void whateverIsInAFileItIsJudgedAndFixed() throws IOException {
        Random random = new Random(SEED);
        List<Path> samples = samples();

        for (int i = 0; i < MUTANTS; i++) {
            Path sample = samples.get(random.nextInt(samples.size()));
            String text = mutated(Files.readString(sample, StandardCharsets.ISO_8859_1), random);
            Path file = folder.resolve(i + "." + String.valueOf(sample.getFileName()));
            Files.writeString(file, text, StandardCharsets.ISO_8859_1);

            int rounds = 0;
            for (Fixes fixes = fixes(file); fixes.count() > 0; fixes = fixes(file)) {
                SourceFile read = fixes.files().get(0);
                FileWriting.replace(read, fixes.changed(read));
                assertTrue(++rounds < 20, sample + " as mutant " + i + " is never done:\n" + text);
            }
        }
    }

    private static Fixes fixes(Path file) {
        String parent = String.valueOf(file.getParent());
        ConfigLoader.Request request =
                new ConfigLoader.Request(parent, file.toString(), List.of(), List.of(), Set.of(), Map.of());
        return Fixes.of(new Linter(true, id -> true).review(request).findings());
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("conf-samples/lint"))) {
            return files.filter(
                            p -> p.toString().endsWith(".conf") || p.toString().endsWith(".htaccess"))
                    .sorted()
                    .toList();
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutant.length() + 1);
            int end = Math.min(mutant.length(), at + random.nextInt(30));
            switch (random.nextInt(3)) {
                case 0 -> mutant.delete(at, end);
                case 1 -> mutant.insert(at, BITS.get(random.nextInt(BITS.size())));
                default -> mutant.insert(at, mutant.substring(at, end));
            }
        }
        return mutant.toString();
    }
}
