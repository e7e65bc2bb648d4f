package dev.sluice.source;

import java.util.List;

/** A remedy: what it does in a few words, and the edits that do it, which do not overlap. */
public record Fix(String title, List<Edit> edits) {}
