package dev.sluice.compat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one case says about its own comparison.
 *
 * @param unmatchedErrors AH numbers that only one of the two servers may log
 * @param rewrites what differs by nature in this case (a process id it logs, say)
 * @param debianLayout whether the server starts from a copy of {@code /etc/apache2}
 * @param backendConnections whether the number of the backend connection that a request came on is compared
 */
record Rules(Set<String> unmatchedErrors, List<Rewrite> rewrites, boolean debianLayout, boolean backendConnections) {

    record Rewrite(Pattern pattern, String replacement) {
        String in(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }

    String rewrite(String text) {
        String rewritten = text;
        for (Rewrite rewrite : rewrites) {
            rewritten = rewrite.in(rewritten);
        }
        return rewritten;
    }
}
