package dev.sluice.compat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one case says about its own comparison.
 *
 * @param unmatchedErrors AH numbers that only one of the two servers may log
 * @param rewrites what differs by nature in this case (a process id it logs, say)
 * @param ignored lines that are not compared at all
 * @param ignoredAt lines of one section in which the servers differ
 * @param differs why Sluice does not do as httpd does here, for now or for good
 * @param differsAt what Sluice does otherwise, by the title of a step or log: why
 * @param debianLayout whether the server starts from a copy of {@code /etc/apache2}
 * @param backendConnections whether the number of the backend connection that a request came on is compared
 */
record Rules(
        Set<String> unmatchedErrors,
        List<Rewrite> rewrites,
        List<Pattern> ignored,
        List<IgnoredAt> ignoredAt,
        @Nullable String differs,
        Map<String, String> differsAt,
        boolean debianLayout,
        boolean backendConnections) {

    record Rewrite(Pattern pattern, String replacement) {
        String in(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }

    /** Lines of the section {@code title} that are not compared, and that must differ. */
    record IgnoredAt(String title, Pattern pattern) {
        List<String> found(List<String> lines) {
            return lines.stream().filter(line -> pattern.matcher(line).find()).toList();
        }
    }

    /** {@code lines} of a section without those that are ignored there. */
    List<String> compared(String title, List<String> lines) {
        return lines.stream()
                .filter(line -> ignoredAt.stream()
                        .noneMatch(each -> each.title().equals(title)
                                && each.pattern().matcher(line).find()))
                .toList();
    }

    /** True for a difference, which begins with its title in brackets, that is known and said why. */
    boolean isKnown(String difference) {
        return differsAt.keySet().stream().anyMatch(title -> isOf(title, difference));
    }

    /** The titles of {@link #differsAt} at which both servers now do the same. */
    List<String> excusesOfNothing(List<String> differences) {
        return differsAt.keySet().stream()
                .filter(title -> differences.stream().noneMatch(difference -> isOf(title, difference)))
                .sorted()
                .toList();
    }

    private static boolean isOf(String title, String difference) {
        return difference.startsWith("[" + title + "]");
    }

    boolean ignores(String line) {
        return ignored.stream().anyMatch(pattern -> pattern.matcher(line).find());
    }

    String rewrite(String text) {
        String rewritten = text;
        for (Rewrite rewrite : rewrites) {
            rewritten = rewrite.in(rewritten);
        }
        return rewritten;
    }
}
