package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the configuration files that the paths on the command line stand for. */
final class LintPaths {
    /** Folders, as distributions have them, whose files are configurations whatever their names end in. */
    private static final Set<String> FOLDERS =
            Set.of("sites-available", "sites-enabled", "conf-available", "conf-enabled", "vhosts.d");

    private static final Set<String> MAIN = Set.of("httpd.conf", "apache2.conf");

    private LintPaths() {}

    /**
     * Files as they are; of a folder those below it that look like configurations, the main ones first. Each is named as
     * its path was.
     *
     * @throws IOException that says which path is neither file nor folder
     */
    static List<Path> files(List<String> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : paths) {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else {
                throw new IOException("'" + name + "' is neither a file nor a folder");
            }
        }
        return files;
    }

    /** The same, but of a folder that has main files only those: they include what else of it is in use. */
    static List<Path> mains(List<String> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : paths) {
            List<Path> each = files(List.of(name));
            List<Path> mains =
                    each.stream().filter(file -> MAIN.contains(name(file))).toList();
            files.addAll(mains.isEmpty() ? each : mains);
        }
        return files;
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = new ArrayList<>(all.filter(Files::isRegularFile)
                    .filter(LintPaths::looksLikeConfiguration)
                    .sorted()
                    .toList());
            List<Path> mains =
                    found.stream().filter(file -> MAIN.contains(name(file))).toList();
            found.removeAll(mains);
            found.addAll(0, mains);
            return found;
        }
    }

    private static boolean looksLikeConfiguration(Path file) {
        String name = name(file);
        Path parent = file.toAbsolutePath().getParent();
        boolean inFolder = parent != null && FOLDERS.contains(name(parent)) && !name.startsWith(".");
        return name.endsWith(".conf") || name.endsWith(".htaccess") || name.endsWith(".vhost") || inFolder;
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
