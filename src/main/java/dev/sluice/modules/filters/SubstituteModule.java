package dev.sluice.modules.filters;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.FilterType;
import dev.sluice.request.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** mod_substitute: text of responses replaced, line by line. */
public final class SubstituteModule implements HttpdModule {
    static final Setting<Rules> RULES =
            perDirectory("Substitute", Rules.NONE, Rules::line).inheriting(Rules::inner);

    /** Bytes. */
    static final Setting<Long> MAX_LINE_LENGTH = perDirectory("SubstituteMaxLineLength", 1L << 20);

    /**
     * The rules of a section.
     *
     * @param inheritBefore whether those of outer sections come first; null where no line says it
     */
    record Rules(List<Substitution> rules, @Nullable Boolean inheritBefore) {
        static final Rules NONE = new Rules(List.of(), null);

        Rules line(Rules later) {
            return joined(rules, later.rules, later.inheritBefore);
        }

        Rules inner(Rules inner) {
            Boolean before = inner.inheritBefore == null ? inheritBefore : inner.inheritBefore;
            return Boolean.TRUE.equals(before)
                    ? joined(rules, inner.rules, inner.inheritBefore)
                    : joined(inner.rules, rules, inner.inheritBefore);
        }

        private Rules joined(List<Substitution> first, List<Substitution> second, @Nullable Boolean before) {
            List<Substitution> all = new ArrayList<>(first);
            all.addAll(second);
            return new Rules(List.copyOf(all), before == null ? inheritBefore : before);
        }
    }

    @Override
    public String id() {
        return "substitute_module";
    }

    @Override
    public String file() {
        return "mod_substitute.c";
    }

    @Override
    public List<Directive> directives() {
        Places info = Places.anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive("Substitute", info, reads(Args.TAKE1, SubstituteModule::substitute, RULES)),
                directive("SubstituteMaxLineLength", info, sets(MAX_LINE_LENGTH, length())),
                directive(
                        "SubstituteInheritBefore",
                        info,
                        reads(
                                Args.FLAG,
                                (line, scope) -> scope.give(
                                        RULES,
                                        new Rules(
                                                List.of(),
                                                line.words().get(0).text().equalsIgnoreCase("on")),
                                        line.span()),
                                RULES)));
    }

    private static void substitute(Line line, Scope scope) throws BadArgument {
        Substitution rule = Substitution.read(line.words().get(0).text());
        scope.give(RULES, new Rules(List.of(rule), null), line.span());
    }

    private static Arg<Long> length() {
        String complaint =
                "SubstituteMaxLineLength must be a non-negative integer optionally suffixed with 'b', 'k', 'm' or 'g'.";
        return (word, line, scope) -> {
            String text = word.text().toLowerCase(Locale.ROOT);
            if (!text.matches("\\d{0,18}[bkmg]?") || text.isEmpty()) {
                throw new BadArgument(complaint, word.span());
            }
            int digits = text.length() - (Character.isDigit(text.charAt(text.length() - 1)) ? 0 : 1);
            long number = digits == 0 ? 0 : Long.parseLong(text.substring(0, digits));
            int shift = digits == text.length() ? 0 : 10 * "bkmg".indexOf(text.charAt(digits));
            return number << shift;
        };
    }

    @Override
    public void filters(Filters filters) {
        filters.addOutput("SUBSTITUTE", FilterType.RESOURCE, SubstituteFilter::begin);
    }
}
