package dev.sluice.config;

import dev.sluice.directive.Line;
import dev.sluice.source.Span;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a configuration is not taken: httpd's message, where it is, and what may help. Carries no stack: it is an answer. */
public final class ConfigError extends Exception {
    private static final long serialVersionUID = 1L;

    /** When httpd finds an error, which decides how it prints it. */
    public enum Phase {
        /** While files are read. The message is one line and begins with the program's name. */
        READ,
        /** After everything was read: no MPM, or more than one. One line with an AH number and the program's name. */
        MODULES,
        /** While lines are executed. Two lines: where, and what. */
        EXECUTION
    }

    private final Phase phase;
    private final transient Line.@Nullable At at;
    private final transient @Nullable Span span;
    private final @Nullable String hint;

    private ConfigError(Phase phase, String message, Line.@Nullable At at, @Nullable Span span, @Nullable String hint) {
        super(message, null, false, false);
        this.phase = phase;
        this.at = at;
        this.span = span;
        this.hint = hint;
    }

    /** An error while reading whose place is not told in the message yet. */
    static ConfigError read(String message, @Nullable Span span) {
        return new ConfigError(Phase.READ, message, null, span, null);
    }

    static ConfigError modules(String message) {
        return new ConfigError(Phase.MODULES, message, null, null, null);
    }

    /** An error of a line that is executed. {@code span} is what is wrong, where it is less than the line. */
    public static ConfigError execution(Line line, String message, @Nullable Span span, @Nullable String hint) {
        return new ConfigError(Phase.EXECUTION, message, line.at(), span == null ? line.span() : span, hint);
    }

    /** The same, with the remedy in our words. */
    ConfigError withHint(String remedy) {
        return new ConfigError(phase, message(), at, span, remedy);
    }

    /** The same, told of a line; the first to be told is {@link #at}. */
    ConfigError on(Line.At line) {
        return new ConfigError(phase, "Syntax error on " + line + ": " + message(), at == null ? line : at, span, hint);
    }

    /** The same, said of the lines of {@code -C} and {@code -c}. */
    ConfigError inCommandLine() {
        return new ConfigError(phase, "Syntax error in -C/-c directive: " + message(), at, span, hint);
    }

    public Phase phase() {
        return phase;
    }

    /**
     * httpd's message. While reading it is all of it: {@code Syntax error on line 3 of A: Syntax error on line 2 of B:
     * ...}; of an executed line it is the part behind the place.
     */
    public String message() {
        return Objects.requireNonNull(getMessage());
    }

    /** The innermost line that httpd names; null where it names none. */
    public Line.@Nullable At at() {
        return at;
    }

    /** What is wrong; null where it is no place in a file. */
    public @Nullable Span span() {
        return span;
    }

    /** What follows from it or helps, in our words. */
    public @Nullable String hint() {
        return hint;
    }

    /** What httpd prints, called as {@code program}, without the hint and without a line end behind it. */
    public String log(String program) {
        return switch (phase) {
            case READ -> ErrorLogText.escape(program + ": " + message());
            case MODULES -> ErrorLogText.escape("AH00534: " + program + ": Configuration error: " + message());
            case EXECUTION ->
                ErrorLogText.escape("AH00526: Syntax error on " + Objects.requireNonNull(at) + ":")
                        + "\n"
                        + ErrorLogText.escape(message());
        };
    }
}
