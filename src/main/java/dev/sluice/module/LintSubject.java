package dev.sluice.module;

import dev.sluice.directive.Line;
import dev.sluice.model.Configuration;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.ConfigParser;
import dev.sluice.syntax.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules look at: the text of all files, the lines in the order of execution, and what they gave. */
public final class LintSubject {
    /**
     * What is known beside the text.
     *
     * @param modules ids of the loaded modules
     * @param known source files of all the modules that httpd has
     * @param modulesOf source files of the modules that have a directive, a section asked for with {@code <}; empty for an
     *     unknown one
     * @param including the lines that brought files in, as {@code FILE:LINE}
     * @param isWhole false for a file that stands alone, without the main file that would include it, and
     *     where a file that it includes is not there
     * @param isAccessFile whether it is an {@code .htaccess} file
     * @param isOffline whether this machine's files, folders and names say nothing about the configuration
     */
    public record Facts(
            Set<String> modules,
            Set<String> known,
            Function<String, List<String>> modulesOf,
            Set<String> including,
            boolean isWhole,
            boolean isAccessFile,
            boolean isOffline) {}

    private final List<SourceFile> files;
    private final List<Standing> lines = new ArrayList<>();
    private final List<List<Standing>> blocks = new ArrayList<>();
    private final Map<String, List<Standing>> byName = new HashMap<>();
    private final Map<SourceFile, List<Statement>> statements = new HashMap<>();
    private final Configuration configuration;
    private final Facts facts;

    public LintSubject(List<SourceFile> files, List<Line> lines, Configuration configuration, Facts facts) {
        this.files = List.copyOf(files);
        this.configuration = configuration;
        this.facts = facts;
        add(lines, null);
    }

    private void add(List<Line> from, @Nullable Standing outer) {
        List<Standing> block = new ArrayList<>();
        if (!from.isEmpty()) {
            blocks.add(block);
        }
        for (Line line : from) {
            Standing standing = new Standing(line, outer, from);
            lines.add(standing);
            block.add(standing);
            byName.computeIfAbsent(standing.name(), n -> new ArrayList<>()).add(standing);
            add(line.children(), standing);
        }
    }

    /** Every file that was read, in that order; one that is read twice is there twice. */
    public List<SourceFile> files() {
        return files;
    }

    /** The statements of {@code file}: all its text, with comments and what conditions skip, variables as they are written. */
    public List<Statement> statements(SourceFile file) {
        return statements.computeIfAbsent(file, ConfigParser::parse);
    }

    /** The statements of all files. */
    public Stream<Statement> statements() {
        return files.stream().flatMap(file -> statements(file).stream());
    }

    /** Every line in the order of execution, those of a section behind it. What is done while reading is not among them. */
    public List<Standing> lines() {
        return lines;
    }

    /** The lines of the top, then those of each section that has any, sections within a section behind it. */
    public List<List<Standing>> blocks() {
        return blocks;
    }

    /** The lines of one of these names, in any case of letters, in the order of execution; a section without {@code <}. */
    public List<Standing> lines(String... names) {
        if (names.length == 1) {
            return byName.getOrDefault(names[0].toLowerCase(Locale.ROOT), List.of());
        }
        Map<Line, Integer> order = new HashMap<>();
        List<Standing> found = Arrays.stream(names)
                .map(this::lines)
                .flatMap(Collection::stream)
                .toList();
        if (found.isEmpty()) {
            return found;
        }
        for (int i = 0; i < lines.size(); i++) {
            order.put(lines.get(i).line(), i);
        }
        return found.stream()
                .sorted(Comparator.comparingInt(each -> order.getOrDefault(each.line(), 0)))
                .toList();
    }

    /**
     * The line of that name that counts for a server: the last of the virtual host that {@code host} opens, or the last of
     * the main server where that has none; null where no line says it. What sections say is left out.
     *
     * @param host null for the main server
     */
    public @Nullable Standing inForce(String name, @Nullable Line host) {
        Standing main = null;
        Standing own = null;
        for (Standing line : lines(name)) {
            if (line.outer() == null) {
                main = line;
            } else if (host != null && line.isAtServerLevel() && line.hostLine() == host) {
                own = line;
            }
        }
        return own == null ? main : own;
    }

    /** Whether each Include of each file brought something in: where one did not, what it would say is unknown. */
    public boolean hasAllIncludes() {
        return statements()
                .filter(line -> !line.words().isEmpty()
                        && line.words().get(0).text().toLowerCase(Locale.ROOT).matches("include(optional)?"))
                .allMatch(line -> facts.including().contains(line.span().file().name() + ":" + line.lineNumber()));
    }

    /** What the lines gave. Where some had errors it lacks what they would have given. */
    public Configuration configuration() {
        return configuration;
    }

    public boolean isLoaded(String moduleId) {
        return facts.modules().contains(moduleId);
    }

    public Facts facts() {
        return facts;
    }
}
