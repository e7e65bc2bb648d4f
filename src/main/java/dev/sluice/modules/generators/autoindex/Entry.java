package dev.sluice.modules.generators.autoindex;

import org.jspecify.annotations.Nullable;

/**
 * A line of a list.
 *
 * @param name as links have it, of a folder with a slash behind it; bytes, one a char; of the folder above its whole path
 * @param icon its URL; null for the default one
 * @param alt what is shown in place of the icon
 * @param description HTML
 * @param modified milliseconds since 1970; -1 where it is not shown
 * @param size in bytes; -1 where it has none
 * @param first true for a folder that comes before the files
 */
record Entry(
        String name,
        @Nullable String icon,
        @Nullable String alt,
        @Nullable String description,
        long modified,
        long size,
        boolean first) {
    boolean isParent() {
        return name.startsWith("/");
    }
}
