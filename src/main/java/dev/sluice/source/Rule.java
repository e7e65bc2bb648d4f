package dev.sluice.source;

/** A kind of finding: an id that people can type ({@code proxy-pass-slashes}), its severity, a line on what it is about. */
public record Rule(String id, Severity severity, String summary) {}
