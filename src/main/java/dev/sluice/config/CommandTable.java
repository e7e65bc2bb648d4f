package dev.sluice.config;

import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.module.HttpdModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The directives of all loaded modules by name. A name may belong to several modules: each gets the line. */
final class CommandTable {
    private final Map<String, List<Directive>> rows = new HashMap<>();
    private final Map<String, UnhandledModule> unhandled = new HashMap<>();

    CommandTable(List<HttpdModule> loaded) {
        for (HttpdModule module : loaded) {
            if (module instanceof UnhandledModule without) {
                unhandled.put(module.file(), without);
            }
            for (Directive directive : module.directives()) {
                rows.computeIfAbsent(directive.name().toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                        .add(directive);
            }
        }
    }

    List<Directive> of(Line line) {
        String name = line.name().toLowerCase(Locale.ROOT);
        return rows.computeIfAbsent(line.isSection() ? "<" + name : name, this::ofUnhandled);
    }

    private List<Directive> ofUnhandled(String name) {
        List<Directive> found = new ArrayList<>();
        for (Catalogue.Row row : Catalogue.get().rows(name)) {
            for (String file : row.modules()) {
                UnhandledModule module = unhandled.get(file);
                if (module != null) {
                    found.add(module.directive(row));
                }
            }
        }
        return found;
    }
}
