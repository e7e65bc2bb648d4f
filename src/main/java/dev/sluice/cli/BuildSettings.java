package dev.sluice.cli;

import dev.sluice.config.Catalogue;
import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.ConfigReader;
import dev.sluice.config.LoadedModules;
import dev.sluice.modules.core.Product;
import java.util.ArrayList;
import java.util.List;

/** What {@code -v} and {@code -V} print. */
final class BuildSettings {
    /** The release of httpd's module interface that 2.4.71 has; there is no C interface here. */
    private static final String MODULE_MAGIC_NUMBER = "20120211:142";

    private BuildSettings() {}

    static List<String> version() {
        return List.of(
                "Server version: Apache/" + Product.HTTPD_VERSION + " (Sluice/" + Product.VERSION + ")",
                "Server built:   " + Product.BUILT);
    }

    /** {@code -V}: the configuration is read for its MPM, not executed. */
    static int print(ConfigLoader.Request request, Layout layout, Console console) {
        LoadedModules modules = LoadedModules.ofCatalogue();
        ConfigReader reader = new ConfigReader(modules, request.serverRoot(), request.defines(), request.environment())
                .before(request.before())
                .after(request.after());
        List<String> errors = List.of();
        try {
            reader.read(request.file());
        } catch (ConfigError e) {
            errors = SyntaxCheck.lines(e);
        }
        SyntaxCheck.warn(reader.warnings(), console);
        lines(errors.isEmpty() ? mpm(modules) : "", layout).forEach(console::say);
        console.flush();
        errors.forEach(console::startup);
        return errors.isEmpty() ? 0 : 1;
    }

    private static String mpm(LoadedModules modules) {
        return modules.ids().stream()
                .filter(id -> id.startsWith("mpm_"))
                .map(Catalogue.get()::module)
                .map(module -> module == null ? "" : module.file().replaceFirst("\\.c$", ""))
                .findFirst()
                .orElse("");
    }

    private static List<String> lines(String mpm, Layout layout) {
        List<String> lines = new ArrayList<>(version());
        lines.add("Server's Module Magic Number: " + MODULE_MAGIC_NUMBER);
        lines.add("Server loaded:  Java " + Runtime.version());
        lines.add("Compiled using: Java 17");
        lines.add("Architecture:   " + System.getProperty("sun.arch.data.model", "64") + "-bit");
        lines.add("Server MPM:     " + mpm);
        if (!mpm.isEmpty()) {
            boolean threaded = !mpm.equals("prefork");
            lines.add("  threaded:     " + (threaded ? "yes (fixed thread count)" : "no"));
            lines.add("    forked:     " + "no");
        }
        lines.add("Server compiled with....");
        List.of(
                        "APR_HAS_SENDFILE",
                        "APR_HAVE_IPV6 (IPv4-mapped addresses enabled)",
                        "AP_HAVE_RELIABLE_PIPED_LOGS",
                        setting("HTTPD_ROOT", layout.root()),
                        setting("DEFAULT_PIDLOG", layout.pidFile()),
                        setting("DEFAULT_ERRORLOG", "logs/error_log"),
                        setting(
                                "AP_TYPES_CONFIG_FILE",
                                layout.configFile().startsWith("conf/") ? "conf/mime.types" : "mime.types"),
                        setting("SERVER_CONFIG_FILE", layout.configFile()))
                .forEach(setting -> lines.add(" -D " + setting));
        return lines;
    }

    private static String setting(String name, String value) {
        return name + "=\"" + value + "\"";
    }
}
