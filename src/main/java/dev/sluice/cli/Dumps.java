package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import dev.sluice.config.ReadConfiguration;
import dev.sluice.directive.Line;
import dev.sluice.model.Configuration;
import dev.sluice.model.Settings;
import dev.sluice.modules.arch.UnixdModule;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.LogFile;
import dev.sluice.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code -D DUMP_...} prints, and with it {@code -S} and {@code -M}. */
final class Dumps {
    /** What httpd prints for an id that is not set: -1 without a sign. */
    private static final long NO_ID = 0xffffffffL;

    /** The mutexes that httpd's modules have. Nothing is locked between processes here; they are named for who reads this. */
    private static final Map<String, List<String>> MUTEXES = Map.of(
            "watchdog_module", List.of("watchdog-callback"),
            "mpm_worker_module", List.of("mpm-accept"),
            "mpm_prefork_module", List.of("mpm-accept"),
            "proxy_module", List.of("proxy"),
            "proxy_balancer_module", List.of("proxy-balancer-shm"),
            "ssl_module", List.of("ssl-cache", "ssl-stapling", "ssl-stapling-refresh"),
            "rewrite_module", List.of("rewrite-map"),
            "auth_digest_module", List.of("authdigest-client"),
            "authn_socache_module", List.of("authn-socache"),
            "ldap_module", List.of("ldap-cache"));

    private Dumps() {}

    static List<String> of(Set<String> asked, ConfigLoader.Loaded loaded, Layout layout) {
        List<String> lines = new ArrayList<>();
        if (asked.contains("DUMP_INCLUDES")) {
            lines.add("Included configuration files:");
            loaded.read().inclusions().forEach(each -> lines.add(included(each)));
        }
        if (asked.contains("DUMP_VHOSTS")) {
            lines.add("VirtualHost configuration:");
            lines.addAll(VirtualHostList.of(loaded.configuration()));
        }
        if (asked.contains("DUMP_RUN_CFG")) {
            lines.addAll(runSettings(loaded, layout));
        }
        if (asked.contains("DUMP_MODULES")) {
            lines.addAll(ModuleList.loaded(loaded.configuration().modules()));
        }
        return lines;
    }

    private static String included(ReadConfiguration.Inclusion inclusion) {
        Line.At by = inclusion.by();
        String number = by == null ? "*" : Integer.toString(by.lineNumber());
        return "  " + "  ".repeat(depth(by)) + "(" + number + ") "
                + inclusion.file().name();
    }

    private static int depth(Line.@Nullable At by) {
        int depth = 0;
        for (Line.At at = by; at != null; at = at.includedFrom()) {
            depth++;
        }
        return depth;
    }

    private static List<String> runSettings(ConfigLoader.Loaded loaded, Layout layout) {
        Configuration configuration = loaded.configuration();
        Settings settings = configuration.main().settings();
        List<String> lines = new ArrayList<>();
        lines.add("ServerRoot: \"" + Program.bytes(configuration.serverRoot().toString()) + "\"");
        lines.add("Main DocumentRoot: \""
                + Program.bytes(settings.get(CoreModule.DOCUMENT_ROOT).toString()) + "\"");
        lines.add("Main ErrorLog: \"" + errorLog(settings.get(CoreModule.ERROR_LOG), configuration) + "\"");
        String runtime = loaded.read().runtimeFolder();
        lines.add("Mutex default: dir=\"" + (runtime == null ? layout.runtimeFolder() : runtime + "/")
                + "\" mechanism=default ");
        for (String id : configuration.modules()) {
            MUTEXES.getOrDefault(id, List.of()).forEach(mutex -> lines.add("Mutex " + mutex + ": using_defaults"));
        }
        lines.add("PidFile: \"" + PidFile.path(configuration, layout) + "\"");
        Map<String, String> values = loaded.read().values();
        for (String name : loaded.read().defines()) {
            if (name.equals(CoreModule.UNCHECKED_ROOTS)) {
                continue;
            }
            String value = values.get(name);
            lines.add("Define: " + name + (value == null ? "" : "=" + value));
        }
        lines.add("User: " + identity(settings.get(UnixdModule.USER), "/etc/passwd"));
        lines.add("Group: " + identity(settings.get(UnixdModule.GROUP), "/etc/group"));
        return lines;
    }

    private static String errorLog(String target, Configuration configuration) {
        boolean file = !LogFile.isPiped(target) && !target.startsWith("syslog");
        return file
                ? Program.bytes(LogFile.path(target, configuration.serverRoot()).toString())
                : target;
    }

    private static String identity(String name, String table) {
        OptionalInt id = name.isEmpty() ? OptionalInt.empty() : UnixdModule.id(SourceFile.utf8(name), Path.of(table));
        long number = id.isPresent() ? id.getAsInt() & NO_ID : NO_ID;
        return "name=\"" + (name.isEmpty() ? "#-1" : name) + "\" id=" + number;
    }
}
