package dev.sluice.cli;

import dev.sluice.config.Catalogue;
import java.util.ArrayList;
import java.util.List;

/** What {@code -l} and {@code -M} print. */
final class ModuleList {
    /** The modules of Debian's binary, in its order. */
    private static final List<String> BUILT_IN = List.of(
            "core_module",
            "so_module",
            "watchdog_module",
            "http_module",
            "log_config_module",
            "logio_module",
            "version_module",
            "unixd_module");

    private ModuleList() {}

    static List<String> builtIn() {
        List<String> lines = new ArrayList<>();
        lines.add("Compiled in modules:");
        for (String id : BUILT_IN) {
            Catalogue.Module module = Catalogue.get().module(id);
            lines.add("  " + (module == null ? id : module.file()));
        }
        return lines;
    }

    /** {@code loaded} are ids in the order of loading. */
    static List<String> loaded(List<String> loaded) {
        List<String> lines = new ArrayList<>();
        lines.add("Loaded Modules:");
        BUILT_IN.forEach(id -> lines.add(" " + id + " (static)"));
        for (String id : loaded) {
            if (!BUILT_IN.contains(id)) {
                lines.add(" " + id + " (shared)");
            }
        }
        return lines;
    }

    /** {@code ids} as httpd orders them: those of the binary first. */
    static List<String> inOrder(List<String> ids) {
        List<String> all = new ArrayList<>(BUILT_IN);
        ids.stream().filter(id -> !BUILT_IN.contains(id)).forEach(all::add);
        return all;
    }
}
