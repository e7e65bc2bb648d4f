package dev.sluice.modules.generators.autoindex;

import dev.sluice.modules.core.FileNames;
import dev.sluice.request.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The title of a page, from its first 8 kB (find_title, mod_autoindex.c). */
final class HtmlTitle {
    private static final int LOOKED_AT = 8191;

    private HtmlTitle() {}

    static boolean isHtml(@Nullable String type) {
        String plain = Entries.withoutParameters(type);
        return plain != null
                && (plain.equalsIgnoreCase("text/html") || plain.equalsIgnoreCase("application/xhtml+xml"));
    }

    /** Null for what is no page, or has no title. */
    static @Nullable String of(Request page) {
        String type = page.contentType();
        boolean parsed = "text/x-server-parsed-html".equals(type);
        String name = page.filename();
        Path path = name == null ? null : FileNames.path(name);
        if (path == null || page.contentEncoding() != null || !(parsed || isHtml(type))) {
            return null;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return title(new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String title(String whole) {
        int nul = whole.indexOf('\0');
        String page = nul < 0 ? whole : whole.substring(0, nul);
        int tag = page.toLowerCase(Locale.ROOT).indexOf("<title>");
        if (tag < 0) {
            return null;
        }
        int from = tag + "<title>".length();
        int end = page.indexOf('<', from);
        String title = page.substring(from, end < 0 ? page.length() : end);
        int start = 0;
        while (start < title.length() && (title.charAt(start) == '\r' || title.charAt(start) == '\n')) {
            start++;
        }
        return title.substring(start).replace('\r', ' ').replace('\n', ' ');
    }
}
