package dev.sluice.config;

import dev.sluice.directive.Line;
import dev.sluice.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read.
 *
 * @param lines in the order in which httpd executes them, sections with the lines in them
 * @param warnings what httpd would have warned of by now, in order
 * @param files every file in the order of reading
 * @param inclusions the same, each with the line that included it
 * @param serverRoot absolute; one char a byte
 * @param runtimeFolder of DefaultRuntimeDir, absolute; null where no line gives it
 * @param defines names of {@code -D} and Define that are left at the end, in the order in which they were given
 * @param values of those that have one
 */
public record ReadConfiguration(
        List<Line> lines,
        List<HttpdWarning> warnings,
        List<SourceFile> files,
        List<Inclusion> inclusions,
        String serverRoot,
        @Nullable String runtimeFolder,
        Set<String> defines,
        Map<String, String> values) {
    /** A file that was read; {@code by} is null for the main file. */
    public record Inclusion(SourceFile file, Line.@Nullable At by) {}
}
