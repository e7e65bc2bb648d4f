package dev.sluice.directive;

import dev.sluice.source.Span;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is wrong with a line, in httpd's words where it has any. Carries no stack: it is an answer, not a fault. */
public final class BadArgument extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Span span;
    private final Kind kind;

    private enum Kind {
        WRONG,
        /** The line is right, but what it names is not on this machine. */
        OF_MACHINE,
        /** httpd would do it, Sluice does not. */
        REFUSAL
    }

    public BadArgument(String message) {
        this(message, null);
    }

    /** {@code span} is the word at fault, where it is narrower than the line. */
    public BadArgument(String message, @Nullable Span span) {
        this(message, span, Kind.WRONG);
    }

    private BadArgument(String message, @Nullable Span span, Kind kind) {
        super(message, null, false, false);
        this.span = span;
        this.kind = kind;
    }

    /** The line is right, but what it names is not on this machine: another one may have it. */
    public static BadArgument ofMachine(String message) {
        return new BadArgument(message, null, Kind.OF_MACHINE);
    }

    /** httpd would take the line; here it is refused. What httpd itself would complain of is said before it. */
    public static BadArgument refusal(String message) {
        return new BadArgument(message, null, Kind.REFUSAL);
    }

    /** True where another machine may take the line. */
    public boolean isOfMachine() {
        return kind == Kind.OF_MACHINE;
    }

    /** True where httpd would take the line. */
    public boolean isRefusal() {
        return kind == Kind.REFUSAL;
    }

    public String message() {
        return Objects.requireNonNull(getMessage());
    }

    public @Nullable Span span() {
        return span;
    }
}
