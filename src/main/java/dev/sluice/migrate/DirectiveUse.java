package dev.sluice.migrate;

import dev.sluice.config.Catalogue;
import dev.sluice.config.CommandTable;
import dev.sluice.config.ConfigLoader;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directive of a configuration, and how it fares here.
 *
 * @param name as httpd spells it; as it is written where httpd does not have it
 * @param verdict null where httpd itself does not know it, or not with the modules that are loaded
 */
public record DirectiveUse(String name, @Nullable Verdict verdict, List<Line> lines) {
    /** Every directive that lines have, by name. What is done while reading, say Include, is not among them. */
    public static List<DirectiveUse> of(ConfigLoader.Loaded loaded, Sites sites) {
        CommandTable table = new CommandTable(loaded.modules());
        Map<String, List<Line>> byName = new TreeMap<>();
        sites.lines().forEach(line -> byName.computeIfAbsent(key(line), key -> new ArrayList<>())
                .add(line));
        List<DirectiveUse> uses = new ArrayList<>();
        byName.forEach((key, lines) -> {
            List<Directive> rows = table.of(key);
            uses.add(
                    rows.isEmpty()
                            ? new DirectiveUse(written(lines.get(0)), null, List.copyOf(lines))
                            : new DirectiveUse(
                                    rows.get(0).name(), rows.get(0).does().verdict(), List.copyOf(lines)));
        });
        return uses;
    }

    private static String key(Line line) {
        return written(line).toLowerCase(Locale.ROOT);
    }

    private static String written(Line line) {
        return line.isSection() ? "<" + line.name() : line.name();
    }

    /** Works as in httpd. */
    public boolean works() {
        return verdict != null && verdict.kind() == Verdict.Kind.WORKS;
    }

    /** {@code works}, {@code partly}, {@code ignored}, {@code refused}, {@code unknown}. */
    public String word() {
        return verdict == null ? "unknown" : verdict.kind().name().toLowerCase(Locale.ROOT);
    }

    /** What is missing, or whose it is. */
    public String reason() {
        if (verdict != null) {
            return verdict.reason();
        }
        List<Catalogue.Row> rows = Catalogue.get().rows(name);
        return rows.isEmpty()
                ? "no module of httpd has it"
                : "of " + String.join(", ", rows.get(0).modules()) + ", which is not loaded";
    }
}
