package dev.sluice.modules.mappers.rewrite;

import org.jspecify.annotations.Nullable;

/** What a RewriteMap names. Any number of threads ask it. */
interface RewriteMap {
    /** Null where there is no such key. {@code name} is the map's. */
    @Nullable
    String lookUp(String name, String key, Trace trace);

    /** True where asking may wait for a disk or a program. */
    boolean blocks();
}
