package dev.sluice.cli;

import dev.sluice.config.Catalogue;
import dev.sluice.config.DirectiveVerdicts;
import dev.sluice.directive.Verdict;
import dev.sluice.modules.AllModules;
import dev.sluice.modules.core.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code sluice directives}: the page src/docs/directives.md, made from the tables that the server reads by. */
final class DirectiveReference {
    private static final List<String> PLACES = List.of("server config", "virtual host", "directory", ".htaccess");

    private DirectiveReference() {}

    static List<String> page() {
        List<DirectiveVerdicts.Entry> entries = DirectiveVerdicts.of(AllModules.create());
        List<String> lines = new ArrayList<>(List.of(
                "# Directives",
                "",
                "How every directive of Apache httpd " + Product.HTTPD_VERSION
                        + " fares. `bin/sluice directives` prints this page.",
                "",
                "- **works**: as in httpd",
                "- **partly**: works but for what the remark says",
                "- **ignored**: checked, then without effect; the remark says why that changes nothing that is served",
                "- **refused**: an error, since to go on without it would change what is served, or who may see it",
                "",
                "Where: **s** server, **v** virtual host, **d** directory, **h** .htaccess.",
                ""));
        lines.addAll(counts(entries));
        lines.add("");
        lines.add("| directive | module | where | verdict | remark |");
        lines.add("|---|---|---|---|---|");
        entries.forEach(entry -> lines.add(line(entry)));
        return lines;
    }

    private static List<String> counts(List<DirectiveVerdicts.Entry> entries) {
        Map<Verdict.Kind, Long> counts = entries.stream()
                .collect(Collectors.groupingBy(entry -> entry.verdict().kind(), TreeMap::new, Collectors.counting()));
        List<String> lines = new ArrayList<>(List.of("| verdict | directives |", "|---|---|"));
        counts.forEach((kind, count) -> lines.add("| " + word(kind) + " | " + count + " |"));
        return lines;
    }

    private static String line(DirectiveVerdicts.Entry entry) {
        Catalogue.Row row = entry.row();
        String name = row.isSection() ? row.name() + ">" : row.name();
        String module = entry.module().replaceFirst("[.]c$", "");
        return "| `" + name + "` | " + module + " | " + places(row) + " | "
                + word(entry.verdict().kind()) + " | "
                + entry.verdict().reason().replace("|", "\\|") + " |";
    }

    private static String places(Catalogue.Row row) {
        return PLACES.stream()
                .map(place ->
                        row.contexts().contains(place) ? place.replace(".", "").substring(0, 1) : "")
                .collect(Collectors.joining());
    }

    private static String word(Verdict.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
