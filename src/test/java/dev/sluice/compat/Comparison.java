package dev.sluice.compat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The differences between two servers' transcripts of one case, in words. */
final class Comparison {
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
            if (!expected.equals(actual)) {
                differences.add("[" + title + "]\n" + LineDiff.of(expected, actual));
            }
        }
    }

    /**
     * Serious lines must be the same on both sides; of the others, Sluice may leave one out, but may not use a number
     * that httpd does not use there.
     */
    private void compareErrorLogs() {
        Set<String> expected = serious(apache2);
        Set<String> actual = serious(sluice);
        expected.stream()
                .filter(line -> !actual.contains(line))
                .forEach(line -> differences.add("[error log] only apache2: " + line));
        actual.stream()
                .filter(line -> !expected.contains(line))
                .forEach(line -> differences.add("[error log] only Sluice: " + line));
        Set<String> numbers = apache2.errors().stream().map(LogLine::number).collect(Collectors.toSet());
        sluice.errors().stream()
                .filter(line -> !line.isSerious() && !line.number().isEmpty())
                .filter(line -> !numbers.contains(line.number()) && !isUnmatched(line))
                .forEach(line -> differences.add("[error log] only Sluice: " + line));
    }

    private Set<String> serious(Transcript transcript) {
        return transcript.errors().stream()
                .filter(line -> line.isSerious() && !isUnmatched(line))
                .map(LogLine::message)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean isUnmatched(LogLine line) {
        return tested.rules().unmatchedErrors().contains(line.number());
    }
}
