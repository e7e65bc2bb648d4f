package dev.sluice.modules.generators.autoindex;

import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.HtmlText;
import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Lookup;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entries of a folder that a client may know of. Reads disks: for worker threads. */
final class Entries {
    private final Request request;
    private final IndexSettings settings;
    private final IndexQuery query;
    private final String folder;

    /** {@code folder} is its file name, with a slash at its end. */
    Entries(Request request, IndexSettings settings, IndexQuery query, String folder) {
        this.request = request;
        this.settings = settings;
        this.query = query;
        this.folder = folder;
    }

    /** Unsorted. What is asked for each entry leaves no trace in the answer. */
    List<Entry> read() throws IOException {
        Path path = FileNames.path(folder);
        if (path == null) {
            throw new IOException("no such name");
        }
        HeaderMap answer = request.exchange().getResponseHeaders();
        List<HeaderValues> before = new ArrayList<>();
        answer.forEach(before::add);
        List<Entry> found = new ArrayList<>();
        Entry parent = parent();
        if (parent != null) {
            found.add(parent);
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(path)) {
            for (Path each : names) {
                Entry entry = entry(each);
                if (entry != null) {
                    found.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } finally {
            answer.clear();
            before.forEach(values -> answer.putAll(values.getHeaderName(), values));
        }
        return found;
    }

    /** Null for the topmost folder, and where IndexIgnore leaves it out (make_parent_entry). */
    private @Nullable Entry parent() {
        String path = request.path();
        String own = path.substring(0, path.lastIndexOf('/') + 1);
        int slash = own.length() < 2 ? -1 : own.lastIndexOf('/', own.length() - 2);
        String name = folder + "..";
        if (slash < 0 || ignores(name)) {
            return null;
        }
        if (!query.has(IndexOptions.FANCY_INDEXING)) {
            return new Entry(own.substring(0, slash + 1), null, null, null, -1, -1, false);
        }
        String icon = Item.of(settings.icons(), name);
        String alt = Item.of(settings.alts(), name);
        alt = alt != null ? alt : Item.of(settings.alts(), Item.DIRECTORY);
        return new Entry(
                own.substring(0, slash + 1),
                icon != null ? icon : Item.of(settings.icons(), Item.DIRECTORY),
                alt != null ? alt : "PARENTDIR",
                Description.of(settings.descriptions(), name),
                -1,
                -1,
                false);
    }

    private boolean ignores(String path) {
        for (Item item : settings.ignored()) {
            if (item.ignores(path)) {
                return true;
            }
        }
        return false;
    }

    /** Null for what is not to be listed (make_autoindex_entry). */
    private @Nullable Entry entry(Path path) {
        String name =
                new String(path.getFileName().toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (!query.admits(name) || ignores(folder + name)) {
            return null;
        }
        boolean isFolder = Files.isDirectory(path);
        Lookup.Result found = request.lookUpFile(isFolder ? name + "/" : name);
        Request looked = found.request();
        BasicFileAttributes file = looked.file();
        int status = found.status();
        boolean shown = status < 400 || (query.has(IndexOptions.SHOW_FORBIDDEN) && (status == 401 || status == 403));
        if (!shown || file == null || !(file.isDirectory() || file.isRegularFile())) {
            return null;
        }
        String listed = isFolder ? name + "/" : name;
        if (!query.has(IndexOptions.FANCY_INDEXING | IndexOptions.HTML_TABLE)) {
            return new Entry(listed, null, null, null, -1, -1, false);
        }
        long modified = file.lastModifiedTime().toMillis();
        return isFolder ? folder(listed, looked, modified) : file(listed, looked, modified, file.size());
    }

    private Entry folder(String listed, Request looked, long modified) {
        String name = folder + listed.substring(0, listed.length() - 1);
        String icon = Item.of(settings.icons(), name);
        String alt = Item.of(settings.alts(), name);
        alt = alt != null ? alt : Item.of(settings.alts(), Item.DIRECTORY);
        return new Entry(
                listed,
                icon != null ? icon : Item.of(settings.icons(), Item.DIRECTORY),
                alt != null ? alt : "DIR",
                description(name, looked),
                modified,
                -1,
                query.has(IndexOptions.FOLDERS_FIRST));
    }

    private Entry file(String listed, Request looked, long modified, long size) {
        String name = Objects.requireNonNullElse(looked.filename(), folder + listed);
        String type = withoutParameters(looked.contentType());
        String encoding = looked.contentEncoding();
        return new Entry(
                listed,
                Item.of(settings.icons(), name, type, encoding, false),
                Item.of(settings.alts(), name, type, encoding, false),
                description(name, looked),
                modified,
                size,
                false);
    }

    private @Nullable String description(String name, Request looked) {
        String given = Description.of(settings.descriptions(), name);
        return given == null && query.has(IndexOptions.SCAN_HTML_TITLES) ? HtmlTitle.of(looked) : given;
    }

    static @Nullable String withoutParameters(@Nullable String type) {
        int end = type == null ? -1 : type.indexOf(';');
        return type == null || end < 0 ? type : type.substring(0, end).strip();
    }

    /** {@code name} as a link: one with a colon would be taken for a scheme. */
    static String link(String name) {
        int colon = name.indexOf(':');
        int slash = name.indexOf('/');
        boolean scheme = colon >= 0 && (slash < 0 || colon < slash);
        return HtmlText.escaped((scheme ? "./" : "") + UrlPath.escaped(name));
    }
}
