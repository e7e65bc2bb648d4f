package dev.sluice.modules.http;

import org.jspecify.annotations.Nullable;

/** A media type with its parameters, as AddType takes it (analyze_ct, mod_mime.c). */
final class MediaType {
    private MediaType() {}

    /**
     * {@code type} with {@code charset} in place of its own charset, or added behind; null where {@code type} is no media
     * type.
     */
    static @Nullable String with(String type, @Nullable String charset) {
        int semicolon = type.indexOf(';');
        String media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        int slash = media.indexOf('/');
        if (slash <= 0 || slash == media.length() - 1) {
            return null;
        }
        if (semicolon < 0) {
            return charset == null ? media : media + "; charset=" + charset;
        }
        StringBuilder whole = new StringBuilder(media);
        boolean replaced = false;
        for (String parameter : type.substring(semicolon + 1).split(";")) {
            String trimmed = parameter.strip();
            if (charset != null && trimmed.regionMatches(true, 0, "charset=", 0, 8)) {
                if (!replaced) {
                    whole.append("; charset=").append(charset);
                    replaced = true;
                }
            } else if (!trimmed.isEmpty()) {
                whole.append("; ").append(trimmed);
            }
        }
        if (charset != null && !replaced) {
            whole.append("; charset=").append(charset);
        }
        return whole.toString();
    }
}
