package dev.sluice.modules.mappers.negotiation;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.flag;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;

/** The table of mod_negotiation. */
public final class NegotiationLines {
    static final Setting<Boolean> CACHE_NEGOTIATED_DOCS = Setting.perServer("CacheNegotiatedDocs", false);

    private NegotiationLines() {}

    public static List<Directive> rows() {
        Places info = Places.anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive("CacheNegotiatedDocs", Places.SERVERS, sets(CACHE_NEGOTIATED_DOCS, flag())),
                directive(
                        "LanguagePriority",
                        info,
                        reads(Args.ITERATE, NegotiationLines::priority, LanguageOrder.PRIORITY)),
                directive(
                        "ForceLanguagePriority",
                        info,
                        reads(Args.ITERATE, LanguageOrder::readForce, LanguageOrder.FORCE)));
    }

    /** Lines of one section add up; those of an inner section stand alone. */
    private static void priority(Line line, Scope scope) {
        List<String> earlier = scope.given(LanguageOrder.PRIORITY);
        List<String> all = new ArrayList<>(earlier == null ? List.of() : earlier);
        line.words().stream().map(Word::text).takeWhile(word -> !word.isEmpty()).forEach(all::add);
        scope.give(LanguageOrder.PRIORITY, List.copyOf(all), line.span());
    }
}
