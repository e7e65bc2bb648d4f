package dev.sluice.modules.aaa.ldap;

import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Quoting;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a program says that a line names: a secret that shall not stand in the configuration. */
final class ProgramAnswer {
    private ProgramAnswer() {}

    /** The first line that {@code command} writes; empty where it writes none or cannot be run. Waits for it. */
    static String firstLine(String command, Path folder) {
        List<String> words =
                Quoting.words(command).stream().map(SourceFile::utf8).toList();
        if (words.isEmpty()) {
            return "";
        }
        try {
            Process program = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            program.getOutputStream().close();
            try (BufferedReader answer = program.inputReader(StandardCharsets.ISO_8859_1)) {
                String line = answer.readLine();
                program.waitFor();
                return line == null ? "" : line;
            }
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
