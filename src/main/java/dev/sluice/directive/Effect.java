package dev.sluice.directive;

/** What a line does once its name, place and number of words are known to be right. */
@FunctionalInterface
public interface Effect {
    void apply(Line line, Scope scope) throws BadArgument;
}
