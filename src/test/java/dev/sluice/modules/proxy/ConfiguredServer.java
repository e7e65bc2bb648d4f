package dev.sluice.modules.proxy;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.modules.AllModules;
import dev.sluice.server.HttpdServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A whole server with a configuration of its own, on a free port, in a folder of its own. */
final class ConfiguredServer implements AutoCloseable {
    private final HttpdServer server;
    private final Path root;
    private final int port;

    /** @param lines what stands behind Listen, ServerName and the modules of the proxy */
    ConfiguredServer(String lines) throws Exception {
        root = Files.createTempDirectory("sluice");
        port = freePort();
        ConfigLoader.Loaded loaded = load(root, "Listen 127.0.0.1:" + port + "\n" + lines);
        ConfigError error = loaded.firstError();
        if (error != null) {
            throw error;
        }
        server = HttpdServer.start(loaded);
    }

    /** The complaint that {@code httpd -t} would end with; empty for a good configuration. */
    static String complaint(String lines) throws Exception {
        Path root = Files.createTempDirectory("sluice");
        try {
            ConfigError error = load(root, "Listen 127.0.0.1:1\n" + lines).firstError();
            return error == null ? "" : String.valueOf(error.getMessage());
        } catch (ConfigError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static ConfigLoader.Loaded load(Path root, String lines) throws Exception {
        Path file = root.resolve("httpd.conf");
        Files.writeString(
                file,
                """
                LoadModule mpm_event_module modules/mod_mpm_event.so
                LoadModule authz_core_module modules/mod_authz_core.so
                LoadModule proxy_module modules/mod_proxy.so
                LoadModule proxy_http_module modules/mod_proxy_http.so
                ServerName front.example
                ErrorLog error.log
                """
                        + lines + "\n");
        return ConfigLoader.load(
                new ConfigLoader.Request(root.toString(), file.toString(), List.of(), List.of(), Set.of(), Map.of()),
                AllModules.create());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String ask(String request) throws IOException {
        try (Front.Client client = new Front.Client(port)) {
            client.write(request);
            return client.readAll();
        }
    }

    String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: front.example\r\nConnection: close\r\n\r\n");
    }

    /** Another thread writes it: what is there once nothing has come for a while. */
    String log() throws IOException, InterruptedException {
        Path file = root.resolve("error.log");
        long before = -1;
        for (int i = 0; i < 20 && (Files.size(file) == 0 || Files.size(file) != before); i++) {
            before = Files.size(file);
            Thread.sleep(100);
        }
        return Files.readString(file);
    }

    @Override
    public void close() {
        server.close();
    }
}
