package dev.sluice.wire.http2;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The open streams of a session by their id: a hash table without boxes. */
final class StreamTable {
    private @Nullable Http2Stream[] slots = new @Nullable Http2Stream[16];
    private int size;

    private int slot(int id) {
        return (id >>> 1) & (slots.length - 1);
    }

    @Nullable
    Http2Stream get(int id) {
        int at = slot(id);
        Http2Stream stream = slots[at];
        while (stream != null && stream.id != id) {
            at = (at + 1) & (slots.length - 1);
            stream = slots[at];
        }
        return stream;
    }

    void add(Http2Stream stream) {
        if (2 * ++size > slots.length) {
            @Nullable Http2Stream[] old = slots;
            slots = new @Nullable Http2Stream[2 * old.length];
            for (Http2Stream each : old) {
                if (each != null) {
                    put(each);
                }
            }
        }
        put(stream);
    }

    private void put(Http2Stream stream) {
        int at = slot(stream.id);
        while (slots[at] != null) {
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = stream;
    }

    void remove(int id) {
        int at = slot(id);
        Http2Stream stream = slots[at];
        while (stream != null && stream.id != id) {
            at = (at + 1) & (slots.length - 1);
            stream = slots[at];
        }
        if (stream == null) {
            return;
        }
        size--;
        slots[at] = null;
        // What stands behind in the same run may belong before the gap.
        for (int next = (at + 1) & (slots.length - 1); slots[next] != null; next = (next + 1) & (slots.length - 1)) {
            Http2Stream moved = slots[next];
            slots[next] = null;
            if (moved != null) {
                put(moved);
            }
        }
    }

    int size() {
        return size;
    }

    /** Each of those open now; {@code action} may open and close streams. */
    void forEach(Consumer<Http2Stream> action) {
        for (Http2Stream stream : Arrays.copyOf(slots, slots.length)) {
            if (stream != null) {
                action.accept(stream);
            }
        }
    }
}
