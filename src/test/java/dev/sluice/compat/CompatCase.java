package dev.sluice.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder with a configuration template, and the steps to take against a server that has read it. */
record CompatCase(Path folder, Rules rules, List<Step> steps) {
    static final String CONFIGURATION = "httpd.conf";

    /** Every folder below {@code cases} whose name contains {@code filter}, by name. */
    static List<CompatCase> below(Path cases, String filter) throws IOException {
        try (Stream<Path> folders = Files.list(cases)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().contains(filter))
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
