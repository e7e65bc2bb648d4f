package dev.sluice.expression;

import org.jspecify.annotations.Nullable;

/**
 * One evaluation of an expression, or several that share their backreferences.
 *
 * <p>Belongs to one thread. What an expression looked at that belongs to the client's choice is noted, so that the answer
 * can say that it varies by it.
 *
 * @param <S> what expressions are evaluated about: a request
 */
public final class Evaluation<S> {
    private final S subject;
    private @Nullable Captures groups;
    private @Nullable String varyBy;
    private @Nullable String failure;

    public Evaluation(S subject) {
        this(subject, null);
    }

    /** {@code groups} are what {@code $0} to {@code $9} stand for before the expression itself matches something. */
    public Evaluation(S subject, @Nullable Captures groups) {
        this.subject = subject;
        this.groups = groups;
    }

    public S subject() {
        return subject;
    }

    /** The groups of the last match of a pattern that has some; null where there was none, or it failed. */
    public @Nullable Captures groups() {
        return groups;
    }

    void groups(@Nullable Captures last) {
        groups = last;
    }

    /** Notes that it cannot be told what the expression comes to; the first reason stands. */
    public void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /** Why it cannot be told what the expression comes to; null where it can. */
    public @Nullable String failure() {
        return failure;
    }

    /** Notes that the value of the request's field {@code name} was asked for. */
    public void varyBy(String name) {
        String known = varyBy;
        varyBy = known == null ? name : known + ", " + name;
    }

    /** The names of the request's fields that were looked at, joined by commas; null where there were none. */
    public @Nullable String varyBy() {
        return varyBy;
    }
}
