package dev.sluice.modules.mappers.negotiation;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Locale;

/** What LanguagePriority and ForceLanguagePriority say. */
record LanguageOrder(List<String> priority, int force) {
    static final int NONE = 1;
    static final int PREFER = 2;
    static final int FALLBACK = 4;

    static final Setting<List<String>> PRIORITY = Setting.perDirectory("LanguagePriority", List.of());

    /** 0 where no line said anything: then the order decides between languages that the client likes alike. */
    static final Setting<Integer> FORCE = Setting.perDirectory("ForceLanguagePriority", 0);

    boolean prefers() {
        return force == 0 || (force & PREFER) != 0;
    }

    boolean fallsBack() {
        return (force & FALLBACK) != 0;
    }

    /** The first place of one of {@code languages}; a listed language stands for those that begin like it; -1 for none. */
    int place(List<String> languages) {
        for (int i = 0; i < priority.size(); i++) {
            String listed = priority.get(i);
            for (String language : languages) {
                if (language.regionMatches(true, 0, listed, 0, listed.length())) {
                    return i;
                }
            }
        }
        return -1;
    }

    static void readForce(Line line, Scope scope) throws BadArgument {
        Integer earlier = scope.given(FORCE);
        int force = earlier == null ? 0 : earlier;
        for (Word word : line.words()) {
            if (word.text().isEmpty()) {
                break;
            }
            force = with(force, word);
        }
        scope.give(FORCE, force, line.span());
    }

    private static int with(int force, Word word) throws BadArgument {
        switch (word.text().toLowerCase(Locale.ROOT)) {
            case "none" -> {
                if ((force & ~NONE) != 0) {
                    throw new BadArgument("Cannot combine ForceLanguagePriority options with None", word.span());
                }
                return NONE;
            }
            case "prefer", "fallback" -> {
                boolean prefer = word.text().equalsIgnoreCase("prefer");
                if ((force & NONE) != 0) {
                    throw new BadArgument(
                            "Cannot combine ForceLanguagePriority options None and " + (prefer ? "Prefer" : "Fallback"),
                            word.span());
                }
                return force | (prefer ? PREFER : FALLBACK);
            }
            default -> throw new BadArgument("Invalid ForceLanguagePriority option " + word.text(), word.span());
        }
    }
}
