package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private final Map<String, List<String>> lines = new HashMap<>(1024);
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

    /** The one that the tables in the jar make. */
    public static Catalogue get() {
        return Holder.INSTANCE;
    }

    private Catalogue() {
        read("directives.tsv").forEach(this::addRow);
        read("modules.tsv").forEach(this::addModule);
    }

    /** The rows of a directive in any case of letters, a section with {@code <}; empty for a name that httpd does not have. */
    public List<Row> rows(String name) {
        return lines.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .map(Row::of)
                .toList();
    }

    public boolean has(String name) {
        return lines.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** All rows. */
    public Stream<Row> rows() {
        return lines.values().stream().flatMap(List::stream).map(Row::of);
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

    private void addRow(String line) {
        String name = line.substring(0, line.indexOf('\t')).toLowerCase(Locale.ROOT);
        List<String> known = lines.get(name);
        if (known == null) {
            lines.put(name, List.of(line));
        } else {
            List<String> more = new ArrayList<>(known);
            more.add(line);
            lines.put(name, more);
        }
    }

    private void addModule(String line) {
        String[] column = line.split("\t", -1);
        boolean isStatic = column[2].equals("static");
        Module module = new Module(column[0], column[1], isStatic ? "" : column[2], isStatic);
        byId.put(module.id(), module);
        byFile.put(module.file(), module);
    }

    private static Stream<String> read(String resource) {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1);
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
