package dev.sluice.config;

import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.model.Configuration;
import dev.sluice.module.HttpdModule;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a configuration and binds it: from the command line's words to a model, or to httpd's first complaint. */
public final class ConfigLoader {
    /**
     * What the command line says.
     *
     * @param serverRoot of {@code -d}, absolute
     * @param file of {@code -f}
     * @param before lines of {@code -C}
     * @param after lines of {@code -c}
     * @param defines names of {@code -D}
     */
    public record Request(
            String serverRoot,
            String file,
            List<String> before,
            List<String> after,
            Set<String> defines,
            Map<String, String> environment) {}

    /**
     * A configuration that could be read to its end.
     *
     * @param problems of its lines, in the order of execution
     * @param modules those loaded, in the order of loading: instances that belong to this reading alone
     * @param accessFiles reads the {@code .htaccess} files that requests meet while it serves
     */
    public record Loaded(
            Configuration configuration,
            List<Problem> problems,
            List<HttpdModule> modules,
            ReadConfiguration read,
            AccessFileReader accessFiles) {
        /** The complaint that httpd would end with, else the first refusal; null for a configuration that can be served. */
        public @Nullable ConfigError firstError() {
            ConfigError error = first(problem -> problem.isError() && !problem.isRefusal());
            return error != null ? error : firstRefusal();
        }

        /** What is refused though httpd would take it. */
        public @Nullable ConfigError firstRefusal() {
            return first(Problem::isRefusal);
        }

        private @Nullable ConfigError first(Predicate<Problem> which) {
            for (Problem problem : problems) {
                if (which.test(problem)) {
                    return ConfigError.execution(
                            Objects.requireNonNull(problem.line()),
                            problem.finding().message(),
                            problem.finding().span(),
                            null);
                }
            }
            return null;
        }

        /** What httpd warns of on the way, in order. */
        public List<HttpdWarning> warnings() {
            List<HttpdWarning> all = new ArrayList<>(read.warnings());
            for (Problem problem : problems) {
                if (problem.finding().rule().equals(Findings.HTTPD_WARNING)) {
                    all.add(new HttpdWarning("core", "warn", problem.finding().message(), problem.finding()));
                }
            }
            return all;
        }
    }

    private ConfigLoader() {}

    /**
     * Reads and binds.
     *
     * @param all the modules there are, made for this reading
     * @throws ConfigError what cannot be read at all; wrong lines are {@link Loaded#problems}
     */
    public static Loaded load(Request request, List<HttpdModule> all) throws ConfigError {
        return load(request, all, warnings -> {});
    }

    /** The same; {@code unread} is told what was warned of where reading ends with an error. */
    public static Loaded load(Request request, List<HttpdModule> all, Consumer<List<HttpdWarning>> unread)
            throws ConfigError {
        return load(request, all, line -> true, unread);
    }

    /** The same without the lines, in sections too, that {@code kept} says no to: for a trial that shall leave no trace. */
    public static Loaded loadOnly(Request request, List<HttpdModule> all, Predicate<Line> kept) throws ConfigError {
        return load(request, all, kept, warnings -> {});
    }

    private static Loaded load(
            Request request, List<HttpdModule> all, Predicate<Line> kept, Consumer<List<HttpdWarning>> unread)
            throws ConfigError {
        LoadedModules loaded = LoadedModules.ofCatalogue();
        ConfigReader reader = new ConfigReader(loaded, request.serverRoot(), request.defines(), request.environment())
                .before(request.before())
                .after(request.after());
        ReadConfiguration read;
        try {
            read = reader.read(request.file());
        } catch (ConfigError e) {
            unread.accept(reader.warnings());
            throw e;
        }
        List<HttpdModule> modules = instances(loaded, all);
        Binder binder = new Binder(Path.of(read.serverRoot()), read.defines(), modules);
        Configuration configuration = binder.bind(request.file(), only(read.lines(), kept));
        return new Loaded(
                configuration, List.copyOf(binder.problems()), modules, read, new AccessFileReader(reader, binder));
    }

    private static List<Line> only(List<Line> lines, Predicate<Line> kept) {
        return lines.stream()
                .filter(kept)
                .map(line -> line.isSection() ? line.with(only(line.children(), kept)) : line)
                .toList();
    }

    /**
     * What a file is: the main file, one that another file includes, outside of sections or in one, or one of
     * {@code AccessFileName}.
     */
    public enum Kind {
        MAIN,
        PART,
        SECTION,
        ACCESS
    }

    /**
     * A configuration that was read to its end whatever was wrong with it.
     *
     * @param errors what httpd would have stopped at while reading, in order
     */
    public record Examined(Loaded loaded, List<ConfigError> errors) {}

    /**
     * Reads and binds all there is; every module counts as loaded but for {@link Kind#MAIN}. Never serve what it gives.
     *
     * @param elsewhere whether the configuration is another machine's, so that its ServerRoot need not be here
     */
    public static Examined examine(Request request, List<HttpdModule> all, Kind kind, boolean elsewhere) {
        LoadedModules loaded = kind == Kind.MAIN ? LoadedModules.ofCatalogue() : LoadedModules.all(mpm(request.file()));
        List<ConfigError> errors = new ArrayList<>();
        ConfigReader reader = new ConfigReader(loaded, request.serverRoot(), request.defines(), request.environment())
                .before(request.before())
                .after(request.after())
                .goingOn(errors::add);
        if (elsewhere) {
            reader.elsewhere();
        }
        ReadConfiguration read = reader.readAll(request.file());
        List<HttpdModule> modules = instances(loaded, all);
        Binder binder = new Binder(Path.of(read.serverRoot()), read.defines(), modules);
        Configuration configuration = kind == Kind.ACCESS || kind == Kind.SECTION
                ? binder.bindAccessFile(request.file(), read.lines())
                : binder.bind(request.file(), read.lines());
        Loaded result = new Loaded(
                configuration, List.copyOf(binder.problems()), modules, read, new AccessFileReader(reader, binder));
        return new Examined(result, List.copyOf(errors));
    }

    /** The MPM whose directives a file has that stands alone. */
    private static String mpm(String file) {
        Path path = ServerRoot.toPath(file);
        try {
            String text = path == null ? "" : SourceFile.read(file, path).text().toLowerCase(Locale.ROOT);
            return text.contains("spareservers") && !text.contains("sparethreads")
                    ? "mpm_prefork_module"
                    : "mpm_event_module";
        } catch (IOException e) {
            return "mpm_event_module";
        }
    }

    private static List<HttpdModule> instances(LoadedModules loaded, List<HttpdModule> all) {
        Map<String, HttpdModule> byId = new LinkedHashMap<>();
        all.forEach(module -> byId.put(module.id(), module));
        List<HttpdModule> modules = new ArrayList<>();
        for (String id : loaded.ids()) {
            HttpdModule module = byId.get(id);
            Catalogue.Module known = Catalogue.get().module(id);
            if (module != null) {
                modules.add(module);
            } else if (known != null) {
                modules.add(new UnhandledModule(known));
            }
        }
        return modules;
    }
}
