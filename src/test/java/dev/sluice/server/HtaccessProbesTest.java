package dev.sluice.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Samples;
import dev.sluice.modules.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What real httpd said of some dozens of small {@code .htaccess} files: the status of a request, and its log. */
class HtaccessProbesTest {
    /** Patterns of mod_rewrite are not read. */
    private static final Set<String> NOT_READ = Set.of();

    private final Path root;

    HtaccessProbesTest(@TempDir Path root) {
        this.root = root;
    }

    private record Probe(String name, String override, int status, List<String> log) {
        static Probe of(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file, ISO_8859_1);
            String override = lines.get(0).replaceFirst("AllowOverride: ", "").replace(" / ", "\n");
            int status = Integer.parseInt(lines.get(1).replaceFirst("status: ", ""));
            String name = file.getFileName().toString().replace(".expected", "");
            return new Probe(name, override, status, lines.subList(3, lines.size()));
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAndLogsAsHttpdDoes() throws Exception {
        Path samples = Samples.folder("lexical/htaccess");
        List<Probe> probes = new ArrayList<>();
        StringBuilder lines = new StringBuilder(
                """
                LoadModule authn_core_module mod_authn_core.so
                LoadModule env_module mod_env.so
                LoadModule ssl_module mod_ssl.so
                LoadModule rewrite_module mod_rewrite.so
                LogLevel warn
                """);
        for (Path file : Samples.files(samples)) {
            if (file.toString().endsWith(".expected")) {
                Probe probe = Probe.of(file);
                probes.add(probe);
                Path directory = Files.createDirectories(root.resolve("htdocs").resolve(probe.name));
                Files.copy(samples.resolve(probe.name + ".htaccess"), directory.resolve(".htaccess"));
                Files.writeString(directory.resolve("f.txt"), "x");
                lines.append("<Directory ")
                        .append(directory)
                        .append(">\nAllowOverride ")
                        .append(probe.override)
                        .append("\n</Directory>\n");
            }
        }
        LiveServer server = LiveServer.start(root, lines.toString());
        return probes.stream()
                .filter(probe -> !NOT_READ.contains(probe.name))
                .map(probe -> DynamicTest.dynamicTest(probe.name, () -> check(server, probe)))
                .onClose(server::close);
    }

    private void check(LiveServer server, Probe probe) throws Exception {
        String path = "/" + probe.name + "/f.txt";

        int status = server.get(path).status();

        assertEquals(probe.status, status);
        for (String line : probe.log) {
            String expected = line.replace("@DIR@", root.resolve("htdocs") + "/" + probe.name);
            String module = expected.substring(0, expected.indexOf(' '));
            String message = expected.substring(module.length() + 1);
            String logged = server.logged(message);
            assertEquals(message, logged.substring(Math.max(0, logged.length() - message.length())));
        }
    }
}
