package dev.sluice.modules.mappers;

import org.jspecify.annotations.Nullable;

/** A file whose name is like the one that was asked for; the likest is the first. */
record Misspelling(String name, Kind kind) implements Comparable<Misspelling> {
    /** What is wrong with the name that was asked for, the least first. */
    enum Kind {
        MISCAPITALIZED("miscapitalized"),
        TRANSPOSED("transposed characters"),
        MISSING("character missing"),
        EXTRA("extra character"),
        MISTYPED("mistyped character"),
        COMMON_BASENAME("common basename");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    @Override
    public int compareTo(Misspelling other) {
        return kind.compareTo(other.kind);
    }

    /** How {@code asked} differs from {@code name}; null where it is by more than one slip (spdist, mod_speling.c). */
    static @Nullable Kind kind(String asked, String name) {
        if (asked.equalsIgnoreCase(name)) {
            return Kind.MISCAPITALIZED;
        }
        int at = 0;
        while (at < asked.length() && at < name.length() && asked.regionMatches(true, at, name, at, 1)) {
            at++;
        }
        String rest = asked.substring(at);
        String good = name.substring(at);
        if (isTransposed(rest, good)) {
            return Kind.TRANSPOSED;
        }
        if (!rest.isEmpty() && !good.isEmpty() && rest.substring(1).equalsIgnoreCase(good.substring(1))) {
            return Kind.MISTYPED;
        }
        if (!rest.isEmpty() && rest.substring(1).equalsIgnoreCase(good)) {
            return Kind.EXTRA;
        }
        return !good.isEmpty() && rest.equalsIgnoreCase(good.substring(1)) ? Kind.MISSING : null;
    }

    private static boolean isTransposed(String rest, String good) {
        return rest.length() > 1
                && good.length() > 1
                && rest.regionMatches(true, 0, good, 1, 1)
                && rest.regionMatches(true, 1, good, 0, 1)
                && rest.substring(2).equalsIgnoreCase(good.substring(2));
    }
}
