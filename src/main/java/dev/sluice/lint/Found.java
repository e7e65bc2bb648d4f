package dev.sluice.lint;

import dev.sluice.directive.Findings;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Collects findings: those that are asked for, each once, also where a file is read twice. */
final class Found {
    /** Rules that say what httpd warns of. */
    private static final Set<String> BETTER =
            Set.of("alias-shadowed", "setenv-equals", "listen-overlap", "proxy-worker-shared");

    private final Predicate<String> wanted;
    private final boolean offline;
    private final List<Diagnostic> all = new ArrayList<>();
    private final Set<List<Object>> known = new HashSet<>();
    private boolean error;

    Found(Predicate<String> wanted, boolean offline) {
        this.wanted = wanted;
        this.offline = offline;
    }

    void add(Diagnostic finding) {
        if (offline && ReadErrors.isOfMachine(finding)) {
            return;
        }
        error |= finding.severity() == Severity.ERROR;
        if (wanted.test(finding.rule().id()) && known.add(key(finding))) {
            all.add(finding);
        }
    }

    /** Whether there was one that keeps the server from starting, asked for or not. */
    boolean hasError() {
        return error;
    }

    private static List<Object> key(Diagnostic finding) {
        Span span = finding.span();
        return span == null
                ? List.of(finding.rule().id(), finding.message())
                : List.of(finding.rule().id(), finding.message(), span.file().name(), span.start(), span.end());
    }

    /** By file, in the order of reading, and place; what has no place comes last. */
    List<Diagnostic> inOrder(List<SourceFile> files) {
        Map<String, Integer> order = new LinkedHashMap<>();
        files.forEach(file -> order.putIfAbsent(file.name(), order.size()));
        Comparator<Diagnostic> byPlace = Comparator.comparingInt((Diagnostic d) -> file(d, order))
                .thenComparingInt(Found::start)
                .thenComparing(Diagnostic::severity);
        return all.stream().filter(each -> !isSaidBetter(each)).sorted(byPlace).toList();
    }

    /** Whether it is a warning of httpd's, and a rule says more of the same line. */
    private boolean isSaidBetter(Diagnostic finding) {
        return finding.rule().equals(Findings.HTTPD_WARNING)
                && all.stream()
                        .anyMatch(other -> BETTER.contains(other.rule().id())
                                && other.span() != null
                                && finding.span() != null
                                && other.span().file() == finding.span().file()
                                && other.span().line() == finding.span().line());
    }

    private static int file(Diagnostic finding, Map<String, Integer> order) {
        Span span = finding.span();
        return span == null ? Integer.MAX_VALUE : order.getOrDefault(span.file().name(), Integer.MAX_VALUE - 1);
    }

    private static int start(Diagnostic finding) {
        Span span = finding.span();
        return span == null ? 0 : span.start();
    }
}
