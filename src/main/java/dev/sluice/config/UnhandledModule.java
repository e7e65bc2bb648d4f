package dev.sluice.config;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.module.HttpdModule;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A module of httpd that has no class here. Its directives are checked as the {@link Catalogue} says, then noted where
 * nothing that is served depends on them, or refused: whatever guards access or changes what is served must not be
 * accepted without effect.
 */
final class UnhandledModule implements HttpdModule {
    /** Modules whose directives are noted, with what is missing without them. All others are refused. */
    private static final Map<String, String> NOTED = Map.ofEntries(
            Map.entry("mod_autoindex.c", "folders without an index page are not listed"),
            Map.entry("mod_deflate.c", "responses are not compressed"),
            Map.entry("mod_brotli.c", "responses are not compressed"),
            Map.entry("mod_filter.c", "there are no filters to order"),
            Map.entry("mod_negotiation.c", "variants of a page are not negotiated"),
            Map.entry("mod_reqtimeout.c", "Timeout bounds the reading of requests"),
            Map.entry("mod_status.c", "there is no status page"),
            Map.entry("mod_info.c", "there is no info page"),
            Map.entry("mod_expires.c", "responses carry no Expires of the server's making"),
            Map.entry("mod_mime_magic.c", "types are taken from names alone"),
            Map.entry("mod_usertrack.c", "visitors are not tracked"),
            Map.entry("mod_heartmonitor.c", "heartbeats are not listened for"),
            Map.entry("mod_heartbeat.c", "heartbeats are not sent"),
            Map.entry("mod_watchdog.c", "timers of its own serve here"),
            Map.entry("mod_buffer.c", "bodies are streamed"),
            Map.entry("mod_logio.c", "bytes are counted without it"),
            Map.entry("mod_socache_memcache.c", "there are no shared caches"),
            Map.entry("mod_socache_redis.c", "there are no shared caches"),
            Map.entry("mod_cern_meta.c", "metafiles are not read"));

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
        Args args = args(row);
        String missing = NOTED.get(module.file());
        String shortName = module.file().replace(".c", "");
        return Directive.directive(
                row.name(),
                places(row),
                missing == null
                        ? Directive.refused(args, shortName + " is not implemented")
                        : Directive.ignored(args, shortName + " is not implemented: " + missing));
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
        boolean mainOnly = contexts.size() == 1 && contexts.get(0).equals("server config");
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
