package dev.sluice.cli;

import dev.sluice.config.Catalogue;
import dev.sluice.directive.Line;
import java.util.ArrayList;
import java.util.List;

/** What {@code -D DUMP_CONFIG} prints where mod_info is loaded: the lines that are executed, each below its number. */
final class ConfigurationText {
    private final List<String> printed = new ArrayList<>();
    private String file = "";

    private ConfigurationText() {}

    static List<String> of(List<Line> lines) {
        ConfigurationText text = new ConfigurationText();
        lines.forEach(line -> text.print(line, ""));
        return text.printed;
    }

    private void print(Line line, String indent) {
        at(line.fileName(), indent);
        printed.add(String.format("%s# %3d:", indent, line.lineNumber()));
        String name = spelled((line.isSection() ? "<" : "") + line.name());
        String arguments = line.rawArgs();
        printed.add(indent + name + " " + arguments);
        line.children().forEach(child -> print(child, indent + "  "));
        if (!line.children().isEmpty()) {
            at(line.fileName(), indent);
            printed.add(indent + "</" + name.substring(1) + ">");
        }
    }

    private void at(String name, String indent) {
        if (!name.equals(file)) {
            printed.add(indent + "# In file: " + name);
            file = name;
        }
    }

    private static String spelled(String name) {
        List<Catalogue.Row> rows = Catalogue.get().rows(name);
        return rows.isEmpty() ? name : rows.get(0).name();
    }
}
