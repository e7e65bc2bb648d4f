package dev.sluice.cli;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.HttpdWarning;
import dev.sluice.config.Problem;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.model.Configuration;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.AllModules;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.request.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration that a command line names and says what is wrong with it as httpd does: the warnings on the way,
 * then the first error. At the start of a server, for {@code -t}, and anew for each reload.
 */
public final class SyntaxCheck {
    /** The warnings of lines that httpd gives as messages about the start: NameVirtualHost's, DocumentRoot's (core.c). */
    private static final Set<String> BARE = Set.of("AH00548", "AH00112", "AH02530");

    /** The errors of lines that end httpd at once, without their place: of User and Group (ap_uname2id, server/util.c). */
    private static final Set<String> DEADLY = Set.of("AH00543", "AH00544");

    /** What httpd tells as an error just before it says which line is wrong: of files and hosts that are not there. */
    private static final Set<String> ERRORS = Set.of("AH00554", "AH01304", "AH01306");

    private final ConfigLoader.Request request;

    SyntaxCheck(CommandLine line, Layout layout) {
        String given = line.serverRoot();
        String root = given == null ? layout.root() : Program.absolute(given);
        String file = line.file();
        this.request = new ConfigLoader.Request(
                root,
                file == null ? layout.configFileBelow(given == null ? null : root) : Program.bytes(file),
                line.before().stream().map(Program::bytes).toList(),
                line.after().stream().map(Program::bytes).toList(),
                line.defines(),
                Program.environment());
    }

    public SyntaxCheck(ConfigLoader.Request request) {
        this.request = request;
    }

    ConfigLoader.Request request() {
        return request;
    }

    /** Null where there is an error, which {@code report} was told. */
    public ConfigLoader.@Nullable Loaded run(Report report) {
        ConfigLoader.Loaded loaded;
        try {
            loaded = ConfigLoader.load(request, AllModules.create(), warnings -> warn(warnings, report));
        } catch (ConfigError e) {
            lines(e).forEach(report::startup);
            return null;
        }
        return judge(loaded, report) ? loaded : null;
    }

    private static boolean judge(ConfigLoader.Loaded loaded, Report report) {
        warn(loaded.read().warnings(), report);
        for (Problem problem : loaded.problems()) {
            if (problem.isError() && !problem.isRefusal()) {
                lines(Objects.requireNonNull(loaded.firstError())).forEach(report::startup);
                return false;
            }
            if (problem.finding().rule().equals(Findings.HTTPD_WARNING)) {
                warn(problem, loaded.modules(), report);
            }
        }
        Configuration configuration = loaded.configuration();
        if (configuration.main().settings().get(CoreModule.SERVER_NAME).isEmpty()) {
            HostName.complain(report::startup);
        }
        for (HttpdModule module : loaded.modules()) {
            if (module instanceof CoreModule core) {
                core.resolve(configuration).forEach(message -> report.log("core", Level.ERROR, message));
            }
        }
        return check(configuration, loaded.modules(), report) && !isRefused(loaded, report);
    }

    private static boolean isRefused(ConfigLoader.Loaded loaded, Report report) {
        ConfigError refusal = loaded.firstRefusal();
        if (refusal != null) {
            lines(refusal).forEach(report::startup);
        }
        return refusal != null;
    }

    private static boolean check(Configuration configuration, List<HttpdModule> modules, Report report) {
        try {
            for (HttpdModule module : modules) {
                module.check(configuration);
            }
            return true;
        } catch (CannotStart e) {
            String message = Objects.requireNonNull(e.getMessage());
            message.lines().forEach(report::startup);
            report.startup("AH00014: Configuration check failed");
            return false;
        }
    }

    private static void warn(Problem problem, List<HttpdModule> modules, Report report) {
        String message = problem.finding().message();
        if (BARE.stream().anyMatch(message::contains)) {
            report.startup(message);
        } else {
            boolean error = ERRORS.stream().anyMatch(message::contains);
            String module = message.startsWith("AH00554") ? "core" : module(problem.line(), modules);
            report.log(module, error ? Level.ERROR : Level.WARN, message);
        }
    }

    private static String number(String message) {
        int colon = message.indexOf(':');
        return colon < 0 ? "" : message.substring(0, colon);
    }

    /** The short name of the module that gave {@code line} its meaning. */
    private static String module(@Nullable Line line, List<HttpdModule> modules) {
        String name = line == null ? "" : (line.isSection() ? "<" : "") + line.name();
        for (HttpdModule module : modules) {
            if (module.directives().stream().anyMatch(row -> row.name().equalsIgnoreCase(name))) {
                return module.shortName();
            }
        }
        return "core";
    }

    static void warn(List<HttpdWarning> warnings, Report report) {
        for (HttpdWarning warning : warnings) {
            Level level = Level.valueOf(warning.level().toUpperCase(Locale.ROOT));
            report.log(warning.module(), level, warning.text());
        }
    }

    /** httpd's lines for an error, before escaping. */
    static List<String> lines(ConfigError error) {
        List<String> lines = new ArrayList<>();
        switch (error.phase()) {
            case READ -> lines.add(Program.name() + ": " + error.message());
            case MODULES -> lines.add("AH00534: " + Program.name() + ": Configuration error: " + error.message());
            case EXECUTION -> {
                if (!DEADLY.contains(number(error.message()))) {
                    lines.add("AH00526: Syntax error on " + error.at() + ":");
                }
                lines.add(error.message());
            }
        }
        return lines;
    }
}
