package dev.sluice.modules.mappers.rewrite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code txt:} and {@code rnd:}, a file with a key and a value on each line. Each lookup looks whether the file has changed,
 * and reads it again where it has; a key given twice has its first value.
 */
final class TextMap implements RewriteMap {
    /** Longer lines count as several (REWRITE_MAX_TXT_MAP_LINE). */
    private static final int LONGEST_LINE = 1023;

    private record Contents(FileTime changed, Map<String, String> values) {}

    private final Path file;
    private final boolean random;
    private volatile @Nullable Contents read;

    /** @param random true where a value is one of several, a bar between them */
    TextMap(Path file, boolean random) {
        this.file = file;
        this.random = random;
    }

    @Override
    public @Nullable String lookUp(String name, String key, Trace trace) {
        Map<String, String> values = values(trace);
        String value = values == null ? null : values.get(key);
        if (value == null) {
            if (values != null && trace.keeps(5)) {
                trace.log(5, "map lookup FAILED: map=" + name + "[txt] key=" + key);
            }
            return null;
        }
        if (trace.keeps(5)) {
            trace.log(5, "map lookup OK: map=" + name + "[txt] key=" + key + " -> val=" + value);
        }
        if (!random) {
            return value;
        }
        String chosen = chosen(value);
        if (trace.keeps(5)) {
            trace.log(5, "randomly chosen the subvalue `" + chosen + "'");
        }
        return chosen.isEmpty() ? null : chosen;
    }

    private static String chosen(String value) {
        String[] choices = value.split("\\|", -1);
        return choices[ThreadLocalRandom.current().nextInt(choices.length)];
    }

    private @Nullable Map<String, String> values(Trace trace) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            Contents known = read;
            if (known == null || !known.changed.equals(changed)) {
                known = new Contents(changed, parsed());
                read = known;
            }
            return known.values;
        } catch (NoSuchFileException e) {
            trace.error(
                    "(2)No such file or directory: AH00661: mod_rewrite: can't access text RewriteMap file " + file);
        } catch (IOException e) {
            trace.error("(13)Permission denied: AH00655: mod_rewrite: can't open text RewriteMap file " + file);
        }
        return null;
    }

    private Map<String, String> parsed() throws IOException {
        Map<String, String> values = new HashMap<>();
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int at = 0;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int end = Math.min(newline < 0 ? text.length() : newline, at + LONGEST_LINE);
            add(text.substring(at, end), values);
            at = end == newline ? end + 1 : end;
        }
        return values;
    }

    /** A line that begins with a space or a hash says nothing, nor does one without a value. */
    private static void add(String line, Map<String, String> values) {
        int key = endOfWord(line, 0);
        if (key == 0 || line.startsWith("#")) {
            return;
        }
        int start = key;
        while (start < line.length() && ArgumentLine.isSpace(line.charAt(start))) {
            start++;
        }
        int end = endOfWord(line, start);
        if (end > start) {
            values.putIfAbsent(line.substring(0, key), line.substring(start, end));
        }
    }

    private static int endOfWord(String line, int from) {
        int at = from;
        while (at < line.length() && !ArgumentLine.isSpace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    @Override
    public boolean blocks() {
        return true;
    }
}
