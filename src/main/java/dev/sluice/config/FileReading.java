package dev.sluice.config;

import dev.sluice.directive.Line;
import dev.sluice.directive.Overrides;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.PlacedText;
import dev.sluice.syntax.Quoting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads files into lines: what is done while reading is done here, the rest is put into the tree (server/config.c). */
final class FileReading {
    private final ReadTimeDirectives directives;
    private final Defines defines;
    private final Warnings warnings;
    private final List<ReadConfiguration.Inclusion> inclusions = new ArrayList<>();
    private @Nullable Consumer<ConfigError> errors;

    FileReading(ReadTimeDirectives directives, Defines defines, Warnings warnings) {
        this.directives = directives;
        this.defines = defines;
        this.warnings = warnings;
    }

    /** Reads an access file with what this reading has defined. */
    FileReading forAccessFile(Overrides admitted, Warnings told) {
        return new FileReading(directives.forAccessFile(admitted, told), defines, told);
    }

    /** Tells {@code errors} of what is wrong and goes on with the next line, where httpd would stop. */
    void goOn(Consumer<ConfigError> teller) {
        errors = teller;
    }

    /** Throws {@code error}, or tells of it and goes on. */
    private void fail(ConfigError error) throws ConfigError {
        if (errors == null) {
            throw error;
        }
        errors.accept(error);
    }

    /** Every file that was read, in that order; one that is read twice is there twice. */
    List<SourceFile> files() {
        return inclusions.stream().map(ReadConfiguration.Inclusion::file).toList();
    }

    /** The same, each with the line that included it. */
    List<ReadConfiguration.Inclusion> inclusions() {
        return List.copyOf(inclusions);
    }

    /** The lines of {@code file} and of all it includes. */
    List<Line> read(SourceFile file, Line.@Nullable At includedFrom) throws ConfigError {
        inclusions.add(new ReadConfiguration.Inclusion(file, includedFrom));
        Input in = input(file, includedFrom);
        try {
            return read(in);
        } catch (ConfigError e) {
            Line.At blamed = in.blamed();
            throw blamed == null ? e : e.on(blamed);
        }
    }

    static Input input(SourceFile file, Line.@Nullable At includedFrom) {
        return new Input(
                Lines.of(file), includedFrom, new NumberedText(PlacedText.of(file, 0, 0), 0), Input.LONGEST_LINE);
    }

    /** The lines of an access file; errors are told without the place. */
    List<Line> readAccessFile(SourceFile file) throws ConfigError {
        NumberedText none = new NumberedText(PlacedText.of(file, 0, 0), 0);
        return read(new Input(Lines.of(file), null, none, Input.LONGEST_LINE_OF_ACCESS_FILE));
    }

    /** The same without the place: httpd names none for lines of the command line. */
    List<Line> read(Input in) throws ConfigError {
        Tree tree = new Tree();
        for (NumberedText line = in.next(); line != null; line = in.next()) {
            if (tree.isEnd(line.text().text())) {
                tree.end();
            } else {
                try {
                    read(line, in, tree);
                } catch (ConfigError e) {
                    fail(e);
                }
            }
        }
        tree.endAll();
        List<Tree.Open> open = tree.open();
        if (!open.isEmpty()) {
            fail(unclosed(open, in));
            open.forEach(section -> tree.close());
        }
        return tree.lines();
    }

    private void read(NumberedText numbered, Input in, Tree tree) throws ConfigError {
        String text = numbered.text().text();
        if (text.isEmpty() || text.charAt(0) == '#') {
            return;
        }
        PlacedText replaced = defines.replaceIn(
                numbered.text(),
                (name, span) -> warnings.add("core", "AH00111: Config variable ${" + name + "} is not defined", span));
        ReadLine line = ReadLine.of(replaced);
        if (line.name().isEmpty() && !replaced.text().startsWith(">")) {
            return;
        }
        String condition = directives.condition(line);
        boolean known = condition != null || directives.isKnown(line);
        if (known && !directives.isAdmitted(line, in)) {
            return;
        }
        if (condition != null) {
            decide(condition, line, in, tree);
        } else if (known) {
            in.blame(in.here());
            tree.addAll(directives.execute(line, in, this));
        } else if (line.closesSection()) {
            close(line.name(), in, tree);
        } else if (line.opensSection()) {
            tree.open(replaced, line.name(), line.argsStart(), in.here());
        } else {
            tree.add(Line.of(replaced, line.name(), line.argsStart(), List.of(), in.here()));
        }
    }

    private void decide(String condition, ReadLine line, Input in, Tree tree) throws ConfigError {
        in.blame(in.here());
        if (directives.holds(condition, line, in)) {
            tree.begin("</" + condition.substring(1) + ">");
        } else {
            skip(condition, in);
        }
    }

    private void close(String name, Input in, Tree tree) throws ConfigError {
        Tree.Open section = tree.innermost();
        if (section == null) {
            in.blame(in.here());
            throw in.error(name + " without matching <" + name.substring(2) + " section");
        }
        if (!name.endsWith(">")) {
            in.blame(in.here());
            throw in.error(name + "> directive missing closing '>'");
        }
        String expected = directives.spelled(section.name()).substring(1);
        if (!name.substring(2, name.length() - 1).equalsIgnoreCase(expected)) {
            in.blame(in.here());
            fail(in.error("Expected </" + expected + "> but saw " + name));
            tree.closeTo("<" + name.substring(2, name.length() - 1));
            return;
        }
        tree.close();
    }

    /**
     * Skips the lines of a condition that does not hold. Sections in them have to balance by name, whatever the names are;
     * variables mean nothing (ap_soak_end_container).
     */
    private static void skip(String condition, Input in) throws ConfigError {
        Deque<String> open = new ArrayDeque<>();
        open.push(condition);
        while (!open.isEmpty()) {
            NumberedText line = in.next();
            if (line == null) {
                throw in.error("Expected </" + open.getFirst().substring(1) + "> before end of configuration");
            }
            Quoting words = new Quoting(line.text().text());
            String name = mayBeTag(line.text().text()) ? words.word() : "";
            if (name.startsWith("</")) {
                String saw = name.substring(0, name.length() - 1);
                String expected = open.pop().substring(1);
                if (!saw.substring(Math.min(2, saw.length())).equalsIgnoreCase(expected)) {
                    throw in.error("Expected </" + expected + "> but saw " + saw + ">");
                }
            } else if (name.startsWith("<")) {
                open.push(name.endsWith(">") && words.isAtEnd() ? name.substring(0, name.length() - 1) : name);
            }
        }
    }

    private static boolean mayBeTag(String line) {
        return !line.isEmpty() && "<\"'".indexOf(line.charAt(0)) >= 0;
    }

    private ConfigError unclosed(List<Tree.Open> open, Input in) {
        StringBuilder message = new StringBuilder();
        for (Tree.Open section : open) {
            message.append(message.isEmpty() ? "" : "\n")
                    .append(section.at().fileName())
                    .append(':')
                    .append(section.at().lineNumber())
                    .append(": ")
                    .append(directives.spelled(section.name()))
                    .append("> was not closed.");
        }
        Tree.Open outermost = Objects.requireNonNull(open.get(open.size() - 1));
        in.blame(outermost.at());
        return ConfigError.read(message.toString(), outermost.text().span());
    }
}
