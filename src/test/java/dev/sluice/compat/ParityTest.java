package dev.sluice.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real configurations get the verdict that httpd gives them. The percentages are what was reached: they only rise. */
class ParityTest {
    private static final String SAME_VERDICT = "98.0";
    private static final String SAME_LINE_AND_MESSAGE = "98.4";

    private static final String WORDS_SAME_VERDICT = "97.0";
    private static final String WORDS_SAME_MESSAGE = "97.0";

    @Test
    void asManyConfigurationsAsEverGetHttpdsVerdict(@TempDir Path folder) throws Exception {
        Path corpus = Samples.folder("corpus");

        int code = parity(folder, corpus, SAME_VERDICT, SAME_LINE_AND_MESSAGE);

        assertEquals(0, code, () -> said(folder));
        assertTrue(said(folder).contains("first verdict: the same"), () -> said(folder));
    }

    @Test
    void aPercentageThatIsNotReachedIsAnError(@TempDir Path folder) throws Exception {
        Path corpus = Samples.folder("corpus");

        int code = parity(folder, corpus, "100.1", "0");

        assertEquals(1, code, () -> said(folder));
    }

    @Test
    void wordsAndPlacesThatDoNotSuitADirectiveAreJudgedAsHttpdJudgesThem(@TempDir Path folder) throws Exception {
        Path corpus = Samples.folder("corpus");

        int code = parity(
                folder, corpus, WORDS_SAME_VERDICT, WORDS_SAME_MESSAGE, "--table", "compat-tests/parity/arguments.tsv");

        assertEquals(0, code, () -> said(folder));
    }

    private static int parity(Path folder, Path corpus, String verdict, String message, String... more)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "compat-tests/parity/run", "--corpus", corpus.toString(), "--verdict", verdict, "--message", message));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private static String said(Path folder) {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
