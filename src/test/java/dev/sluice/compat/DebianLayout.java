package dev.sluice.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of Debian's own {@code /etc/apache2} in a root, with its ports replaced and its symbolic links kept. */
final class DebianLayout {
    private static final Path INSTALLED = Path.of("/etc/apache2");

    private DebianLayout() {}

    /** Copies what is installed; returns the main file of the copy. */
    static Path copy(Path root, int port, int tlsPort) throws IOException {
        Path copy = root.resolve("apache2");
        try (Stream<Path> all = Files.walk(INSTALLED)) {
            for (Path from : (Iterable<Path>) all::iterator) {
                Path to = copy.resolve(INSTALLED.relativize(from).toString());
                Files.copy(from, to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (String file :
                List.of("ports.conf", "sites-available/000-default.conf", "sites-available/default-ssl.conf")) {
            Path edited = copy.resolve(file);
            String text = Files.readString(edited);
            Files.writeString(
                    edited,
                    text.replaceAll("(Listen |\\*:)80\\b", "$1" + port)
                            .replaceAll("(Listen |_default_:|\\*:)443\\b", "$1" + tlsPort));
        }
        return copy.resolve("apache2.conf");
    }

    /** What {@code envvars} exports, all of it within the root. */
    static Map<String, String> environment(Path root) {
        return Map.of(
                "APACHE_RUN_USER",
                "www-data",
                "APACHE_RUN_GROUP",
                "www-data",
                "APACHE_PID_FILE",
                root + "/httpd.pid",
                "APACHE_RUN_DIR",
                root.toString(),
                "APACHE_LOCK_DIR",
                root.toString(),
                "APACHE_LOG_DIR",
                root + "/logs",
                "LANG",
                "C");
    }
}
