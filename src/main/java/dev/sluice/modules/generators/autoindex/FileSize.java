package dev.sluice.modules.generators.autoindex;

import java.util.Locale;

/** Sizes of files in four chars, {@code 1.2K} (apr_strfsize). */
public final class FileSize {
    private static final String UNITS = "KMGTPE";

    private FileSize() {}

    /** {@code bytes}; a negative number for none. */
    public static String of(long bytes) {
        if (bytes < 0) {
            return "  - ";
        }
        if (bytes < 973) {
            return String.format(Locale.ROOT, "%3d ", bytes);
        }
        long size = bytes;
        int unit = -1;
        int rest;
        do {
            rest = (int) (size & 1023);
            size >>= 10;
            unit++;
        } while (size >= 973);
        if (size < 9 || (size == 9 && rest < 973)) {
            int tenths = (rest * 5 + 256) / 512;
            return size + tenths / 10 + "." + tenths % 10 + UNITS.charAt(unit);
        }
        return String.format(Locale.ROOT, "%3d%c", rest >= 512 ? size + 1 : size, UNITS.charAt(unit));
    }
}
