package dev.sluice.config;

import dev.sluice.directive.Line;
import dev.sluice.source.SourceFile;
import java.util.List;
import java.util.Set;

/**
 * What was read.
 *
 * @param lines in the order in which httpd executes them, sections with the lines in them
 * @param warnings what httpd would have warned of by now, in order
 * @param files every file in the order of reading
 * @param serverRoot absolute; one char a byte
 * @param defines names of {@code -D} and Define that are left at the end
 */
public record ReadConfiguration(
        List<Line> lines,
        List<HttpdWarning> warnings,
        List<SourceFile> files,
        String serverRoot,
        Set<String> defines) {}
