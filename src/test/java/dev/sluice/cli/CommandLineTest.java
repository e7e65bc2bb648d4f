package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.request.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            -t,                         TEST
            -tDFOO,                     TEST
            -tD FOO,                    TEST
            -S,                         DUMP
            -t -S,                      DUMP
            -S -t,                      DUMP
            -tD DUMP_VHOSTS,            DUMP
            -D DUMP_INCLUDES,           DUMP
            -D DUMP_CONFIG -t,          TEST
            -M,                         DUMP
            -v,                         VERSION
            -vq,                        VERSION
            -v nonsense,                VERSION
            -t -v,                      VERSION
            -V,                         SETTINGS
            -l -v,                      BUILT_IN
            -L,                         DIRECTIVES
            -DFOREGROUND,               RUN
            -k start,                   RUN
            --help,                     RUN
            """)
    void theOptionsSayWhatIsToBeDone(String options, CommandLine.Task task) throws Exception {
        CommandLine line = CommandLine.read(List.of(options.split(" ")));

        assertEquals(task, line.task());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            -q,                 illegal option -- q
            -tq,                illegal option -- q
            -f,                 option requires an argument -- f
            -tD,                option requires an argument -- D
            -k,                 illegal option -- k
            -k foo,             illegal option -- k
            -k start -k stop,   illegal option -- k
            -h,                 ''
            -?,                 ''
            extra,              ''
            -t extra -v,        ''
            -e loud,            ''
            -- -t,              ''
            """)
    void httpdsComplaintComesBeforeItsUsage(String options, String complaint) {
        CommandLine.Misuse misuse =
                assertThrows(CommandLine.Misuse.class, () -> CommandLine.read(List.of(options.split(" "))));

        assertEquals(complaint, misuse.message());
    }

    @Test
    void anArgumentMayStandInTheSameWord() throws Exception {
        CommandLine line =
                CommandLine.read(List.of("-d/srv", "-Xf", "a.conf", "-CListen 1", "-c", "Listen 2", "-e", "info"));

        assertEquals("/srv", line.serverRoot());
        assertEquals("a.conf", line.file());
        assertEquals(List.of("Listen 1"), line.before());
        assertEquals(List.of("Listen 2"), line.after());
        assertEquals(Level.INFO, line.level());
        assertTrue(line.isForeground());
    }

    @Test
    void whatIsToldOfTheCommandLineHasNoSignal() throws Exception {
        CommandLine line = CommandLine.read(List.of("-DFOREGROUND", "-k", "start", "-f", "x"));

        assertEquals(List.of("-D", "FOREGROUND", "-f", "x"), line.words());
        assertEquals("start", line.signal());
    }

    @Test
    void withoutAWordForItTheServerGoesToTheBackground() throws Exception {
        assertFalse(CommandLine.read(List.of("-D", "FOO")).isForeground());
        assertTrue(CommandLine.read(List.of("-D", "NO_DETACH")).isForeground());
    }
}
