package dev.sluice.cli;

import dev.sluice.config.Catalogue;
import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What {@code -L} prints: the directives of the loaded modules, what each is for, and where it may stand. */
final class DirectiveList {
    private DirectiveList() {}

    static List<String> of(List<HttpdModule> modules) {
        Map<String, HttpdModule> byId = new HashMap<>();
        modules.forEach(module -> byId.put(module.id(), module));
        Map<String, List<Catalogue.Row>> rows = new HashMap<>();
        Catalogue.get()
                .rows()
                .sorted(Comparator.comparing(row -> row.name().toLowerCase(Locale.ROOT)))
                .forEach(row -> row.modules().forEach(file -> rows.computeIfAbsent(file, f -> new ArrayList<>())
                        .add(row)));
        List<String> lines = new ArrayList<>();
        for (String id :
                ModuleList.inOrder(modules.stream().map(HttpdModule::id).toList())) {
            HttpdModule module = byId.get(id);
            if (module != null) {
                print(module, rows.getOrDefault(module.file(), List.of()), lines);
            }
        }
        return lines;
    }

    /** In the order of the module's own table, then what only the catalogue has of it. */
    private static void print(HttpdModule module, List<Catalogue.Row> rows, List<String> lines) {
        Set<String> names = new LinkedHashSet<>();
        for (Directive directive : module.directives()) {
            names.add(directive.name().toLowerCase(Locale.ROOT));
        }
        rows.forEach(row -> names.add(row.name().toLowerCase(Locale.ROOT)));
        for (String name : names) {
            rows.stream()
                    .filter(row -> row.name().equalsIgnoreCase(name)
                            && !row.allowedIn().isEmpty())
                    .findFirst()
                    .ifPresent(row -> print(row, module.file(), lines));
        }
    }

    private static void print(Catalogue.Row row, String file, List<String> lines) {
        lines.add(row.name() + " (" + file + ")");
        lines.add("\t" + row.help());
        lines.add("\tAllowed in " + row.allowedIn());
        if (!row.override().isEmpty() && row.allowedIn().contains(".htaccess")) {
            lines.add("\twhen AllowOverride "
                    + (row.flags().contains("OR_ALL")
                            ? "isn't None"
                            : "includes " + row.override().replace(", ", " or ")));
        }
    }
}
