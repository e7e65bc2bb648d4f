package dev.sluice.config;

import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.module.HttpdModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The directives of all loaded modules by name. A name may belong to several modules: each gets the line. */
public final class CommandTable {
    /** Looked up by many threads at once where access files are read. */
    private final Map<String, List<Directive>> rows = new ConcurrentHashMap<>();

    private final Set<String> files = new HashSet<>();
    private final Map<String, UnhandledModule> unhandled = new HashMap<>();

    public CommandTable(List<HttpdModule> loaded) {
        for (HttpdModule module : loaded) {
            files.add(module.file());
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
        return of(line.isSection() ? "<" + line.name() : line.name());
    }

    /** The rows of {@code name}, in any case of letters; a section's begins with {@code <}. */
    public List<Directive> of(String name) {
        return rows.computeIfAbsent(name.toLowerCase(Locale.ROOT), this::ofUnhandled);
    }

    /** Lines that are done with while reading have no row: the catalogue knows where those stand. */
    Scope.Known known(String name) {
        List<Directive> found = of(name);
        if (found.isEmpty()) {
            List<Catalogue.Row> read = Catalogue.get().rows(name);
            return read.stream().noneMatch(row -> row.modules().stream().anyMatch(files::contains))
                    ? Scope.Known.NOWHERE
                    : known(read.stream().anyMatch(row -> row.contexts().contains("directory")));
        }
        Places places = found.get(0).places();
        return known(places.directories() || !places.classes().isEmpty());
    }

    private static Scope.Known known(boolean inDirectories) {
        return inDirectories ? Scope.Known.IN_DIRECTORIES : Scope.Known.AT_SERVER_LEVEL;
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
