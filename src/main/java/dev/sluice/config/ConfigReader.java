package dev.sluice.config;

import dev.sluice.directive.Line;
import dev.sluice.directive.Overrides;
import dev.sluice.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole configuration as httpd does before it executes any of it: the lines of {@code -C}, the main file with all it
 * includes, the lines of {@code -c}. One reader reads once; {@link #warnings} has what it found so far, also after an error.
 */
public final class ConfigReader {
    private static final String COMMAND_LINE = "-c/-C directives";

    private final Defines defines;
    private final ServerRoot root;
    private final ReadTimeModules modules;
    private final Warnings warnings = new Warnings();
    private final FileReading reading;
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private @Nullable Consumer<ConfigError> errors;

    /**
     * A reader.
     *
     * @param serverRoot an absolute path: that of {@code -d}, or the one built in
     * @param defined names of {@code -D}
     * @param environment for variables that Define does not give
     */
    public ConfigReader(
            ReadTimeModules modules, String serverRoot, Collection<String> defined, Map<String, String> environment) {
        this.modules = modules;
        this.defines = new Defines(defined, environment);
        this.root = new ServerRoot(serverRoot);
        this.reading = new FileReading(new ReadTimeDirectives(modules, defines, root, warnings), defines, warnings);
    }

    /** Tells {@code teller} of what is wrong and goes on, where httpd would stop: what is read then is not all there is. */
    ConfigReader goingOn(Consumer<ConfigError> teller) {
        errors = teller;
        reading.goOn(teller);
        return this;
    }

    /** A ServerRoot that this machine does not have is no error; the one that was given to this reader stands for it. */
    ConfigReader elsewhere() {
        root.elsewhere();
        return this;
    }

    /** Lines of {@code -C}: read before the main file. */
    public ConfigReader before(List<String> directives) {
        before.addAll(directives);
        return this;
    }

    /** Lines of {@code -c}: read after the main file. */
    public ConfigReader after(List<String> directives) {
        after.addAll(directives);
        return this;
    }

    /** Reads the main file, below the server root where its name is relative. */
    public ReadConfiguration read(String mainFile) throws ConfigError {
        List<Line> lines = new ArrayList<>(commandLine(before));
        String name = root.resolve(mainFile);
        Path path = ServerRoot.toPath(name);
        SourceFile nothing = SourceFile.of(name, "");
        SourceFile file = Includes.open(
                name,
                path,
                unreadable -> warnings.add(
                        "core",
                        "error",
                        "AH00554: Access to file " + unreadable + " denied by server: not a regular file",
                        nothing.span(0, 0)),
                FileReading.input(nothing, null));
        return finish(lines, file);
    }

    /** The same for a reader that is {@link #goingOn}: a file that cannot be read has no lines. */
    ReadConfiguration readAll(String mainFile) {
        try {
            return read(mainFile);
        } catch (ConfigError e) {
            Objects.requireNonNull(errors).accept(e);
            return collected(List.of());
        }
    }

    /** The same for a main file that is a text already. */
    public ReadConfiguration read(SourceFile mainFile) throws ConfigError {
        return finish(new ArrayList<>(commandLine(before)), mainFile);
    }

    private ReadConfiguration finish(List<Line> lines, SourceFile mainFile) throws ConfigError {
        lines.addAll(reading.read(mainFile, null));
        try {
            checkMpm();
        } catch (ConfigError e) {
            if (errors == null) {
                throw e;
            }
            errors.accept(e);
        }
        lines.addAll(commandLine(after));
        return collected(lines);
    }

    private ReadConfiguration collected(List<Line> lines) {
        return new ReadConfiguration(
                List.copyOf(lines),
                warnings.all(),
                reading.files(),
                reading.inclusions(),
                root.path(),
                root.runtimeFolder(),
                defines.names(),
                defines.values());
    }

    /** Reads access files with what this reader has defined by now; each such reading is one file's. */
    FileReading forAccessFile(Overrides admitted, Warnings told) {
        return reading.forAccessFile(admitted, told);
    }

    /** What httpd warned of by now, in order. */
    public List<HttpdWarning> warnings() {
        return warnings.all();
    }

    /** Where relative paths begin by now. */
    public String serverRoot() {
        return root.path();
    }

    private List<Line> commandLine(List<String> directives) throws ConfigError {
        if (directives.isEmpty()) {
            return List.of();
        }
        SourceFile file = SourceFile.of(COMMAND_LINE, String.join("\n", directives));
        try {
            return reading.read(FileReading.input(file, null));
        } catch (ConfigError e) {
            throw e.inCommandLine();
        }
    }

    private void checkMpm() throws ConfigError {
        List<Catalogue.Module> loaded = new ArrayList<>();
        for (Catalogue.Module module : Catalogue.get().modules()) {
            if (module.id().startsWith("mpm_") && modules.isLoaded(module.id())) {
                loaded.add(module);
            }
        }
        if (loaded.size() != 1) {
            throw ConfigError.modules(loaded.isEmpty() ? "No MPM loaded." : "More than one MPM loaded.");
        }
    }
}
