package dev.sluice.config;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.module.HttpdModule;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A module of httpd that has no class here. Its directives are checked as the {@link Catalogue} says, then noted where
 * nothing that is served depends on them, or refused: whatever guards access or changes what is served must not be
 * accepted without effect.
 */
final class UnhandledModule implements HttpdModule {
    /** The manual has them for the main server alone; the code does not mind. */
    private static final Set<String> IN_VIRTUAL_HOSTS_TOO =
            Set.of("dumpioinput", "dumpiooutput", "cachefile", "mmapfile");

    private final Catalogue.Module module;

    UnhandledModule(Catalogue.Module module) {
        this.module = module;
    }

    @Override
    public String id() {
        return module.id();
    }

    @Override
    public String file() {
        return module.file();
    }

    /** The row of a directive of this module, made when a line asks for it. */
    Directive directive(Catalogue.Row row) {
        UnhandledVerdict verdict = UnhandledVerdict.of(row.name(), module.file());
        return Directive.directive(row.name(), places(row), checked(row.name(), verdict.does(args(row))));
    }

    /** What httpd says of the words goes before what is said here of the directive. */
    private static Directive.Does checked(String name, Directive.Does does) {
        return new Directive.Does(
                does.args(),
                (line, scope) -> {
                    ArgumentChecks.apply(name, line, scope);
                    does.effect().apply(line, scope);
                },
                does.verdict(),
                does.gives(),
                does.reads());
    }

    private static Args args(Catalogue.Row row) {
        for (Args args : Args.values()) {
            if (args.name().equals(row.argsHow())) {
                return args;
            }
        }
        return Args.RAW_ARGS;
    }

    private static Places places(Catalogue.Row row) {
        Set<AllowOverride> classes = EnumSet.noneOf(AllowOverride.class);
        String flags = row.flags();
        for (AllowOverride each : AllowOverride.values()) {
            if (flags.contains("OR_ALL") || flags.contains(flag(each)) || names(row.override(), each)) {
                classes.add(each);
            }
        }
        List<String> contexts = row.contexts();
        boolean known = !flags.isEmpty();
        boolean servers = known ? flags.contains("RSRC_CONF") : contexts.contains("server config");
        boolean directories = known ? flags.contains("ACCESS_CONF") : contexts.contains("directory");
        boolean mainOnly = contexts.size() == 1
                && contexts.get(0).equals("server config")
                && !IN_VIRTUAL_HOSTS_TOO.contains(row.name().toLowerCase(Locale.ROOT));
        return new Places(classes, servers, directories, mainOnly, flags.contains("PROXY_CONF"));
    }

    private static boolean names(@Nullable String override, AllowOverride each) {
        return override != null && List.of(override.split("[, ]+")).contains(each.word());
    }

    private static String flag(AllowOverride each) {
        return switch (each) {
            case AUTH_CONFIG -> "OR_AUTHCFG";
            case FILE_INFO -> "OR_FILEINFO";
            default -> "OR_" + each.word().toUpperCase(Locale.ROOT);
        };
    }
}
