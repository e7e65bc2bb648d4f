package dev.sluice.modules.mappers.rewrite;

import dev.sluice.modules.core.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paths on disk, bytes held one a char. */
final class LocalPath {
    private LocalPath() {}

    /** Without empty, {@code .} and {@code ..} components; a slash at the end stays. */
    static String canonical(String path) {
        String plain = relative(path, true);
        return plain == null ? "/" : "/" + plain;
    }

    /** {@code path} below {@code root}; null where it would climb out of it. */
    static @Nullable String below(String root, String path) {
        String plain = relative(path, false);
        return plain == null ? null : root + "/" + plain;
    }

    private static @Nullable String relative(String path, boolean stopsAtRoot) {
        List<String> kept = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (kept.isEmpty() && !stopsAtRoot) {
                    return null;
                }
                if (!kept.isEmpty()) {
                    kept.remove(kept.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                kept.add(part);
            }
        }
        String joined = String.join("/", kept);
        return path.endsWith("/") && !joined.isEmpty() ? joined + "/" : joined;
    }

    /** The first component of a path, with the slash before it. */
    static String top(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        int end = path.indexOf('/', start);
        return "/" + path.substring(start, end < 0 ? path.length() : end);
    }

    /** Blocks. */
    static boolean exists(String path) {
        Path file = FileNames.path(path);
        return file != null && file.toFile().exists();
    }

    /** {@code /~user/x} below that user's home; a path that names no user stays as it is. Blocks. */
    static String withHome(String path) {
        if (!path.startsWith("/~") || path.length() == 2 || path.charAt(2) == '/') {
            return path;
        }
        int end = path.indexOf('/', 2);
        String home = home(path.substring(2, end < 0 ? path.length() : end));
        if (home == null) {
            return path;
        }
        if (end < 0) {
            return home;
        }
        return (home.endsWith("/") ? home.substring(0, home.length() - 1) : home) + path.substring(end);
    }

    private static @Nullable String home(String user) {
        try {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length > 5 && fields[0].equals(user) && !fields[5].isEmpty()) {
                    return fields[5];
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    /** {@code path} with {@code prefix}, a directory, replaced by {@code by} (subst_prefix_path, mod_rewrite.c). */
    static String replaced(String path, String prefix, String by, Trace trace) {
        int length = prefix.endsWith("/") ? prefix.length() - 1 : prefix.length();
        if (!path.startsWith(prefix.substring(0, length)) || path.length() <= length || path.charAt(length) != '/') {
            return path;
        }
        String rest = path.substring(length + 1);
        trace.log(5, "strip matching prefix: " + path + " -> " + rest);
        String output = by + (by.isEmpty() || by.endsWith("/") ? "" : "/") + rest;
        trace.log(4, "add subst prefix: " + rest + " -> " + output);
        return output;
    }
}
