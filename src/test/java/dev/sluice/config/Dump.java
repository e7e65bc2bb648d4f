package dev.sluice.config;

import dev.sluice.directive.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A tree as httpd prints it for {@code -t -D DUMP_CONFIG}: each line below its number, sections closed only where they
 * have lines. Without indents, and in lower case, since httpd prints names as it spells them itself.
 */
final class Dump {
    private final List<String> printed = new ArrayList<>();
    private String file = "";

    private Dump() {}

    static List<String> of(List<Line> lines) {
        Dump dump = new Dump();
        lines.forEach(dump::print);
        return dump.printed;
    }

    /** What httpd printed, made comparable. */
    static List<String> normal(Stream<String> dump) {
        return dump.map(Dump::normal).filter(line -> !line.isBlank()).toList();
    }

    private void print(Line line) {
        at(line.fileName());
        printed.add("# " + line.lineNumber() + ":");
        String name = (line.isSection() ? "<" : "") + line.name();
        printed.add(normal(name + " " + line.rawArgs()));
        line.children().forEach(this::print);
        if (!line.children().isEmpty()) {
            at(line.fileName());
            printed.add("</" + line.name().toLowerCase(Locale.ROOT) + ">");
        }
    }

    private void at(String fileName) {
        if (!fileName.equals(file)) {
            printed.add(normal("# In file: " + fileName));
            file = fileName;
        }
    }

    private static String normal(String line) {
        return line.strip().replaceFirst("^# +", "# ").toLowerCase(Locale.ROOT);
    }
}
