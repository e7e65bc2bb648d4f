package dev.sluice.compat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The differences between two servers' transcripts of one case, in words. */
final class Comparison {
    private static final String ERROR_LOG = "error log";

    private final CompatCase tested;
    private final Transcript apache2;
    private final Transcript sluice;
    private final List<String> differences = new ArrayList<>();

    private Comparison(CompatCase tested, Transcript apache2, Transcript sluice) {
        this.tested = tested;
        this.apache2 = apache2;
        this.sluice = sluice;
    }

    static List<String> differences(CompatCase tested, Transcript apache2, Transcript sluice) {
        Comparison comparison = new Comparison(tested, apache2, sluice);
        comparison.compareExpectations();
        comparison.compareSections();
        comparison.compareErrorLogs();
        return comparison.differences;
    }

    /** Where apache2 does not do what the case says it does, the case tests something else than its author meant. */
    private void compareExpectations() {
        for (Step step : tested.steps()) {
            String outcome = apache2.outcomes().get(step.title());
            if (!step.expected().equals(outcome)) {
                differences.add("[" + step.title() + "] the case expects " + step.expected()
                        + " of apache2, which does " + outcome);
            }
        }
    }

    private void compareSections() {
        Set<String> titles = new LinkedHashSet<>(apache2.sections().keySet());
        titles.addAll(sluice.sections().keySet());
        for (String title : titles) {
            List<String> expected = apache2.sections().getOrDefault(title, List.of("(nothing)"));
            List<String> actual = sluice.sections().getOrDefault(title, List.of("(nothing)"));
            compareSection(title, expected, actual);
        }
        Set<String> unknown = new LinkedHashSet<>(titlesIgnoredAt());
        unknown.removeAll(titles);
        unknown.remove(ERROR_LOG);
        unknown.forEach(
                title -> differences.add("[" + title + "] is no section (expected of ignore-at: a step, a log)"));
    }

    private void compareSection(String title, List<String> expected, List<String> actual) {
        List<String> left = tested.rules().compared(title, expected);
        List<String> right = tested.rules().compared(title, actual);
        if (!left.equals(right)) {
            differences.add("[" + title + "]\n" + LineDiff.of(left, right));
        }
        checkIgnored(title, expected, actual);
    }

    /** What is ignored must differ, or nobody knows what else the pattern hides. */
    private void checkIgnored(String title, List<String> expected, List<String> actual) {
        if (!ServerUnderTest.secondIsSluice()) {
            return;
        }
        for (Rules.IgnoredAt ignored : tested.rules().ignoredAt()) {
            if (ignored.title().equals(title) && ignored.found(expected).equals(ignored.found(actual))) {
                differences.add("[" + title + "] nothing differs any more in '" + ignored.pattern()
                        + "' (expected: no rule ignore-at)");
            }
        }
    }

    private List<String> titlesIgnoredAt() {
        return tested.rules().ignoredAt().stream().map(Rules.IgnoredAt::title).toList();
    }

    /**
     * Serious lines must be the same on both sides; of the others, Sluice may leave one out, but may not use a number
     * that httpd does not use there.
     */
    private void compareErrorLogs() {
        List<String> expected = serious(apache2);
        List<String> actual = serious(sluice);
        checkIgnored(ERROR_LOG, expected, actual);
        onlyIn("apache2", tested.rules().compared(ERROR_LOG, expected), actual);
        onlyIn("Sluice", tested.rules().compared(ERROR_LOG, actual), expected);
        Set<String> numbers = apache2.errors().stream().map(LogLine::number).collect(Collectors.toSet());
        sluice.errors().stream()
                .filter(line -> !line.isSerious() && !line.number().isEmpty())
                .filter(line -> !numbers.contains(line.number()) && !isUnmatched(line))
                .forEach(line -> differences.add("[error log] only Sluice: " + line));
    }

    private void onlyIn(String server, List<String> lines, List<String> others) {
        lines.stream()
                .filter(line -> !others.contains(line))
                .forEach(line -> differences.add("[error log] only " + server + ": " + line));
    }

    private List<String> serious(Transcript transcript) {
        return transcript.errors().stream()
                .filter(line -> line.isSerious() && !isUnmatched(line))
                .map(LogLine::message)
                .distinct()
                .toList();
    }

    private boolean isUnmatched(LogLine line) {
        return tested.rules().unmatchedErrors().contains(line.number());
    }
}
