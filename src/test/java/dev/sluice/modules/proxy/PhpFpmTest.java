package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The configuration that Debian ships for php-fpm, with php-fpm itself at its socket. */
class PhpFpmTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private Path root = Path.of("/");
    private @Nullable Process php;

    @BeforeEach
    void startPhp() throws Exception {
        List<Path> programs = programs();
        boolean needed = "true".equals(System.getenv("CI"));
        assumeTrue(needed || !programs.isEmpty(), "php-fpm is not installed");
        root = Files.createTempDirectory("sluice-php");
        Files.writeString(
                root.resolve("fpm.conf"),
                """
                [global]
                error_log = %s/fpm.log
                [www]
                listen = %s/php.sock
                pm = static
                pm.max_children = 2
                """
                        .formatted(root, root));
        Files.writeString(
                root.resolve("told.php"),
                "<?php header('X-Sapi: ' . php_sapi_name()); echo $_SERVER['SCRIPT_FILENAME'], ' ',"
                        + " $_SERVER['PATH_INFO'] ?? '-', ' ', $_GET['a'] ?? '-', ' ', $_POST['b'] ?? '-';");
        php = new ProcessBuilder(
                        programs.get(0).toString(),
                        "--nodaemonize",
                        "--allow-to-run-as-root",
                        "-y",
                        root + "/fpm.conf")
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("fpm.out").toFile())
                .start();
        for (int i = 0; i < 100 && !Files.exists(root.resolve("php.sock")); i++) {
            Thread.sleep(50);
        }
    }

    private static List<Path> programs() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("/usr/sbin"))) {
            return found.filter(path -> path.getFileName().toString().startsWith("php-fpm"))
                    .sorted()
                    .toList();
        }
    }

    @AfterEach
    void stopPhp() throws Exception {
        if (php != null) {
            php.destroy();
            php.waitFor();
        }
    }

    private String configuration() {
        return """
                LoadModule proxy_fcgi_module modules/mod_proxy_fcgi.so
                DocumentRoot %s
                <Directory %s>
                    Require all granted
                </Directory>
                <FilesMatch ".+\\.ph(?:ar|p|tml)$">
                    SetHandler "proxy:unix:%s/php.sock|fcgi://localhost"
                </FilesMatch>
                """
                .formatted(root, root, root);
    }

    @Test
    void aScriptIsRunWithItsPathAndItsForm() throws Exception {
        try (ConfiguredServer server = new ConfiguredServer(configuration())) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            "http://127.0.0.1:" + server.port() + "/told.php/more%20info?a=1"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("b=2"))
                    .build();

            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertEquals(200, answer.statusCode());
            assertEquals("fpm-fcgi", answer.headers().firstValue("X-Sapi").orElse(""));
            assertEquals(root + "/told.php /more info 1 2", answer.body());
        }
    }

    @Test
    void whatPhpComplainsOfIsInTheErrorLog() throws Exception {
        try (ConfiguredServer server = new ConfiguredServer(configuration())) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/none.php"))
                    .build();

            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertEquals(404, answer.statusCode());
            String log = server.log();
            assertTrue(log.contains("[proxy_fcgi:error]") && log.contains("AH01071: Got error 'Primary script unknown'"), log);
        }
    }
}
