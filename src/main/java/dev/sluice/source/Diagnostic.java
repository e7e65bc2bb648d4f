package dev.sluice.source;

import org.jspecify.annotations.Nullable;

/** One finding at one place. {@code span} is null for what belongs to the whole configuration. */
public record Diagnostic(Rule rule, @Nullable Span span, String message, @Nullable Fix fix) {
    public Diagnostic(Rule rule, @Nullable Span span, String message) {
        this(rule, span, message, null);
    }

    public Severity severity() {
        return rule.severity();
    }
}
