package dev.sluice.module;

import dev.sluice.source.Diagnostic;
import dev.sluice.source.Fix;
import dev.sluice.source.Note;
import dev.sluice.source.Rule;
import dev.sluice.source.Span;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what a rule finds. */
public final class Report {
    private final Rule rule;
    private final Consumer<Diagnostic> findings;

    public Report(Rule rule, Consumer<Diagnostic> findings) {
        this.rule = rule;
        this.findings = findings;
    }

    public void at(@Nullable Span span, String message) {
        at(span, message, List.of(), null);
    }

    public void at(@Nullable Span span, String message, @Nullable Fix fix) {
        at(span, message, List.of(), fix);
    }

    /** {@code note} is about {@code other}, a place that has to do with it. */
    public void at(@Nullable Span span, String message, String note, @Nullable Span other, @Nullable Fix fix) {
        at(span, message, List.of(new Note(note, other)), fix);
    }

    public void at(@Nullable Span span, String message, List<Note> notes, @Nullable Fix fix) {
        findings.accept(new Diagnostic(rule, span, message, notes, fix));
    }
}
