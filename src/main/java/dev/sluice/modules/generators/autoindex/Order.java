package dev.sluice.modules.generators.autoindex;

import java.util.List;
import java.util.Locale;

/**
 * How entries are sorted.
 *
 * @param key {@code N}, {@code M}, {@code S} or {@code D}
 */
record Order(char key, boolean ascending) {
    static final char NAME = 'N';
    static final char MODIFIED = 'M';
    static final char SIZE = 'S';
    static final char DESCRIPTION = 'D';
    static final String KEYS = "NMSD";
    static final Order DEFAULT = new Order(NAME, true);

    /** A sort that takes any comparison, though natural order is none that is total (dsortf, mod_autoindex.c). */
    static Entry[] sorted(List<Entry> entries, Order order, IndexQuery query) {
        Entry[] sorted = entries.toArray(new Entry[0]);
        Comparing comparing = new Comparing(order, query);
        sort(sorted, new Entry[sorted.length], 0, sorted.length, comparing);
        return sorted;
    }

    private static void sort(Entry[] entries, Entry[] spare, int from, int to, Comparing order) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(entries, spare, from, middle, order);
        sort(entries, spare, middle, to, order);
        System.arraycopy(entries, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = right == to || (left < middle && order.compare(spare[left], spare[right]) <= 0);
            entries[i] = takeLeft ? spare[left++] : spare[right++];
        }
    }

    private record Comparing(Order order, boolean versions, boolean ignoreCase) {
        Comparing(Order order, IndexQuery query) {
            this(order, query.has(IndexOptions.VERSION_SORT), query.has(IndexOptions.IGNORE_CASE));
        }

        int compare(Entry one, Entry other) {
            if (one.isParent() || other.isParent()) {
                return one.isParent() ? -1 : 1;
            }
            if (one.first() != other.first()) {
                return one.first() ? -1 : 1;
            }
            return order.ascending ? ascending(one, other) : ascending(other, one);
        }

        private int ascending(Entry one, Entry other) {
            int result =
                    switch (order.key) {
                        case MODIFIED -> Long.compare(one.modified(), other.modified());
                        case SIZE -> Long.compare(one.size(), other.size());
                        case DESCRIPTION -> {
                            String a = one.description() == null ? "" : one.description();
                            String b = other.description() == null ? "" : other.description();
                            yield versions ? NaturalOrder.compare(a, b, false) : a.compareTo(b);
                        }
                        default -> 0;
                    };
            if (result != 0) {
                return result;
            }
            return names(one.name(), other.name());
        }

        private int names(String one, String other) {
            int result = 0;
            if (versions) {
                result = ignoreCase ? NaturalOrder.compare(one, other, true) : 0;
                result = result != 0 ? result : NaturalOrder.compare(one, other, false);
            }
            if (result == 0 && ignoreCase) {
                result = one.toLowerCase(Locale.ROOT).compareTo(other.toLowerCase(Locale.ROOT));
            }
            return result != 0 ? result : one.compareTo(other);
        }
    }
}
