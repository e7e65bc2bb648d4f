package dev.sluice.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server looks when its command line does not say: httpd has it built in, here it is the first of the usual
 * layouts that this machine has.
 *
 * @param root HTTPD_ROOT
 * @param configFile SERVER_CONFIG_FILE
 * @param pidFile DEFAULT_PIDLOG
 * @param runtimeFolder where httpd would keep its mutexes
 */
record Layout(String root, String configFile, String pidFile, String runtimeFolder) {
    private static final String UPSTREAM_FILE = "conf/httpd.conf";
    private static final String UPSTREAM_PID = "logs/httpd.pid";
    private static final Layout DEBIAN =
            new Layout("/etc/apache2", "apache2.conf", "/run/apache2.pid", "/var/run/apache2/");
    private static final Layout RED_HAT = new Layout("/etc/httpd", UPSTREAM_FILE, "/run/httpd/httpd.pid", "run/");
    private static final Layout UPSTREAM = new Layout("/usr/local/apache2", UPSTREAM_FILE, UPSTREAM_PID, "logs/");

    /** That of this machine. */
    static Layout here() {
        for (Layout each : List.of(DEBIAN, RED_HAT)) {
            if (Files.exists(Path.of(each.root, each.configFile))) {
                return each;
            }
        }
        return UPSTREAM;
    }

    /** The configuration file in full. */
    String configPath() {
        return Path.of(root, configFile).toString();
    }

    /** The configuration file below {@code serverRoot} where the command line names none. */
    String configFileBelow(@Nullable String serverRoot) {
        if (serverRoot == null || Files.exists(Path.of(serverRoot, configFile))) {
            return configFile;
        }
        String other = configFile.equals(UPSTREAM_FILE) ? DEBIAN.configFile : UPSTREAM_FILE;
        return Files.exists(Path.of(serverRoot, other)) ? other : configFile;
    }
}
