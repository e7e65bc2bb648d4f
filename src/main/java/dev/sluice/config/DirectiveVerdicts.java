package dev.sluice.config;

import dev.sluice.directive.Directive;
import dev.sluice.directive.Verdict;
import dev.sluice.module.HttpdModule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How every directive of httpd fares here: the catalogue beside the tables of the modules. */
public final class DirectiveVerdicts {
    private static final Verdict NOT_BUILT =
            new Verdict(Verdict.Kind.REFUSED, "the module is not part of Debian's httpd, nor of this one");

    /**
     * A directive of a module.
     *
     * @param row what httpd has of it
     * @param module its source file
     * @param hasClass whether the module is done here, or its lines are only checked
     */
    public record Entry(Catalogue.Row row, String module, boolean hasClass, Verdict verdict) {}

    private final Map<String, HttpdModule> byFile = new HashMap<>();

    private DirectiveVerdicts(List<HttpdModule> modules) {
        modules.forEach(module -> byFile.put(module.file(), module));
    }

    /** Every directive of every module, by name, then by module. */
    public static List<Entry> of(List<HttpdModule> modules) {
        DirectiveVerdicts verdicts = new DirectiveVerdicts(modules);
        return Catalogue.get()
                .rows()
                .flatMap(row -> row.modules().stream().map(file -> verdicts.entry(row, file)))
                .sorted(Comparator.comparing((Entry entry) -> plain(entry.row.name()))
                        .thenComparing(entry -> entry.row.name())
                        .thenComparing(Entry::module))
                .toList();
    }

    private static String plain(String name) {
        return name.replace("<", "").toLowerCase(Locale.ROOT);
    }

    private Entry entry(Catalogue.Row row, String file) {
        HttpdModule module = byFile.get(file);
        if (module == null) {
            Catalogue.Module known = Catalogue.get().module(file);
            Verdict verdict = known == null
                    ? NOT_BUILT
                    : new UnhandledModule(known).directive(row).does().verdict();
            return new Entry(row, file, false, verdict);
        }
        Verdict verdict = module.directives().stream()
                .filter(directive -> directive.name().equalsIgnoreCase(row.name()))
                .map(Directive::does)
                .map(Directive.Does::verdict)
                .findFirst()
                .orElse(Verdict.WORKS);
        return new Entry(row, file, true, verdict);
    }
}
