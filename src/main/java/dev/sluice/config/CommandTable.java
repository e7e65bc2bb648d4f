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
    record Row(HttpdModule module, Directive directive) {}

    private final Map<String, List<Row>> rows = new HashMap<>();

    CommandTable(List<HttpdModule> loaded) {
        for (HttpdModule module : loaded) {
            for (Directive directive : module.directives()) {
                rows.computeIfAbsent(directive.name().toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                        .add(new Row(module, directive));
            }
        }
    }

    List<Row> of(Line line) {
        String name = line.name().toLowerCase(Locale.ROOT);
        return rows.getOrDefault(line.isSection() ? "<" + name : name, List.of());
    }
}
