package dev.sluice.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real configurations that httpd accepts, and the tree that it reads from each. httpd is done with LuaAuthzProvider when it
 * has read it; here it is a line like others.
 */
class GoldenTreesTest {
    private static final Pattern MODULE = Pattern.compile("(?m)^LoadModule (\\S+)");

    @TestFactory
    Stream<DynamicTest> readsTheTreeThatHttpdReads(@TempDir Path root) throws IOException {
        Path corpus = Samples.folder("corpus");
        List<String> modules = MODULE.matcher(Files.readString(corpus.resolve("preamble-modules.conf")))
                .results()
                .map(line -> line.group(1))
                .toList();
        Files.createDirectory(root.resolve("run"));
        return Samples.files(corpus.resolve("golden")).stream()
                .filter(file ->
                        file.toString().endsWith(".dump") && file.toFile().length() > 1)
                .map(dump -> DynamicTest.dynamicTest(
                        dump.getFileName().toString(), () -> compare(dump, modules, root.toString())));
    }

    private static void compare(Path dump, List<String> modules, String root) throws IOException, ConfigError {
        Path conf = Path.of(dump.toString().replaceAll("dump$", "conf"));
        LoadedModules loaded = LoadedModules.ofCatalogue();
        modules.forEach(loaded::load);
        ConfigReader reader = new ConfigReader(loaded, "/", List.of(), environment(root));

        ReadConfiguration read = reader.read(
                SourceFile.of("@FILE@", Files.readString(conf, ISO_8859_1).replace("@ROOT@", root)));

        assumeTrue(read.files().size() == 1, "includes files of this machine");
        assertEquals(
                Dump.normal(Files.readString(dump, ISO_8859_1).lines()),
                Dump.of(read.lines().stream()
                                .filter(line -> !line.name().equalsIgnoreCase("LuaAuthzProvider"))
                                .toList())
                        .stream()
                        .map(line -> line.replace(root.toLowerCase(Locale.ROOT), "@root@")
                                .replace("/tmp/", "@tmp@/"))
                        .toList());
    }

    /** What Debian's envvars gave when the trees were made. */
    private static Map<String, String> environment(String root) {
        return Map.of(
                "APACHE_LOG_DIR", root + "/logs",
                "APACHE_RUN_DIR", root + "/run",
                "APACHE_LOCK_DIR", root + "/run",
                "APACHE_PID_FILE", root + "/run/pid",
                "APACHE_RUN_USER", "www-data",
                "APACHE_RUN_GROUP", "www-data");
    }
}
