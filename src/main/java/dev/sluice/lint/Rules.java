package dev.sluice.lint;

import dev.sluice.directive.Findings;
import dev.sluice.lint.rules.AllRules;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.LintRule;
import dev.sluice.modules.AllModules;
import dev.sluice.source.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every rule there is: those that look at any configuration, and those of modules. */
public final class Rules {
    /** Rules that reading and binding report under. */
    private static final List<Rule> OF_READING = List.of(
            Findings.ARGUMENTS,
            Findings.PLACE,
            Findings.UNKNOWN,
            Findings.NOT_SUPPORTED,
            Findings.MACHINE,
            Findings.PARTLY,
            Findings.IGNORED,
            Findings.HTTPD_WARNING,
            ReadErrors.NESTING,
            ReadErrors.MODULE,
            ReadErrors.INCLUDE,
            ReadErrors.VARIABLE,
            ReadErrors.DEFINE_LATE,
            ReadErrors.REGEX,
            ForeignDirectives.RULE);

    private Rules() {}

    /** The general rules, and those of {@code modules}. */
    static List<LintRule> of(List<HttpdModule> modules) {
        List<LintRule> rules = new ArrayList<>(AllRules.ALL);
        modules.forEach(module -> rules.addAll(module.lints()));
        return rules;
    }

    /** Ids of the rules that reading and binding report under, of which some say only what httpd says. */
    static Set<String> ofReading() {
        return OF_READING.stream().map(Rule::id).collect(Collectors.toSet());
    }

    /** The id that is written most like {@code id}, or has it in it; null where none is near. */
    public static @Nullable String nearest(String id) {
        List<String> ids = all().stream().map(Rule::id).toList();
        int most = Math.max(1, id.length() / 4);
        return ids.stream()
                .filter(each -> Spelling.distance(id, each) <= most)
                .min(Comparator.comparingInt(each -> Spelling.distance(id, each)))
                .or(() -> ids.stream()
                        .filter(each -> id.length() > 2 && each.contains(id))
                        .findFirst())
                .orElse(null);
    }

    /** All rules by id. */
    public static List<Rule> all() {
        return Stream.concat(
                        OF_READING.stream(), of(AllModules.create()).stream().map(LintRule::rule))
                .distinct()
                .sorted(Comparator.comparing(Rule::id))
                .toList();
    }
}
