package dev.sluice.modules.http;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.Locale;

/** What MultiviewsMatch says; its lines are checked as multiviews_match of mod_mime.c does. */
record MultiviewsMatch(int bits) {
    private static final int ANY = 1;
    private static final int NEGOTIATED_ONLY = 2;
    private static final int HANDLERS = 4;
    private static final int FILTERS = 8;
    private static final MultiviewsMatch UNSET = new MultiviewsMatch(0);

    static final Setting<MultiviewsMatch> SETTING = Setting.perDirectory(
                    "MultiviewsMatch", UNSET, (MultiviewsMatch before, MultiviewsMatch line) -> line)
            .inheriting((outer, inner) -> inner);

    /** True where extensions that nobody knows are no hindrance. */
    boolean claimsAll() {
        return (bits & ANY) != 0;
    }

    boolean claimsHandlers() {
        return (bits & HANDLERS) != 0;
    }

    boolean claimsFilters() {
        return (bits & FILTERS) != 0;
    }

    static void read(Line line, Scope scope) throws BadArgument {
        MultiviewsMatch earlier = scope.given(SETTING);
        int bits = earlier == null ? 0 : earlier.bits;
        for (Word word : line.words()) {
            bits = with(bits, word);
        }
        scope.give(SETTING, new MultiviewsMatch(bits), line.span());
    }

    private static int with(int bits, Word word) throws BadArgument {
        switch (word.text().toLowerCase(Locale.ROOT)) {
            case "any" -> {
                refuse((bits & ~ANY) != 0, "Any is incompatible with NegotiatedOnly, Filters and Handlers", word);
                return ANY;
            }
            case "negotiatedonly" -> {
                refuse(
                        (bits & ~NEGOTIATED_ONLY) != 0,
                        "NegotiatedOnly is incompatible with Any, Filters and Handlers",
                        word);
                return NEGOTIATED_ONLY;
            }
            case "handlers" -> {
                refuse(
                        (bits & (ANY | NEGOTIATED_ONLY)) != 0,
                        "Handlers is incompatible with Any and NegotiatedOnly",
                        word);
                return bits | HANDLERS;
            }
            case "filters" -> {
                refuse(
                        (bits & (ANY | NEGOTIATED_ONLY)) != 0,
                        "Filters is incompatible with Any and NegotiatedOnly",
                        word);
                return bits | FILTERS;
            }
            default -> throw new BadArgument("Unrecognized option '" + word.text() + "'", word.span());
        }
    }

    private static void refuse(boolean wrong, String why, Word word) throws BadArgument {
        if (wrong) {
            throw new BadArgument(why, word.span());
        }
    }
}
