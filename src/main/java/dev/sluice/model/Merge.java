package dev.sluice.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins a value given earlier, or further out, with one given later, or further in. */
@FunctionalInterface
public interface Merge<T> {
    T merge(T base, T over);

    /** The later value stands alone. */
    static <T> Merge<T> own() {
        return (base, over) -> over;
    }

    /** The earlier list, then the later one. */
    static <E> Merge<List<E>> append() {
        return (base, over) -> {
            List<E> all = new ArrayList<>(base.size() + over.size());
            all.addAll(base);
            all.addAll(over);
            return Collections.unmodifiableList(all);
        };
    }

    /** The later list, then the earlier one: for lists in which the first match wins and the inner section comes first. */
    static <E> Merge<List<E>> prepend() {
        return (base, over) -> Merge.<E>append().merge(over, base);
    }

    /** The entries of both; the later one's where a key is in both. */
    static <K, V> Merge<Map<K, V>> overlay() {
        return (base, over) -> {
            Map<K, V> all = new LinkedHashMap<>(base);
            all.putAll(over);
            return Collections.unmodifiableMap(all);
        };
    }
}
