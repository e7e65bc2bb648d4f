package dev.sluice.module;

import dev.sluice.source.Rule;
import dev.sluice.source.Severity;

/**
 * One kind of mistake and how it is found. What it is about, a bad sample and a good one are in {@code
 * conf-samples/lint/ID}, from which {@code sluice lint --explain ID} prints.
 *
 * <p>A rule of {@link #text} looks at lines and also runs where some of them have errors; one of {@link #meaning} looks at
 * what the lines gave, and needs a configuration without errors.
 */
public record LintRule(Rule rule, boolean needsMeaning, Check check) {
    /** Looks for the mistake. */
    @FunctionalInterface
    public interface Check {
        void check(LintSubject subject, Report report);
    }

    public static LintRule text(String id, Severity severity, String summary, Check check) {
        return new LintRule(new Rule(id, severity, summary), false, check);
    }

    public static LintRule meaning(String id, Severity severity, String summary, Check check) {
        return new LintRule(new Rule(id, severity, summary), true, check);
    }
}
