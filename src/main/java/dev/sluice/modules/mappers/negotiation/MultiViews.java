package dev.sluice.modules.mappers.negotiation;

import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.LogFile;
import dev.sluice.request.Level;
import dev.sluice.request.Lookup;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files whose names are that of the request and extensions (read_types_multi, mod_negotiation.c). */
final class MultiViews {
    private final Request request;
    private final String folder;
    private final String base;
    private final List<Variant> variants = new ArrayList<>();
    private boolean matched;
    private @Nullable Request map;

    MultiViews(Request request) {
        this.request = request;
        String filename = String.valueOf(request.filename());
        int slash = filename.lastIndexOf('/');
        this.folder = filename.substring(0, slash + 1);
        this.base = filename.substring(slash + 1);
    }

    /** No variants and status 0 where nothing matches. */
    TypeMap.Result read() {
        int failed = names();
        Request found = map;
        if (failed != 0) {
            return new TypeMap.Result(List.of(), failed);
        }
        if (found != null) {
            Negotiation.validate(request, found.file());
            return TypeMap.read(request, found);
        }
        if (matched && variants.isEmpty()) {
            request.log(
                    Level.ERROR,
                    "negotiation",
                    "AH00687: Negotiation: discovered file(s) matching request: " + request.filename()
                            + " (None could be negotiated).");
            return new TypeMap.Result(List.of(), 404);
        }
        variants.sort(Comparator.comparing((Variant v) -> v.name));
        if (!variants.isEmpty()) {
            Negotiation.validate(request, variants);
        }
        return new TypeMap.Result(variants, 0);
    }

    /** The status that reading the folder fails with, or 0. */
    private int names() {
        Path path = FileNames.path(folder);
        if (path == null) {
            return 0;
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(path)) {
            for (Path each : names) {
                String name = new String(
                        each.getFileName().toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                boolean extended =
                        name.length() > base.length() && name.startsWith(base) && name.charAt(base.length()) == '.';
                if (extended && map == null && !Files.isDirectory(each)) {
                    matched = true;
                    take(name);
                }
            }
            return 0;
        } catch (DirectoryIteratorException e) {
            return unreadable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return unreadable(LogFile.reason(e));
        }
    }

    private int unreadable(String reason) {
        request.log(Level.ERROR, "negotiation", reason + ": AH00686: cannot read directory for multi: " + folder);
        return 403;
    }

    private void take(String name) {
        Lookup.Result found = request.lookUpFile(name);
        Request looked = found.request();
        BasicFileAttributes file = looked.file();
        if (file == null || !file.isRegularFile()) {
            return;
        }
        if (looked.handler() != null && looked.contentType() == null) {
            looked.contentType(VariantChoice.SCRIPT);
        }
        String type = looked.contentType();
        if (!isClaimed(looked) || found.status() != 200 || type == null) {
            return;
        }
        if (type.equals(TypeMap.MEDIA_TYPE) || "type-map".equals(looked.handler())) {
            map = looked;
            return;
        }
        looked.pathInfo(request.pathInfo());
        Variant variant = new Variant();
        variant.looked = looked;
        variant.name = name;
        variant.encoding = looked.contentEncoding();
        variant.languages = looked.contentLanguages();
        variant.type(Accepted.type(type));
        variants.add(variant);
    }

    /** True where every part of the name that says nothing about the file is in the name asked for, in this order. */
    private boolean isClaimed(Request looked) {
        String parts = looked.hasNotes() ? looked.notes().get("ap-mime-exceptions-list") : null;
        if (parts == null) {
            return false;
        }
        String[] unclaimed = parts.split("/", -1);
        int next = 0;
        for (String part : base.split("\\.", -1)) {
            if (next < unclaimed.length && unclaimed[next].equals(part)) {
                next++;
            }
        }
        return next == unclaimed.length;
    }
}
