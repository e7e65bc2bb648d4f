package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A configuration that is looked at where it lies, whatever machine it is for. */
final class ConfigurationFile {
    private static final Pattern EXPORT =
            Pattern.compile("\\s*export\\s+([A-Za-z_]+)=([^\\s$]*(?:\\$SUFFIX[^\\s$]*)?)\\s*");

    private ConfigurationFile() {}

    /**
     * What reads {@code file}.
     *
     * @param root what stands for the ServerRoot; the file's folder where it is null, or the one above a {@code conf}
     */
    static ConfigLoader.Request request(Path file, @Nullable String root, Set<String> defines) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        String from = root == null ? String.valueOf(root(folder)) : root;
        return new ConfigLoader.Request(
                Program.absolute(from),
                Program.absolute(file.toString()),
                List.of(),
                List.of(),
                defines,
                environment(folder));
    }

    private static @Nullable Path root(@Nullable Path folder) {
        return folder != null && folder.endsWith("conf") ? folder.getParent() : folder;
    }

    /** This process's, and what Debian's {@code envvars} beside the file or the folder it is in would add. */
    private static Map<String, String> environment(@Nullable Path folder) {
        Map<String, String> all = Program.environment();
        Path above = folder == null ? null : folder.getParent();
        Path own = folder == null ? null : folder.resolve("envvars");
        Path file = own == null || Files.isReadable(own) || above == null ? own : above.resolve("envvars");
        if (file == null || !Files.isReadable(file)) {
            return all;
        }
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                Matcher export = EXPORT.matcher(line);
                if (export.matches()) {
                    all.putIfAbsent(export.group(1), export.group(2).replace("$SUFFIX", ""));
                }
            }
        } catch (IOException e) {
            return all;
        }
        return all;
    }
}
