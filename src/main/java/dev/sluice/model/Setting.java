package dev.sluice.model;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thing that directives set: a constant of a module, with its default and the way its values join.
 *
 * <p>{@link #joinLines()} joins repeated lines of one section, {@link #inherit()} joins an outer section's value with an
 * inner one's; for most settings they are the same function. Unset is absence: the default is never stored.
 */
public final class Setting<T> {
    /** What the setting belongs to: a server, or whatever a request's path is mapped to. */
    public enum Holder {
        SERVER,
        DIRECTORY
    }

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final Holder holder;
    private final T absent;
    private final Merge<T> joinLines;
    private final Merge<T> inherit;
    private final int index = COUNT.getAndIncrement();

    private Setting(String name, Holder holder, T absent, Merge<T> joinLines, Merge<T> inherit) {
        this.name = name;
        this.holder = holder;
        this.absent = absent;
        this.joinLines = joinLines;
        this.inherit = inherit;
    }

    public static <T> Setting<T> perServer(String name, T absent) {
        return perServer(name, absent, Merge.own());
    }

    public static <T> Setting<T> perServer(String name, T absent, Merge<T> merge) {
        return new Setting<>(name, Holder.SERVER, absent, merge, merge);
    }

    public static <T> Setting<T> perDirectory(String name, T absent) {
        return perDirectory(name, absent, Merge.own());
    }

    public static <T> Setting<T> perDirectory(String name, T absent, Merge<T> merge) {
        return new Setting<>(name, Holder.DIRECTORY, absent, merge, merge);
    }

    /** The same setting, but an inner section's value joins an outer one's by {@code merge}. */
    public Setting<T> inheriting(Merge<T> merge) {
        return new Setting<>(name, holder, absent, joinLines, merge);
    }

    /** The directive that sets it, for people. */
    public String name() {
        return name;
    }

    public Holder holder() {
        return holder;
    }

    /** The value where no line gave one. */
    public T absent() {
        return absent;
    }

    public Merge<T> joinLines() {
        return joinLines;
    }

    public Merge<T> inherit() {
        return inherit;
    }

    int index() {
        return index;
    }

    @Override
    public String toString() {
        return name;
    }
}
