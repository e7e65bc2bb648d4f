package dev.sluice.modules.ssl;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.connection.ListenerPlan;
import dev.sluice.connection.TlsPlan;
import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.AllModules;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads a configuration of a few lines, with mod_ssl and what it needs. */
final class Loading {
    private static final String MODULES =
            """
            LoadModule mpm_event_module mod_mpm_event.so
            LoadModule socache_shmcb_module mod_socache_shmcb.so
            LoadModule ssl_module mod_ssl.so
            ServerName main.test
            """;

    private Loading() {}

    static ConfigLoader.Loaded load(Path root, String lines) throws IOException, ConfigError {
        Path file = root.resolve("httpd.conf");
        Files.writeString(file, MODULES + lines + "\n");
        return ConfigLoader.load(
                new ConfigLoader.Request(root.toString(), file.toString(), List.of(), List.of(), Set.of(), Map.of()),
                AllModules.create());
    }

    /** What {@code -t} would complain of; empty for nothing. */
    static String complaint(Path root, String lines) throws IOException {
        try {
            ConfigError error = load(root, lines).firstError();
            return error == null ? "" : String.valueOf(error.getMessage());
        } catch (ConfigError e) {
            return String.valueOf(e.getMessage());
        }
    }

    static ListenerPlan plan(ConfigLoader.Loaded loaded, Server server) throws CannotStart {
        ListenerPlan plan = new ListenerPlan();
        for (HttpdModule module : loaded.modules()) {
            if (module instanceof SslModule ssl) {
                start(ssl, loaded.configuration());
            }
            module.connections(server, plan);
        }
        return plan;
    }

    /** The plan of the first virtual host. */
    static TlsPlan tls(Path root, String linesOfHost) throws IOException, ConfigError, CannotStart {
        return Objects.requireNonNull(host(root, linesOfHost).tls());
    }

    static ListenerPlan host(Path root, String linesOfHost) throws IOException, ConfigError, CannotStart {
        ConfigLoader.Loaded loaded = load(
                root,
                "<VirtualHost 127.0.0.1:443>\nServerName a.test\nSSLEngine on\n" + linesOfHost + "\n</VirtualHost>");
        @Nullable ConfigError error = loaded.firstError();
        if (error != null) {
            throw error;
        }
        return plan(loaded, loaded.configuration().hosts().get(0));
    }

    /** What cannot start says all that it wrote to the error log. */
    private static void start(SslModule ssl, Configuration configuration) throws CannotStart {
        List<String> log = new ArrayList<>();
        try {
            ssl.start(new Starting(configuration, log));
        } catch (CannotStart e) {
            throw new CannotStart(String.join("; ", log));
        }
    }

    private record Starting(Configuration configuration, List<String> lines) implements Start {
        @Override
        public ErrorLog errorLog(Server server) {
            return new ErrorLog() {
                @Override
                public boolean keeps(Level level, String module) {
                    return true;
                }

                @Override
                public void log(Level level, String module, @Nullable HttpServerExchange exchange, String message) {
                    lines.add(message);
                }
            };
        }

        @Override
        public void onStop(Runnable action) {}
    }
}
