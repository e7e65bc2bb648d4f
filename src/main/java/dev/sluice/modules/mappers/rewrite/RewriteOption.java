package dev.sluice.modules.mappers.rewrite;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A word of RewriteOptions. */
public enum RewriteOption {
    INHERIT,
    INHERIT_BEFORE,
    INHERIT_DOWN,
    INHERIT_DOWN_BEFORE,
    IGNORE_INHERIT,
    ALLOW_NO_SLASH,
    ALLOW_ANY_URI,
    MERGE_BASE,
    IGNORE_CONTEXT_INFO,
    LEGACY_PREFIX_DOC_ROOT,
    UNSAFE_PREFIX_STAT;

    private final String word = name().replace("_", "").toLowerCase(Locale.ROOT);

    /** Null for a word that is none, in any case. */
    static @Nullable RewriteOption of(String text) {
        for (RewriteOption option : values()) {
            if (option.word.equalsIgnoreCase(text)) {
                return option;
            }
        }
        return null;
    }
}
