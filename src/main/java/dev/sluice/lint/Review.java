package dev.sluice.lint;

import dev.sluice.config.ConfigLoader;
import dev.sluice.directive.Line;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a configuration.
 *
 * @param file as it was named
 * @param kind what the file was read as
 * @param findings in the order of reading, each once
 * @param includedBy the line that brought a file in, for all but the first
 */
public record Review(
        String file,
        ConfigLoader.Kind kind,
        List<Diagnostic> findings,
        List<SourceFile> files,
        Map<SourceFile, Line.At> includedBy) {
    /** The line that included {@code of}; null for the first file. */
    public Line.@Nullable At by(SourceFile of) {
        return includedBy.get(of);
    }

    /** The findings that matter as much as {@code least}, or more. */
    public List<Diagnostic> atLeast(Severity least) {
        return findings.stream()
                .filter(finding -> finding.severity().compareTo(least) <= 0)
                .toList();
    }

    /** What was taken for granted; null for a main file, of which nothing has to be. */
    public @Nullable String assumption() {
        return switch (kind) {
            case MAIN -> null;
            case PART -> "read without its main file: every module counts as loaded";
            case SECTION -> "read as the lines of a section: every module counts as loaded";
            case ACCESS -> "read as an access file: every module counts as loaded, and AllowOverride as All";
        };
    }

    /** The same with other findings. */
    public Review with(List<Diagnostic> others) {
        return new Review(file, kind, List.copyOf(others), files, includedBy);
    }
}
