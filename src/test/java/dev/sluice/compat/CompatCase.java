package dev.sluice.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A folder with a configuration template, and the steps to take against a server that has read it. */
record CompatCase(Path folder, Rules rules, List<Step> steps) {
    static final String CONFIGURATION = "httpd.conf";

    /** Every folder below {@code cases} whose name contains {@code filter}, or one of several with commas between them; by name. */
    static List<CompatCase> below(Path cases, String filter) throws IOException {
        try (Stream<Path> folders = Files.list(cases)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> Arrays.stream(filter.split(",", -1))
                            .anyMatch(part -> folder.getFileName().toString().contains(part)))
                    .sorted()
                    .map(StepsFile::read)
                    .toList();
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** A case of nothing but commands ({@code -t}, {@code -S}) needs no running server. */
    boolean needsServer() {
        return steps.stream().anyMatch(step -> !step.has("command") || step.has("running"));
    }
}
