package dev.sluice.config;

import dev.sluice.directive.Line;
import dev.sluice.syntax.PlacedText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one file as they are put together: sections that are open, and conditions that hold. Within a condition
 * nothing outside of it can be closed.
 */
final class Tree {
    private final Deque<Level> levels = new ArrayDeque<>();

    Tree() {
        levels.push(new Level(null));
    }

    void add(Line line) {
        target().add(line);
    }

    void addAll(List<Line> lines) {
        target().addAll(lines);
    }

    void open(PlacedText text, String name, int argsStart, Line.At at) {
        levels.getFirst().open.push(new Open(text, name, argsStart, at, new ArrayList<>()));
    }

    /** The innermost open section within the innermost condition; null where there is none. */
    @Nullable
    Open innermost() {
        return levels.getFirst().open.peek();
    }

    /** Closes the innermost open section. */
    void close() {
        Open closed = levels.getFirst().open.pop();
        add(closed.line());
    }

    /**
     * Closes all up to the innermost section of that name, in any case of letters. Where none is open the innermost section is
     * meant, under a wrong name.
     */
    void closeTo(String name) {
        int deep = 0;
        for (Open each : levels.getFirst().open) {
            deep++;
            if (each.name.equalsIgnoreCase(name)) {
                for (int i = 0; i < deep; i++) {
                    close();
                }
                return;
            }
        }
        if (deep > 0) {
            close();
        }
    }

    /** Begins the lines under a condition that holds; they end at a line that is {@code endLine} in any case of letters. */
    void begin(String endLine) {
        levels.push(new Level(endLine));
    }

    /** Whether {@code line} ends the innermost condition: it does so only where no section is open in it. */
    boolean isEnd(String line) {
        Level level = levels.getFirst();
        return level.endLine != null && level.open.isEmpty() && level.endLine.equalsIgnoreCase(line);
    }

    /** Ends the innermost condition: its lines belong to what is around it. */
    void end() {
        Level ended = levels.pop();
        addAll(ended.lines);
    }

    /** Ends every condition, open as it may be, with the sections in it: httpd takes that at the end of a file. */
    void endAll() {
        while (levels.getFirst().endLine != null) {
            while (innermost() != null) {
                close();
            }
            end();
        }
    }

    /** Sections that are open in the file itself, innermost first. */
    List<Open> open() {
        return List.copyOf(levels.getLast().open);
    }

    List<Line> lines() {
        return levels.getLast().lines;
    }

    private List<Line> target() {
        Open section = innermost();
        return section == null ? levels.getFirst().lines : section.children;
    }

    private static final class Level {
        final @Nullable String endLine;
        final List<Line> lines = new ArrayList<>();
        final Deque<Open> open = new ArrayDeque<>();

        Level(@Nullable String endLine) {
            this.endLine = endLine;
        }
    }

    /** A section that is not closed. {@code name} has its {@code <}. */
    record Open(PlacedText text, String name, int argsStart, Line.At at, List<Line> children) {
        Line line() {
            return Line.of(text, name, argsStart, children, at);
        }
    }
}
