package dev.sluice.syntax;

import dev.sluice.source.Span;

/** A word after quotes are removed, and the place it was read from. */
public record Word(String text, Span span) {}
