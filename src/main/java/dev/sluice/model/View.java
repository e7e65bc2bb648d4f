package dev.sluice.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Something computed from merged settings once and read by every request after: a constant of a module.
 *
 * <pre>{@code
 * static final View<Limits> LIMITS = View.of(s -> new Limits(s.get(LINE), s.get(FIELDS)));
 * Limits limits = settings.view(LIMITS);
 * }</pre>
 */
public final class View<V> {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Function<Settings, V> compute;
    private final int index = COUNT.getAndIncrement();

    private View(Function<Settings, V> compute) {
        this.compute = compute;
    }

    public static <V> View<V> of(Function<Settings, V> compute) {
        return new View<>(compute);
    }

    V compute(Settings settings) {
        return compute.apply(settings);
    }

    int index() {
        return index;
    }
}
