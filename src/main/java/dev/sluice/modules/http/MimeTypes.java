package dev.sluice.modules.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The file that TypesConfig names: a type and its extensions a line, {@code #} before comments. */
final class MimeTypes {
    private MimeTypes() {}

    /** Types by extension in lower case. */
    static Map<String, String> read(Path file) throws IOException {
        Map<String, String> types = new HashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("[ \t]+");
            for (int i = 1; i < words.length; i++) {
                types.put(words[i].toLowerCase(Locale.ROOT), words[0]);
            }
        }
        return Map.copyOf(types);
    }
}
