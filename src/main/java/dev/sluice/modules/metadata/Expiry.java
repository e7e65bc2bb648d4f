package dev.sluice.modules.metadata;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Reading;
import dev.sluice.syntax.Quoting;
import java.util.Locale;

/**
 * When a response gets stale: so many seconds after it was asked for, or after its file was changed.
 *
 * @param sinceModified counted from the file's change, else from the request
 * @param seconds may be negative
 */
record Expiry(boolean sinceModified, int seconds) {
    /**
     * Reads {@code A3600}, {@code M86400}, or {@code access plus 1 month 2 hours} (check_code, mod_expires.c).
     *
     * @throws BadArgument in httpd's words, without the line they are about
     */
    static Expiry read(String code) throws BadArgument {
        if (code.startsWith("A") || code.startsWith("M")) {
            return new Expiry(code.startsWith("M"), Reading.atoi(code.substring(1)));
        }
        Quoting words = new Quoting(code);
        String base = words.word();
        return new Expiry(isModified(base), duration(words, ErrorWords.OF_EXPIRES));
    }

    private static boolean isModified(String base) throws BadArgument {
        switch (first(base)) {
            case 'n', 'a' -> {
                return false;
            }
            case 'm' -> {
                return true;
            }
            default -> throw new BadArgument("bad expires code, unrecognised <base> '" + base + "'");
        }
    }

    private static char first(String word) {
        return word.isEmpty() ? ' ' : Character.toLowerCase(word.charAt(0));
    }

    /**
     * How the modules with such periods complain.
     *
     * @param noNumber for a word that begins with no digit
     * @param quotes whether the wrong word follows
     */
    record ErrorWords(String noNumber, String noType, String badType, boolean quotes) {
        static final ErrorWords OF_EXPIRES = new ErrorWords(
                "bad expires code, numeric value expected <num> ",
                "bad expires code, missing <type>",
                "bad expires code, unrecognised <type>",
                true);

        private BadArgument wrong(String complaint, String word) {
            return new BadArgument(quotes ? complaint + "'" + word + "'" : complaint);
        }
    }

    /** {@code [plus] 1 month 2 hours}, in seconds. */
    static int duration(Quoting words, ErrorWords complaints) throws BadArgument {
        String word = words.word();
        if (first(word) == 'p') {
            word = words.word();
        }
        int seconds = 0;
        while (!word.isEmpty()) {
            if (word.charAt(0) < '0' || word.charAt(0) > '9') {
                throw complaints.wrong(complaints.noNumber, word);
            }
            int number = Reading.atoi(word);
            String type = words.word();
            if (type.isEmpty()) {
                throw new BadArgument(complaints.noType);
            }
            int unit = unit(type.toLowerCase(Locale.ROOT));
            if (unit == 0) {
                throw complaints.wrong(complaints.badType, type);
            }
            seconds += unit * number;
            word = words.word();
        }
        return seconds;
    }

    /** A few letters are enough; 0 for what is no unit. */
    private static int unit(String type) {
        if (type.startsWith("mo")) {
            return 60 * 60 * 24 * 30;
        }
        if (type.startsWith("mi")) {
            return 60;
        }
        return switch (type.charAt(0)) {
            case 'y' -> 60 * 60 * 24 * 365;
            case 'w' -> 60 * 60 * 24 * 7;
            case 'd' -> 60 * 60 * 24;
            case 'h' -> 60 * 60;
            case 's' -> 1;
            default -> 0;
        };
    }
}
