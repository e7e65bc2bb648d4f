package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopTest {
    private final Path folder;

    StopTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void linesOfAnswersAreKeptThoughAnotherRequestIsCutOff() throws Exception {
        Path log = folder.resolve("access.log");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String lines = "LoadModule log_config_module modules/mod_log_config.so\nCustomLog " + log + " %U\n"
                    + "ProxyPass /silent http://127.0.0.1:" + silent.getLocalPort() + "/\n";
            ConfiguredServer server = new ConfiguredServer(lines);
            try (Front.Client hanging = new Front.Client(server.port())) {
                hanging.write("GET /silent HTTP/1.1\r\nHost: front.example\r\n\r\n");
                silent.accept();
                for (int i = 0; i < 20; i++) {
                    server.get("/" + i);
                }

                long begin = System.nanoTime();
                server.close();

                List<String> kept = Files.readAllLines(log);
                assertEquals(
                        20, kept.stream().filter(line -> line.matches("/\\d+")).count(), kept::toString);
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                assertTrue(took.toSeconds() < 5, took::toString);
            }
        }
    }
}
