package dev.sluice.source;

/** How much a finding matters. An {@link #ERROR} keeps the server from starting. */
public enum Severity {
    ERROR,
    WARNING,
    NOTE
}
