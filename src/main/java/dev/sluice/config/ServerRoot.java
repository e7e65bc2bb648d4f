package dev.sluice.config;

import dev.sluice.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What relative paths are relative to, while it is being read. Paths are texts of one char a byte. */
final class ServerRoot {
    private String path;
    private @Nullable String runtimeFolder;
    private boolean isElsewhere;
    private @Nullable String declared;

    ServerRoot(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    void change(String newPath) {
        path = newPath;
    }

    /** From now on a root that this machine does not have is not changed to: the one there is stands for it. */
    void elsewhere() {
        isElsewhere = true;
    }

    /** Whether the root there is stands for {@code missing} from now on. */
    boolean standsFor(String missing) {
        declared = isElsewhere ? missing : null;
        return isElsewhere;
    }

    /** Of DefaultRuntimeDir, absolute; null where no line gives it. */
    @Nullable
    String runtimeFolder() {
        return runtimeFolder;
    }

    void runtimeFolder(String name) {
        runtimeFolder = resolve(name);
    }

    /** {@code file} as httpd names it in messages: below the root, without {@code .}, {@code ..} and doubled slashes. */
    String resolve(String file) {
        String merged = merge(path, file);
        return declared != null && merged.startsWith(declared + "/")
                ? path + merged.substring(declared.length())
                : merged;
    }

    /** {@code file} below {@code root}, relative if both are (apr_filepath_merge). A slash at the end stays. */
    static String merge(String root, String file) {
        String joined = file.startsWith("/") ? file : root + "/" + file;
        boolean absolute = joined.startsWith("/");
        Deque<String> names = new ArrayDeque<>();
        for (int from = 0; from <= joined.length(); ) {
            int slash = joined.indexOf('/', from);
            int end = slash < 0 ? joined.length() : slash;
            add(joined.substring(from, end), absolute, names);
            from = end + 1;
        }
        return (absolute ? "/" : "") + String.join("/", names) + (file.endsWith("/") && !names.isEmpty() ? "/" : "");
    }

    private static void add(String name, boolean absolute, Deque<String> names) {
        if (name.equals("..") && (absolute || (!names.isEmpty() && !"..".equals(names.peekLast())))) {
            names.pollLast();
        } else if (!name.isEmpty() && !name.equals(".")) {
            names.addLast(name);
        }
    }

    /** The path in the file system; null for a name that no file can have here. */
    static @Nullable Path toPath(String bytes) {
        try {
            return Path.of(SourceFile.utf8(bytes));
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** A name from the file system as bytes, one a char. */
    static String toBytes(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
