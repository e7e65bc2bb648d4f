package dev.sluice.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding at one place.
 *
 * @param span what it is about; null for what belongs to the whole configuration
 * @param notes other places, and what follows
 */
public record Diagnostic(Rule rule, @Nullable Span span, String message, List<Note> notes, @Nullable Fix fix) {
    public Diagnostic(Rule rule, @Nullable Span span, String message) {
        this(rule, span, message, List.of(), null);
    }

    public Diagnostic(Rule rule, @Nullable Span span, String message, @Nullable Fix fix) {
        this(rule, span, message, List.of(), fix);
    }

    public Severity severity() {
        return rule.severity();
    }

    /** The same with one more note. */
    public Diagnostic noting(String text, @Nullable Span place) {
        List<Note> all = new ArrayList<>(notes);
        all.add(new Note(text, place));
        return new Diagnostic(rule, span, message, List.copyOf(all), fix);
    }

    /** The same under another rule. */
    public Diagnostic under(Rule other) {
        return new Diagnostic(other, span, message, notes, fix);
    }
}
