package dev.sluice.wire.http2;

import java.util.LinkedHashSet;
import java.util.Set;

/** What was pushed on a connection already, by a number of 64 bits for each URL. The oldest are forgotten first. */
final class PushDiary {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final int size;
    private final Set<Long> entries = new LinkedHashSet<>();

    /** {@code size} 0 remembers nothing. */
    PushDiary(int size) {
        this.size = size;
    }

    /** False where it was entered before. */
    boolean enter(String scheme, String authority, String path) {
        if (size == 0) {
            return true;
        }
        if (!entries.add(digest(digest(digest(FNV_OFFSET, scheme), authority), path))) {
            return false;
        }
        if (entries.size() > size) {
            entries.remove(entries.iterator().next());
        }
        return true;
    }

    private static long digest(long start, String text) {
        long digest = start;
        for (int i = 0; i < text.length(); i++) {
            digest = (digest ^ text.charAt(i)) * FNV_PRIME;
        }
        return digest * FNV_PRIME;
    }
}
