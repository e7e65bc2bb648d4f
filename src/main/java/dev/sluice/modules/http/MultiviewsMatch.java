package dev.sluice.modules.http;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.Locale;

/** What MultiviewsMatch says; its lines are checked as multiviews_match of mod_mime.c does. */
enum MultiviewsMatch {
    UNSET,
    ANY,
    NEGOTIATED_ONLY,
    HANDLERS_OR_FILTERS;

    static final Setting<MultiviewsMatch> SETTING = Setting.perDirectory("MultiviewsMatch", UNSET);

    static void read(Line line, Scope scope) throws BadArgument {
        MultiviewsMatch earlier = scope.given(SETTING);
        MultiviewsMatch match = earlier == null ? UNSET : earlier;
        for (Word word : line.words()) {
            match = match.with(word);
        }
        scope.give(SETTING, match, line.span());
    }

    private MultiviewsMatch with(Word word) throws BadArgument {
        switch (word.text().toLowerCase(Locale.ROOT)) {
            case "any" -> {
                if (this == NEGOTIATED_ONLY || this == HANDLERS_OR_FILTERS) {
                    throw new BadArgument("Any is incompatible with NegotiatedOnly, Filters and Handlers", word.span());
                }
                return ANY;
            }
            case "negotiatedonly" -> {
                if (this == ANY || this == HANDLERS_OR_FILTERS) {
                    throw new BadArgument("NegotiatedOnly is incompatible with Any, Filters and Handlers", word.span());
                }
                return NEGOTIATED_ONLY;
            }
            case "handlers", "filters" -> {
                if (this == ANY || this == NEGOTIATED_ONLY) {
                    String name = word.text().equalsIgnoreCase("handlers") ? "Handlers" : "Filters";
                    throw new BadArgument(name + " is incompatible with Any and NegotiatedOnly", word.span());
                }
                return HANDLERS_OR_FILTERS;
            }
            default -> throw new BadArgument("Unrecognized option '" + word.text() + "'", word.span());
        }
    }
}
