package dev.sluice.modules;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.HttpdWarning;
import dev.sluice.server.HttpdServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A server on a free port, with a configuration of a few lines and a folder of files. */
public final class Site implements AutoCloseable {
    private static final String PREAMBLE =
            """
            LoadModule mpm_event_module mod_mpm_event.so
            LoadModule authz_core_module mod_authz_core.so
            LoadModule headers_module mod_headers.so
            LoadModule env_module mod_env.so
            LoadModule setenvif_module mod_setenvif.so
            LoadModule alias_module mod_alias.so
            ServerName x.test
            """;

    private final HttpdServer server;
    private final Path root;
    private final int port;

    private Site(HttpdServer server, Path root, int port) {
        this.server = server;
        this.root = root;
        this.port = port;
    }

    /** Serves {@code root/htdocs}; {@code @PORT@} in {@code lines} is the port. */
    public static Site of(Path root, String lines) throws Exception {
        int port = freePort();
        Files.createDirectories(root.resolve("logs"));
        Files.createDirectories(root.resolve("htdocs/d"));
        Files.writeString(root.resolve("htdocs/index.html"), "hello\n");
        Files.writeString(root.resolve("htdocs/a.txt"), "a\n");
        Files.writeString(root.resolve("htdocs/d/f.txt"), "d\n");
        String own = "Listen 127.0.0.1:" + port + "\nDocumentRoot htdocs\nErrorLog logs/error.log\n";
        ConfigLoader.Loaded loaded = load(root, own + lines.replace("@PORT@", Integer.toString(port)));
        @Nullable ConfigError error = loaded.firstError();
        if (error != null) {
            throw error;
        }
        return new Site(HttpdServer.start(loaded), root, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ConfigLoader.Loaded load(Path root, String lines) throws IOException, ConfigError {
        Path file = root.resolve("httpd.conf");
        Files.writeString(file, PREAMBLE + lines + "\n", StandardCharsets.ISO_8859_1);
        return ConfigLoader.load(
                new ConfigLoader.Request(root.toString(), file.toString(), List.of(), List.of(), Set.of(), Map.of()),
                AllModules.create());
    }

    /** The message that {@code -t} ends with; empty for a good configuration. Lines are parted by {@code ;;}. */
    public static String complaint(Path root, String lines) throws IOException {
        try {
            ConfigError error = load(root, lines.replace(";;", "\n")).firstError();
            String text = error == null ? "" : String.valueOf(error.getMessage());
            return text.substring(text.lastIndexOf('\n') + 1);
        } catch (ConfigError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What is warned of, one a line. */
    public static String warnings(Path root, String lines) throws IOException, ConfigError {
        ConfigLoader.Loaded loaded = load(root, lines.replace(";;", "\n"));
        StringBuilder all = new StringBuilder();
        for (HttpdWarning warning : loaded.warnings()) {
            all.append(warning.text()).append('\n');
        }
        return all.toString();
    }

    public int port() {
        return port;
    }

    /** Head and body of the answer to a GET, with header lines as they are given. */
    public String get(String target, String... headers) throws IOException {
        boolean hasHost = headers.length > 0 && headers[0].startsWith("Host:");
        String host = hasHost ? "" : "Host: 127.0.0.1:" + port + "\r\n";
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send("GET " + target + " HTTP/1.1\r\n" + host + lines + "Connection: close\r\n\r\n");
    }

    /** What comes back for {@code bytes}, given one a char, until the server closes. */
    public String send(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The values of a header of {@code answer} in order, parted by a bar. */
    public static String header(String answer, String name) {
        StringBuilder values = new StringBuilder();
        for (String line :
                answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n"))).split("\r\n")) {
            if (line.regionMatches(true, 0, name + ": ", 0, name.length() + 2)) {
                values.append(values.length() == 0 ? "" : "|").append(line.substring(name.length() + 2));
            }
        }
        return values.toString();
    }

    /** The status of {@code answer}. */
    public static String status(String answer) {
        return answer.substring(9, 12);
    }

    /** The text of a log once it is as wanted; what it is after two seconds where it never is. */
    public String log(String name, Predicate<String> wanted) throws IOException, InterruptedException {
        Path file = root.resolve("logs").resolve(name);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        String text = "";
        do {
            Thread.sleep(5);
            text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } while (!wanted.test(text) && System.nanoTime() < until);
        return text;
    }

    /** The text of a log once it has {@code count} lines. */
    public String lines(String name, int count) throws IOException, InterruptedException {
        return log(name, text -> text.lines().count() >= count);
    }

    @Override
    public void close() {
        server.close();
    }
}
