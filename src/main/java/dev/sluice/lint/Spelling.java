package dev.sluice.lint;

import dev.sluice.config.Catalogue;
import dev.sluice.config.Problem;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.module.HttpdModule;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Fix;
import dev.sluice.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of an unknown directive which module would have it, or which one was meant. */
final class Spelling {
    private final Set<String> loaded;

    Spelling(List<HttpdModule> modules) {
        loaded = modules.stream().map(HttpdModule::file).collect(Collectors.toSet());
    }

    Diagnostic explained(Problem problem) {
        Diagnostic finding = problem.finding();
        Line line = problem.line();
        if (line == null || !finding.rule().equals(Findings.UNKNOWN)) {
            return finding;
        }
        String name = (line.isSection() ? "<" : "") + line.name();
        Diagnostic narrow = new Diagnostic(finding.rule(), line.nameSpan(), finding.message());
        String former = ForeignDirectives.successorOf(line.name());
        if (former != null) {
            return narrow.noting("httpd 2.4 does not have it any more: " + former, null);
        }
        List<String> modules = Catalogue.get().rows(name).stream()
                .flatMap(row -> row.modules().stream())
                .toList();
        if (!modules.isEmpty()) {
            return narrow.noting("it is a directive of " + String.join(", ", modules) + ", which is not loaded", null);
        }
        String thirdParty = ForeignDirectives.moduleOf(line.name());
        if (thirdParty != null) {
            return new Diagnostic(
                    ForeignDirectives.RULE,
                    line.nameSpan(),
                    "'" + line.name() + "' is a directive of " + thirdParty
                            + ", which is not part of httpd: Sluice has no " + thirdParty);
        }
        String meant = nearest(name);
        if (meant == null) {
            return narrow;
        }
        Fix fix = Fix.replace("did you mean '" + meant + "'?", line.nameSpan(), meant + closing(line.nameSpan()));
        return new Diagnostic(
                finding.rule(), line.nameSpan(), finding.message(), List.of(), line.isVerbatim() ? fix.unsure() : null);
    }

    private static String closing(Span name) {
        return name.text().endsWith(">") ? ">" : "";
    }

    /** The directive of the least distance, of a loaded module where there are several; null where none is near. */
    private @Nullable String nearest(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int best = Math.max(1, Math.min(3, wanted.length() / 4)) * 2 + 1;
        String nearest = null;
        for (Catalogue.Row row : Catalogue.get().rows().toList()) {
            String known = row.name().toLowerCase(Locale.ROOT);
            if (Math.abs(known.length() - wanted.length()) * 2 > best) {
                continue;
            }
            int penalty = row.modules().stream().anyMatch(loaded::contains) ? 0 : 1;
            int distance = distance(wanted, known) * 2 + penalty;
            if (distance < best
                    || (distance == best && nearest != null && row.name().compareTo(nearest) < 0)) {
                best = distance;
                nearest = row.name();
            }
        }
        return nearest;
    }

    /** How many letters have to be put in, taken out, replaced or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
