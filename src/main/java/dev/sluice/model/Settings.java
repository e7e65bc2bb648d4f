package dev.sluice.model;

import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values that the lines of a section, or of several merged ones, gave; each with the place that gave it. Immutable
 * once built, and safe to read from any thread.
 *
 * <p>{@link #over(Settings)} remembers what it merged, so that requests which meet the same sections share one object and
 * its views. Where short-lived settings of an access file are the inner ones, they and not the outer ones remember it, so
 * that nothing is left of them when they are replaced. All caches grow by copying and are published by a volatile write: a race computes a thing twice, no more.
 */
public final class Settings {
    public static final Settings EMPTY = new Settings(new Entry<?>[0], false);

    private record Entry<T>(Setting<T> setting, T value, @Nullable Span origin) {
        Entry<T> joined(Merge<T> merge, Entry<?> later) {
            @SuppressWarnings("unchecked")
            Entry<T> over = (Entry<T>) later;
            return new Entry<>(setting, merge.merge(value, over.value), over.origin);
        }
    }

    /** {@code other} is what stood over these settings, or under them. */
    private record Merged(Settings other, Settings result) {}

    /** How many merges short-lived settings remember of those that they were merged over. */
    private static final int REMEMBERED_BELOW = 64;

    private final @Nullable Entry<?>[] entries;
    private final boolean shortLived;
    private volatile Merged[] merges = {};
    private volatile Merged[] mergesBelow = {};
    private volatile @Nullable Object[] views = {};

    private Settings(@Nullable Entry<?>[] entries, boolean shortLived) {
        this.entries = entries;
        this.shortLived = shortLived;
    }

    /** The value given, or the setting's default. */
    public <T> T get(Setting<T> setting) {
        Entry<T> entry = entry(setting);
        return entry == null ? setting.absent() : entry.value;
    }

    /** True where some line gave a value. */
    public boolean has(Setting<?> setting) {
        return entry(setting) != null;
    }

    /** The line that gave the value, the last one where several joined; null where none did. */
    public @Nullable Span origin(Setting<?> setting) {
        Entry<?> entry = entry(setting);
        return entry == null ? null : entry.origin;
    }

    /** Every setting that has a value here. */
    public List<Setting<?>> given() {
        List<Setting<?>> all = new ArrayList<>();
        for (Entry<?> entry : entries) {
            if (entry != null) {
                all.add(entry.setting);
            }
        }
        return all;
    }

    /** These settings with those of {@code inner} merged over them. The same arguments give the same object. */
    public Settings over(Settings inner) {
        if (inner.entries.length == 0) {
            return this;
        }
        for (Merged known : inner.shortLived ? inner.mergesBelow : merges) {
            if (known.other == (inner.shortLived ? this : inner)) {
                return known.result;
            }
        }
        Settings result = merge(inner);
        if (inner.shortLived) {
            inner.rememberBelow(new Merged(this, result));
        } else {
            remember(new Merged(inner, result));
        }
        return result;
    }

    private synchronized void remember(Merged merged) {
        merges = grown(merges, merged);
    }

    private synchronized void rememberBelow(Merged merged) {
        mergesBelow = grown(mergesBelow.length < REMEMBERED_BELOW ? mergesBelow : new Merged[0], merged);
    }

    private static Merged[] grown(Merged[] old, Merged merged) {
        Merged[] grown = Arrays.copyOf(old, old.length + 1);
        grown[old.length] = merged;
        return grown;
    }

    private Settings merge(Settings inner) {
        @Nullable Entry<?>[] all = Arrays.copyOf(entries, Math.max(entries.length, inner.entries.length));
        for (int i = 0; i < inner.entries.length; i++) {
            Entry<?> over = inner.entries[i];
            if (over != null) {
                Entry<?> base = all[i];
                all[i] = base == null ? over : inherited(base, over);
            }
        }
        return new Settings(all, shortLived || inner.shortLived);
    }

    private static <T> Entry<T> inherited(Entry<T> base, Entry<?> over) {
        return base.joined(base.setting.inherit(), over);
    }

    /** What {@code view} computes from these settings; computed at the first call. */
    public <V> V view(View<V> view) {
        @Nullable Object[] known = views;
        int index = view.index();
        if (index < known.length) {
            Object found = known[index];
            if (found != null) {
                @SuppressWarnings("unchecked")
                V value = (V) found;
                return value;
            }
        }
        return computed(view);
    }

    private <V> V computed(View<V> view) {
        V value = view.compute(this);
        synchronized (this) {
            int index = view.index();
            @Nullable Object[] grown = Arrays.copyOf(views, Math.max(views.length, index + 1));
            Object found = grown[index];
            if (found != null) {
                @SuppressWarnings("unchecked")
                V first = (V) found;
                return first;
            }
            grown[index] = Objects.requireNonNull(value);
            views = grown;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable Entry<T> entry(Setting<T> setting) {
        int index = setting.index();
        return index < entries.length ? (Entry<T>) entries[index] : null;
    }

    /** Collects the values of one section while its lines are executed. */
    public static final class Builder {
        private final boolean shortLived;
        private @Nullable Entry<?>[] entries = new Entry<?>[0];

        public Builder() {
            this(false);
        }

        private Builder(boolean shortLived) {
            this.shortLived = shortLived;
        }

        /**
         * Builds settings that may be replaced while the server runs. Settings that outlive them never remember a merge with
         * them.
         */
        public static Builder shortLived() {
            return new Builder(true);
        }

        /** Joins {@code value} with what earlier lines of the section gave. */
        public <T> void give(Setting<T> setting, T value, @Nullable Span origin) {
            int index = setting.index();
            if (index >= entries.length) {
                entries = Arrays.copyOf(entries, index + 8);
            }
            Entry<T> given = new Entry<>(setting, value, origin);
            @SuppressWarnings("unchecked")
            Entry<T> before = (Entry<T>) entries[index];
            entries[index] = before == null ? given : before.joined(setting.joinLines(), given);
        }

        /** The value that this section's lines gave so far, or null. */
        @SuppressWarnings("unchecked")
        public <T> @Nullable T given(Setting<T> setting) {
            int index = setting.index();
            Entry<T> entry = index < entries.length ? (Entry<T>) entries[index] : null;
            return entry == null ? null : entry.value;
        }

        public Settings build() {
            for (Entry<?> entry : entries) {
                if (entry != null) {
                    return new Settings(entries.clone(), shortLived);
                }
            }
            return EMPTY;
        }
    }
}
