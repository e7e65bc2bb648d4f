package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What httpd 2.4.71 and its manual say of every directive and module: data that rows are checked against, and the words of
 * messages. Read from two tables on first use; rows are split when they are asked for.
 */
public final class Catalogue {
    private final Map<String, Module> byId = new LinkedHashMap<>();
    private final Map<String, Module> byFile = new HashMap<>();

    /**
     * A directive as one module or several have it. A name has more than one row where its modules differ.
     *
     * @param name as httpd spells it; of a section {@code <Location}
     * @param modules source files of the modules that have it: {@code mod_proxy.c}
     * @param status the manual's: {@code Core}, {@code Base}, {@code Extension} ...; {@code Undocumented}
     * @param contexts the manual's: {@code server config}, {@code virtual host}, {@code directory}, {@code .htaccess}
     * @param override what AllowOverride must admit; empty where it is not for .htaccess
     * @param argsHow httpd's cmd_how: {@code TAKE1}, {@code RAW_ARGS} ...
     * @param flags httpd's req_override as it is written in the source: {@code RSRC_CONF|EXEC_ON_READ}; empty where unknown
     * @param defaultValue the manual's line; empty where there is none
     * @param syntax the manual's line
     * @param inDebian whether Debian's build has it
     * @param help the text in messages about its arguments; may have line ends; empty where unknown
     * @param allowedIn what {@code httpd -L} says behind "Allowed in"; empty where unknown
     */
    public record Row(
            String name,
            List<String> modules,
            String status,
            List<String> contexts,
            String override,
            String argsHow,
            String flags,
            String defaultValue,
            String syntax,
            boolean inDebian,
            String help,
            String allowedIn) {
        public boolean isSection() {
            return name.startsWith("<");
        }

        private static Row of(String line) {
            String[] column = line.split("\t", -1);
            return new Row(
                    column[0],
                    List.of(column[2].split(";")),
                    column[3],
                    column[4].isEmpty() ? List.of() : List.of(column[4].split(",")),
                    column[5],
                    column[6],
                    column[7],
                    column[8],
                    column[9],
                    column[10].equals("yes"),
                    unescaped(column[11]),
                    column[12]);
        }
    }

    /**
     * A module.
     *
     * @param id as LoadModule takes it: {@code proxy_http_module}
     * @param file as {@code <IfModule>} takes it: {@code mod_proxy_http.c}
     * @param object its shared object in Debian's build; empty where it is in the binary or not built
     * @param isStatic whether it is part of Debian's binary
     */
    public record Module(String id, String file, String object, boolean isStatic) {}

    private static final class Holder {
        static final Catalogue INSTANCE = new Catalogue();
    }

    /** The table of directives apart from that of modules: a configuration without errors does not need it. */
    private static final class Directives {
        static final Map<String, List<String>> LINES = new HashMap<>(1024);

        static {
            for (String line : read("directives.tsv")) {
                String name = line.substring(0, line.indexOf('\t')).toLowerCase(Locale.ROOT);
                LINES.merge(name, List.of(line), Directives::join);
            }
        }

        private static List<String> join(List<String> some, List<String> more) {
            List<String> all = new ArrayList<>(some);
            all.addAll(more);
            return all;
        }
    }

    /** The one that the tables in the jar make. */
    public static Catalogue get() {
        return Holder.INSTANCE;
    }

    private Catalogue() {
        for (String line : read("modules.tsv")) {
            addModule(line);
        }
    }

    /** The rows of a directive in any case of letters, a section with {@code <}; empty for a name that httpd does not have. */
    public List<Row> rows(String name) {
        return Directives.LINES.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .map(Row::of)
                .toList();
    }

    public boolean has(String name) {
        return Directives.LINES.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** All rows. */
    public Stream<Row> rows() {
        return Directives.LINES.values().stream().flatMap(List::stream).map(Row::of);
    }

    /** The help text of a directive; empty where there is none. */
    public String help(String name) {
        List<Row> rows = rows(name);
        return rows.isEmpty() ? "" : rows.get(0).help();
    }

    /** The module of an id or a source file, in that case of letters. */
    public @Nullable Module module(String idOrFile) {
        Module module = byId.get(idOrFile);
        return module != null ? module : byFile.get(idOrFile);
    }

    /** All modules: those of the binary first, then by id. */
    public List<Module> modules() {
        return List.copyOf(byId.values());
    }

    private void addModule(String line) {
        String[] column = line.split("\t", -1);
        boolean isStatic = column[2].equals("static");
        Module module = new Module(column[0], column[1], isStatic ? "" : column[2], isStatic);
        byId.put(module.id(), module);
        byFile.put(module.file(), module);
    }

    /** The lines of a table, which is ASCII, without its header. */
    static List<String> read(String resource) {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(resource), resource)) {
            List<String> lines = Arrays.asList(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n"));
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unescaped(String text) {
        return text.indexOf('\\') < 0
                ? text
                : text.replace("\\\\", "\0")
                        .replace("\\n", "\n")
                        .replace("\\t", "\t")
                        .replace("\0", "\\");
    }
}
