package dev.sluice.source;

/** A span and what shall stand there instead; an empty span inserts. */
public record Edit(Span span, String replacement) {}
