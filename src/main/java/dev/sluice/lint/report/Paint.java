package dev.sluice.lint.report;

import dev.sluice.source.Severity;

/** Colours for a terminal, or none. */
public enum Paint {
    PLAIN,
    COLOURED;

    private static final String BOLD = "1";
    private static final String RED = "1;31";
    private static final String YELLOW = "1;33";
    private static final String GREEN = "32";
    private static final String BLUE = "1;34";
    private static final String DELETED = "31";

    private String in(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    String severity(Severity severity, String text) {
        return switch (severity) {
            case ERROR -> in(RED, text);
            case WARNING -> in(YELLOW, text);
            case NOTE -> in(BLUE, text);
        };
    }

    public String strong(String text) {
        return in(BOLD, text);
    }

    public String gutter(String text) {
        return in(BLUE, text);
    }

    /** A line of a unified diff. */
    public String diff(String line) {
        if (line.startsWith("+++") || line.startsWith("---")) {
            return strong(line);
        }
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> added(line);
            case '-' -> deleted(line);
            case '@' -> gutter(line);
            default -> line;
        };
    }

    String added(String text) {
        return in(GREEN, text);
    }

    String deleted(String text) {
        return in(DELETED, text);
    }
}
