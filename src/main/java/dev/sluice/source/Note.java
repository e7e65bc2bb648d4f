package dev.sluice.source;

import org.jspecify.annotations.Nullable;

/** What a finding has to say beside its message; {@code span} is the other place that it speaks of, or null. */
public record Note(String text, @Nullable Span span) {
    public Note(String text) {
        this(text, null);
    }
}
