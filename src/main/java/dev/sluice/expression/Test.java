package dev.sluice.expression;

/** A condition, ready to be evaluated. */
@FunctionalInterface
interface Test<S> {
    boolean holds(Evaluation<S> evaluation);
}
