package dev.sluice.modules.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client carries from one request to the next: pairs of a name and a value, in order. Names are equal in any case, as
 * in httpd's tables. Belongs to the thread that its request belongs to.
 */
public final class Session {
    public record Pair(String name, String value) {}

    private final List<Pair> pairs = new ArrayList<>();
    private @Nullable String encoded;
    private long expiry;
    private long maxAge;
    private boolean dirty;
    private boolean written;

    public List<Pair> pairs() {
        return pairs;
    }

    /** Null where there is no such name. */
    public @Nullable String get(String name) {
        for (Pair pair : pairs) {
            if (pair.name.equalsIgnoreCase(name)) {
                return pair.value;
            }
        }
        return null;
    }

    /** Changes a value without saying that the session has to be saved; null takes the name away. */
    public void put(String name, @Nullable String value) {
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).name.equalsIgnoreCase(name)) {
                if (value == null) {
                    pairs.remove(i);
                } else {
                    pairs.set(i, new Pair(pairs.get(i).name, value));
                }
                return;
            }
        }
        if (value != null) {
            pairs.add(new Pair(name, value));
        }
    }

    /** Changes a value, which has to be saved; null takes the name away. */
    public void set(String name, @Nullable String value) {
        put(name, value);
        dirty = true;
    }

    /** As the store holds it; null once it is decoded. */
    public @Nullable String encoded() {
        return encoded;
    }

    public void encoded(@Nullable String text) {
        encoded = text;
    }

    /** When it ends, in microseconds since 1970; 0 for never. */
    public long expiry() {
        return expiry;
    }

    public void expiry(long micros) {
        expiry = micros;
    }

    /** How long it lasts from its last use on, in seconds; 0 for as long as the client keeps it. */
    public long maxAge() {
        return maxAge;
    }

    public void maxAge(long seconds) {
        maxAge = seconds;
    }

    /** True where it differs from what the store holds. */
    public boolean isDirty() {
        return dirty;
    }

    public void dirty() {
        dirty = true;
    }

    public boolean isWritten() {
        return written;
    }

    public void written() {
        written = true;
    }
}
