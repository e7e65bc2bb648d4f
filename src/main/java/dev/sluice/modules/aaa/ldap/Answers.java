package dev.sluice.modules.aaa.ldap;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What directories answered, for a time. Where there is too much of it what was not asked for longest goes. */
final class Answers<T> {
    private record Entry<T>(T answer, long since) {}

    private final int most;
    private final long lifetime;
    private final Map<String, Entry<T>> entries;

    /**
     * @param most how many; none where it is not positive
     * @param lifetime zero for no limit
     */
    Answers(int most, Duration lifetime) {
        this.most = most;
        this.lifetime = lifetime.toNanos();
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry<T>> eldest) {
                return size() > most;
            }
        };
    }

    void put(String question, T answer) {
        if (most > 0) {
            synchronized (entries) {
                entries.put(question, new Entry<>(answer, System.nanoTime()));
            }
        }
    }

    @Nullable
    T get(String question) {
        synchronized (entries) {
            Entry<T> entry = entries.get(question);
            if (entry == null || (lifetime > 0 && System.nanoTime() - entry.since > lifetime)) {
                entries.remove(question);
                return null;
            }
            return entry.answer;
        }
    }
}
