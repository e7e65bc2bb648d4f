package dev.sluice.shell;

import dev.sluice.directive.Line;
import dev.sluice.migrate.Host;
import dev.sluice.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** Lines of a configuration, the place of each in front. */
final class Listing {
    private record Row(String place, String text) {}

    private final Out out;
    private final List<Row> rows = new ArrayList<>();

    Listing(Out out) {
        this.out = out;
    }

    /** A line, and those in it further to the right. */
    void add(Line line, int level) {
        String text = SourceFile.utf8(line.toString());
        int name = (line.isSection() ? 1 : 0) + line.name().length();
        String painted = text.length() < name || text.charAt(0) == '"'
                ? text
                : out.paint().strong(text.substring(0, name)) + text.substring(name);
        rows.add(new Row(SourceFile.utf8(Host.place(line)), "    ".repeat(level) + painted));
        line.children().forEach(child -> add(child, level + 1));
        if (line.isSection()) {
            rows.add(new Row("", "    ".repeat(level) + out.paint().strong("</" + line.name() + ">")));
        }
    }

    /** A remark between lines. */
    void gap(String remark) {
        rows.add(new Row("", ""));
        rows.add(new Row("", remark));
    }

    void print() {
        int width = rows.stream().mapToInt(row -> row.place.length()).max().orElse(0);
        for (Row row : rows) {
            String place = row.place + " ".repeat(width - row.place.length());
            out.line((out.paint().gutter(place) + "  " + row.text).stripTrailing());
        }
    }
}
