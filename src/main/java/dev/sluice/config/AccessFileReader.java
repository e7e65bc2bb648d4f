package dev.sluice.config;

import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Overrides;
import dev.sluice.model.Section;
import dev.sluice.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads access files while a configuration serves: by its modules, variables and macros. Used by any number of threads.
 *
 * <p>What is read can be replaced at any time, so its settings are short-lived ones.
 */
public final class AccessFileReader {
    private final ConfigReader reader;
    private final Binder binder;

    AccessFileReader(ConfigReader reader, Binder binder) {
        this.reader = reader;
        this.binder = binder;
    }

    /** @param directory the path of the file's directory, with a slash at its end */
    public AccessFile read(SourceFile file, String directory, Overrides admitted) {
        Warnings warnings = new Warnings();
        Binder own = binder.forAccessFile();
        String error = null;
        List<Line> lines = List.of();
        try {
            lines = reader.forAccessFile(admitted, warnings).readAccessFile(file);
        } catch (ConfigError e) {
            error = e.message();
        }
        Section section = own.bindAccessFile(lines, directory, admitted, file.span(0, 0));
        List<String> told = new ArrayList<>();
        warnings.all().forEach(warning -> told.add(warning.text()));
        for (Problem problem : own.problems()) {
            if (problem.finding().rule().equals(Findings.HTTPD_WARNING)) {
                told.add(problem.finding().message());
            }
        }
        return new AccessFile(section, error == null ? firstError(own.problems()) : error, List.copyOf(told));
    }

    private static @Nullable String firstError(List<Problem> problems) {
        for (Problem problem : problems) {
            if (problem.isError()) {
                return problem.finding().message();
            }
        }
        return null;
    }
}
