package dev.sluice.directive;

/**
 * How a directive fares.
 *
 * @param reason what is missing, or why there is nothing to do; empty for {@link Kind#WORKS}
 */
public record Verdict(Kind kind, String reason) {
    public enum Kind {
        WORKS,
        PARTLY,
        IGNORED,
        REFUSED
    }

    public static final Verdict WORKS = new Verdict(Kind.WORKS, "");
}
