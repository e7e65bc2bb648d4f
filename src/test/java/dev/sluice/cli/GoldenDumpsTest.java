package dev.sluice.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Samples;
import dev.sluice.request.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Real configurations that httpd accepts, and what it prints of their virtual hosts and lines. */
class GoldenDumpsTest {
    @TestFactory
    Stream<DynamicTest> theVirtualHostsAreThoseThatHttpdLists(@TempDir Path root) throws IOException {
        return compared(root, ".vhosts", loaded -> {
            List<String> hosts = VirtualHostList.of(loaded.configuration());
            return Stream.concat(Stream.of("VirtualHost configuration:"), hosts.stream())
                    .toList();
        });
    }

    @TestFactory
    Stream<DynamicTest> theLinesAreThoseThatHttpdExecutes(@TempDir Path root) throws IOException {
        return compared(root, ".dump", loaded -> {
            List<String> lines = ConfigurationText.of(loaded.read().lines());
            int from = lines.indexOf("# In file: " + root.resolve("FILE"));
            return from < 0 ? List.of() : lines.subList(from, lines.size());
        });
    }

    private interface Printing {
        List<String> of(ConfigLoader.Loaded loaded);
    }

    private static Stream<DynamicTest> compared(Path root, String kind, Printing printing) throws IOException {
        Path corpus = Samples.folder("corpus");
        for (String folder : List.of("run", "logs", "htdocs")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.copy(corpus.resolve("preamble-modules.conf"), root.resolve("modules.conf"));
        String preamble = Files.readString(corpus.resolve("preamble-base.conf"), ISO_8859_1);
        return Samples.files(corpus.resolve("golden")).stream()
                .filter(file -> file.toString().endsWith(kind))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Path conf = Path.of(file.toString().replaceAll("[.]\\w+$", ".conf"));
                    String text = Files.readString(conf, ISO_8859_1).replace("@ROOT@", root.toString());
                    Path copy = Files.writeString(root.resolve("FILE"), text, ISO_8859_1);
                    Path main = Files.writeString(
                            root.resolve("httpd.conf"),
                            preamble.replace("@ROOT@", root.toString()) + "Include " + copy + "\n",
                            ISO_8859_1);

                    assumeTrue(!text.contains("/etc/apache2/"), "includes files of this machine");
                    List<String> printed = printing.of(load(root, main));

                    assertEquals(
                            Files.readString(file, ISO_8859_1),
                            String.join("\n", printed)
                                            .replace(copy.toString(), "@FILE@")
                                            .replace(root.toString(), "@ROOT@")
                                    + "\n");
                }));
    }

    private static ConfigLoader.Loaded load(Path root, Path main) {
        Map<String, String> environment = Map.of(
                "APACHE_LOG_DIR", root + "/logs",
                "APACHE_RUN_DIR", root + "/run",
                "APACHE_LOCK_DIR", root + "/run",
                "APACHE_PID_FILE", root + "/run/pid",
                "APACHE_RUN_USER", "www-data",
                "APACHE_RUN_GROUP", "www-data");
        List<String> said = new ArrayList<>();
        ConfigLoader.Loaded loaded = new SyntaxCheck(new ConfigLoader.Request(
                        root.toString(), main.toString(), List.of(), List.of(), Set.of(), environment))
                .run(new Report() {
                    @Override
                    public void startup(String line) {
                        said.add(line);
                    }

                    @Override
                    public void log(String module, Level level, String line) {}
                });
        assumeTrue(loaded != null, () -> "refused, which ParityTest counts: " + String.join("\n", said));
        return Objects.requireNonNull(loaded);
    }
}
