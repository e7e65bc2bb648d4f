package dev.sluice.modules.aaa.authn;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hashes that stand for some time. Where there are too many the one that was not asked for longest goes. */
public final class CredentialCache {
    private record Entry(String hash, long until) {}

    private final Map<String, Entry> entries;

    public CredentialCache(int most) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                return size() > most;
            }
        };
    }

    public void put(String key, String hash, Duration lifetime) {
        synchronized (entries) {
            entries.put(key, new Entry(hash, System.nanoTime() + lifetime.toNanos()));
        }
    }

    public @Nullable String get(String key) {
        synchronized (entries) {
            Entry entry = entries.get(key);
            if (entry == null || entry.until - System.nanoTime() <= 0) {
                entries.remove(key);
                return null;
            }
            return entry.hash;
        }
    }
}
