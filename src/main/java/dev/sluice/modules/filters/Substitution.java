package dev.sluice.modules.filters;

import dev.sluice.directive.BadArgument;
import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Captures;
import dev.sluice.expression.Regex;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One Substitute line.
 *
 * @param regex null where {@code text} is looked for as it is
 * @param flattens whether later rules see a line as one text; else each replaced and each untouched part for itself
 */
record Substitution(@Nullable Regex regex, String text, String replacement, boolean ignoreCase, boolean flattens) {
    /** {@code s/pattern/replacement/flags} with any delimiter (set_pattern, mod_substitute.c). */
    static Substitution read(String line) throws BadArgument {
        if (line.charAt(0) != 's' && line.charAt(0) != 'S') {
            throw new BadArgument("Bad Substitute format, must be an s/// pattern");
        }
        String incomplete = "Bad Substitute format, must be a complete s/// pattern";
        if (line.length() < 2) {
            throw new BadArgument(incomplete);
        }
        char delimiter = line.charAt(1);
        int middle = line.indexOf(delimiter, 2);
        if (middle <= 2) {
            throw new BadArgument(incomplete);
        }
        int last = line.indexOf(delimiter, middle + 1);
        String flags = last < 0 ? "" : line.substring(last + 1);
        boolean fixed = false;
        boolean ignoreCase = false;
        boolean flattens = true;
        for (char flag : flags.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (flag) {
                case 'i' -> ignoreCase = true;
                case 'n' -> fixed = true;
                case 'f' -> flattens = true;
                case 'q' -> flattens = false;
                default -> throw new BadArgument("Bad Substitute flag, only s///[infq] are supported");
            }
        }
        String pattern = line.substring(2, middle);
        String replacement = line.substring(middle + 1, last < 0 ? line.length() : last);
        return new Substitution(
                fixed ? null : compiled(pattern, ignoreCase), pattern, replacement, ignoreCase, flattens);
    }

    private static Regex compiled(String pattern, boolean ignoreCase) throws BadArgument {
        try {
            return ignoreCase ? Regex.compileIgnoringCase(pattern) : Regex.compile(pattern);
        } catch (BadPattern e) {
            throw new BadArgument(e.in("Substitute could not compile regex"));
        }
    }

    /**
     * Each match of {@code part} replaced; what is replaced and what is not are told apart in order. False where a match is of
     * nothing: there would be no end of them.
     */
    boolean apply(String part, Parts to) {
        Regex pattern = regex;
        if (pattern == null) {
            applyText(part, to);
            return true;
        }
        String rest = part;
        while (!rest.isEmpty()) {
            // What is behind a match is looked at for itself: "^" holds there again.
            Captures found = pattern.find(rest);
            if (found == null) {
                break;
            }
            if (found.end() == found.start()) {
                return false;
            }
            to.add(rest.substring(0, found.start()), false);
            to.add(found.expand(replacement), true);
            rest = rest.substring(found.end());
        }
        to.add(rest, false);
        return true;
    }

    private void applyText(String part, Parts to) {
        int from = 0;
        for (int at = find(part, 0); at >= 0; at = find(part, from)) {
            to.add(part.substring(from, at), false);
            to.add(replacement, true);
            from = at + text.length();
        }
        to.add(part.substring(from), false);
    }

    private int find(String part, int from) {
        if (!ignoreCase) {
            return part.indexOf(text, from);
        }
        for (int i = from; i + text.length() <= part.length(); i++) {
            if (part.regionMatches(true, i, text, 0, text.length())) {
                return i;
            }
        }
        return -1;
    }

    /** What a rule makes of a part. */
    @FunctionalInterface
    interface Parts {
        void add(String text, boolean replaced);
    }
}
