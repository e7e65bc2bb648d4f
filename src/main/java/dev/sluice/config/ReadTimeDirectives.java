package dev.sluice.config;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Line;
import dev.sluice.directive.Overrides;
import dev.sluice.syntax.Quoting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directives that httpd executes while it reads (EXEC_ON_READ), as far as their modules are loaded. */
final class ReadTimeDirectives {
    /** How deep files may include each other: AP_MAX_INCLUDE_DEPTH. */
    private static final int DEEPEST_INCLUDE = 128;

    private static final Set<AllowOverride> ALL_CLASSES = EnumSet.allOf(AllowOverride.class);

    private static final List<String> NAMES = List.of(
            "Include",
            "IncludeOptional",
            "Define",
            "UnDefine",
            "ServerRoot",
            "DefaultRuntimeDir",
            "LoadModule",
            "LoadFile",
            "<Macro",
            "Use",
            "UndefMacro",
            "MacroIgnoreEmptyArgs",
            "MacroIgnoreBadNesting");

    private final ReadTimeModules modules;
    private final Defines defines;
    private final ServerRoot root;
    private final Warnings warnings;
    private final Conditions conditions;
    private final ModuleLoading loading;
    private final Macros macros;
    private final @Nullable Overrides overrides;
    private int includeDepth;

    ReadTimeDirectives(ReadTimeModules modules, Defines defines, ServerRoot root, Warnings warnings) {
        this(modules, defines, root, warnings, new Macros(warnings), null);
    }

    private ReadTimeDirectives(
            ReadTimeModules modules,
            Defines defines,
            ServerRoot root,
            Warnings warnings,
            Macros macros,
            @Nullable Overrides overrides) {
        this.modules = modules;
        this.defines = defines;
        this.root = root;
        this.warnings = warnings;
        this.conditions = new Conditions(modules, defines, root);
        this.loading = new ModuleLoading(modules, root, warnings);
        this.macros = macros;
        this.overrides = overrides;
    }

    /** The same for an access file: variables and macros of the server's configuration are known in it. */
    ReadTimeDirectives forAccessFile(Overrides admitted, Warnings told) {
        return new ReadTimeDirectives(modules, defines, root, told, macros.copy(told), admitted);
    }

    /**
     * True where {@code line}, a condition or a line that {@link #isKnown}, may stand. In an access file it may not where
     * AllowOverride does not admit it; false then means that it is passed over.
     */
    boolean isAdmitted(ReadLine line, Input in) throws ConfigError {
        if (overrides == null) {
            return true;
        }
        String name = spelling(line.name());
        if (overrides.admit(isForAll(name) ? ALL_CLASSES : Set.of(), name)) {
            if (name.equals("Define")) {
                throw in.error("Define cannot occur within htaccess files");
            }
            return true;
        }
        if (!overrides.skipsForbidden()) {
            throw in.error(name + " not allowed here");
        }
        warnings.add("core", "AH02295: " + name + " in .htaccess forbidden by AllowOverride", line.span());
        return false;
    }

    private static boolean isForAll(String name) {
        return name.startsWith("<") || Set.of("Use", "UndefMacro").contains(name);
    }

    /** As httpd's table spells it. */
    private static String spelling(String name) {
        String condition = Conditions.named(name);
        if (condition != null) {
            return condition;
        }
        for (String each : NAMES) {
            if (each.equalsIgnoreCase(name)) {
                return each;
            }
        }
        return name;
    }

    /** The condition that {@code line} begins; null where it begins none. */
    @Nullable
    String condition(ReadLine line) {
        String condition = line.opensSection() ? Conditions.named(line.name()) : null;
        return "<IfVersion".equals(condition) && !modules.isLoaded("version_module") ? null : condition;
    }

    boolean holds(String condition, ReadLine line, Input in) throws ConfigError {
        return conditions.holds(condition, line, in);
    }

    /** A section's name, with {@code <}, as its module has it. */
    String spelled(String name) {
        return modules.spelled(name);
    }

    boolean isKnown(ReadLine line) {
        return switch (line.name().toLowerCase(Locale.ROOT)) {
            case "include", "includeoptional", "define", "undefine", "serverroot", "defaultruntimedir" -> true;
            case "loadmodule", "loadfile" -> modules.isLoaded("so_module");
            case "<macro", "use", "undefmacro", "macroignoreemptyargs", "macroignorebadnesting" ->
                modules.isLoaded("macro_module");
            default -> isLuaBlock(line);
        };
    }

    private boolean isLuaBlock(ReadLine line) {
        String name = line.name().toLowerCase(Locale.ROOT);
        return (name.startsWith("<luahook") || name.equals("<luaquickhandler")) && modules.isLoaded("lua_module");
    }

    /** Executes a line that {@link #isKnown}; the lines that are there in its place. */
    List<Line> execute(ReadLine line, Input in, FileReading files) throws ConfigError {
        switch (line.name().toLowerCase(Locale.ROOT)) {
            case "include" -> {
                return include(one("Include", line, in), false, in, files);
            }
            case "includeoptional" -> {
                return include(one("IncludeOptional", line, in), true, in, files);
            }
            case "define" -> define(line, in);
            case "undefine" -> defines.undefine(variable(one("UnDefine", line, in), in));
            case "serverroot" -> serverRoot(one("ServerRoot", line, in), in);
            case "defaultruntimedir" -> runtimeDirectory(one("DefaultRuntimeDir", line, in), in);
            case "loadmodule" -> loadModule(line, in);
            case "loadfile" -> loadFiles(line, in);
            case "<macro" -> macros.define(line, in);
            case "use" -> macros.use(line, in);
            case "undefmacro" -> macros.undefine(one("UndefMacro", line, in), in);
            case "macroignoreemptyargs" -> macros.ignoreEmptyArguments();
            case "macroignorebadnesting" -> macros.ignoreBadNesting();
            default -> {
                return luaBlock(line, in);
            }
        }
        return List.of();
    }

    /** A function in Lua. What is in it is no configuration; the section without it is left to those who execute lines. */
    private static List<Line> luaBlock(ReadLine line, Input in) throws ConfigError {
        Line block = Line.of(line.text(), line.name(), line.argsStart(), List.of(), in.here());
        String end = "</" + line.name().substring(1) + ">";
        NumberedText next = in.next();
        while (next != null && !next.text().text().regionMatches(true, 0, end, 0, end.length())) {
            next = in.next();
        }
        return List.of(block);
    }

    private List<Line> include(String name, boolean optional, Input in, FileReading files) throws ConfigError {
        if (includeDepth >= DEEPEST_INCLUDE) {
            throw in.error(
                    "Exceeded maximum include depth of " + DEEPEST_INCLUDE + ", There appears to be a recursion.");
        }
        includeDepth++;
        List<Line> lines = new ArrayList<>();
        Line.At here = in.here();
        try {
            new Includes(optional, in, file -> lines.addAll(files.read(file, here)), file -> notAFile(file, in))
                    .read(root.resolve(name));
        } finally {
            includeDepth--;
        }
        return lines;
    }

    private void notAFile(String name, Input in) {
        warnings.add(
                "core",
                "error",
                "AH00554: Access to file " + name + " denied by server: not a regular file",
                in.span());
    }

    private void define(ReadLine line, Input in) throws ConfigError {
        List<String> words = line.words(1, 2);
        if (words == null) {
            throw in.error("Define takes 1-2 arguments, " + Catalogue.get().help("Define"));
        }
        defines.define(variable(words.get(0), in), words.size() > 1 ? words.get(1) : "");
    }

    private static String variable(String name, Input in) throws ConfigError {
        if (name.indexOf(':') >= 0) {
            throw in.error("Variable name must not contain ':'");
        }
        return name;
    }

    private void serverRoot(String name, Input in) throws ConfigError {
        String path =
                ServerRoot.merge(ServerRoot.toBytes(Path.of("").toAbsolutePath().toString()), name);
        if (!isDirectory(path) && root.standsFor(path)) {
            return;
        }
        root.change(path);
        if (!isDirectory(path)) {
            throw in.error("ServerRoot must be a valid directory");
        }
    }

    private void runtimeDirectory(String name, Input in) throws ConfigError {
        if (!isDirectory(root.resolve(name))) {
            throw in.error("DefaultRuntimeDir must be a valid directory, absolute or relative to ServerRoot");
        }
        root.runtimeFolder(name);
    }

    private static boolean isDirectory(String name) {
        Path path = ServerRoot.toPath(name);
        return path != null && Files.isDirectory(path);
    }

    private void loadModule(ReadLine line, Input in) throws ConfigError {
        List<String> words = line.words(2, 2);
        if (words == null) {
            throw in.error("LoadModule takes two arguments, " + Catalogue.get().help("LoadModule"));
        }
        loading.load(words.get(0), words.get(1), in);
    }

    private void loadFiles(ReadLine line, Input in) throws ConfigError {
        List<String> files = each(line);
        if (files.isEmpty()) {
            throw in.error("LoadFile requires at least one argument, "
                    + Catalogue.get().help("LoadFile"));
        }
        loading.loadFiles(files, in);
    }

    private static String one(String directive, ReadLine line, Input in) throws ConfigError {
        List<String> words = line.words(1, 1);
        if (words == null) {
            throw in.error(directive + " takes one argument, " + Catalogue.get().help(directive));
        }
        return words.get(0);
    }

    /** Words up to an empty one, as httpd hands them to a directive that takes any number. */
    private static List<String> each(ReadLine line) {
        return Quoting.words(line.args()).stream()
                .takeWhile(word -> !word.isEmpty())
                .toList();
    }
}
