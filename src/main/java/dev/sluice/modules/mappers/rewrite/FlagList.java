package dev.sluice.modules.mappers.rewrite;

import java.util.ArrayList;
import java.util.List;

/** The words between the brackets at the end of a line. */
final class FlagList {
    /**
     * @param key as written
     * @param value what stands behind the equals sign; empty where there is none
     */
    record Flag(String key, String value) {}

    /** Why flags cannot be read, in httpd's words. */
    static final class BadFlag extends Exception {
        private static final long serialVersionUID = 1L;

        BadFlag(String message) {
            super(message, null, false, false);
        }

        String message() {
            return String.valueOf(getMessage());
        }

        static BadFlag unknown(String key) {
            return new BadFlag("unknown flag '" + key + "'");
        }
    }

    private FlagList() {}

    /** As cmd_parseflagfield of mod_rewrite.c does it. */
    static List<Flag> read(String text) throws BadFlag {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            throw new BadFlag("bad flag delimiters");
        }
        List<Flag> flags = new ArrayList<>();
        for (String each : text.substring(1, Math.max(1, text.length() - 1)).split(",", -1)) {
            String flag = trimmed(each);
            int equals = flag.indexOf('=');
            flags.add(
                    equals < 0 ? new Flag(flag, "") : new Flag(flag.substring(0, equals), flag.substring(equals + 1)));
        }
        return flags;
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && ArgumentLine.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && ArgumentLine.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
