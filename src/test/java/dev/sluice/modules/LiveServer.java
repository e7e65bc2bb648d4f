package dev.sluice.modules;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.server.HttpdServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A server on a free port of the loopback interface, made from a few lines of configuration. */
public final class LiveServer implements AutoCloseable {
    private static final String MODULES =
            """
            LoadModule mpm_event_module mod_mpm_event.so
            LoadModule authz_core_module mod_authz_core.so
            LoadModule authz_host_module mod_authz_host.so
            LoadModule access_compat_module mod_access_compat.so
            LoadModule alias_module mod_alias.so
            LoadModule dir_module mod_dir.so
            LoadModule mime_module mod_mime.so
            LoadModule setenvif_module mod_setenvif.so
            LoadModule headers_module mod_headers.so
            ServerName www.example.com
            TypesConfig mime.types
            ErrorLog error.log
            LogLevel info
            """;

    /** What came back: the status, header lines in lower case, and the body. */
    public record Answer(int status, List<String> headers, String body) {
        /** The value of the first header of that name; empty where there is none. */
        public String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ": ";
            return headers.stream()
                    .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(h -> h.substring(prefix.length()))
                    .findFirst()
                    .orElse("");
        }
    }

    private final Path root;
    private final int port;
    private final HttpdServer server;

    private LiveServer(Path root, int port, HttpdServer server) {
        this.root = root;
        this.port = port;
        this.server = server;
    }

    /** Serves {@code root/htdocs} by {@code lines}; {@code ROOT} in them is {@code root}. */
    public static LiveServer start(Path root, String lines) throws IOException, ConfigError, CannotStart {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.createDirectories(root.resolve("htdocs"));
        if (Files.notExists(root.resolve("mime.types"))) {
            Files.writeString(root.resolve("mime.types"), "# types\ntext/html html htm\ntext/plain\ttxt\n");
        }
        ConfigLoader.Loaded loaded =
                load(root, "Listen 127.0.0.1:" + port + "\nDocumentRoot ROOT/htdocs\n" + lines.replace("\r", ""));
        ConfigError error = loaded.firstError();
        if (error != null) {
            throw error;
        }
        for (HttpdModule module : loaded.modules()) {
            module.check(loaded.configuration());
        }
        return new LiveServer(root, port, HttpdServer.start(loaded));
    }

    /** What {@code -t} would complain of; empty for nothing. */
    public static String complaint(Path root, String lines) throws IOException {
        try {
            ConfigLoader.Loaded loaded = load(root, lines);
            ConfigError error = loaded.firstError();
            if (error != null) {
                return lastLine(String.valueOf(error.getMessage()));
            }
            for (HttpdModule module : loaded.modules()) {
                module.check(loaded.configuration());
            }
            return "";
        } catch (ConfigError | CannotStart e) {
            return lastLine(String.valueOf(e.getMessage()));
        }
    }

    private static String lastLine(String message) {
        return message.substring(message.lastIndexOf('\n') + 1);
    }

    private static ConfigLoader.Loaded load(Path root, String lines) throws IOException, ConfigError {
        Path file = root.resolve("httpd.conf");
        Files.writeString(file, MODULES + lines.replace("ROOT", root.toString()) + "\n");
        return ConfigLoader.load(
                new ConfigLoader.Request(root.toString(), file.toString(), List.of(), List.of(), Set.of(), Map.of()),
                AllModules.create());
    }

    public Answer get(String path, String... headers) throws IOException {
        return ask("GET", path, headers);
    }

    /** The request target goes out as it stands. */
    public Answer ask(String method, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        boolean named = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            named |= header.startsWith("Host:");
        }
        request.append(named ? "\r\n" : "Host: www.example.com\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            List<String> lines = new ArrayList<>(List.of(all.substring(0, end).split("\r\n")));
            int status = Integer.parseInt(lines.remove(0).split(" ")[1]);
            return new Answer(status, List.copyOf(lines), all.substring(end + 4));
        }
    }

    /** Waits until the error log has a line with {@code text} in it; an empty string after two seconds without. */
    public String logged(String text) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            for (String line : Files.readAllLines(root.resolve("error.log"), StandardCharsets.ISO_8859_1)) {
                if (line.contains(text)) {
                    return line;
                }
            }
            Thread.sleep(20);
        }
        return "";
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.close();
    }
}
