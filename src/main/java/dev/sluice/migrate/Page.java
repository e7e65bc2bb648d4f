package dev.sluice.migrate;

import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The frame of the pages that are written here: styles inline, nothing fetched. */
final class Page {
    private static final String FRAME = frame();

    private Page() {}

    static String of(String title, String body) {
        return FRAME.replace("@TITLE@", html(title)).replace("@BODY@", body);
    }

    private static String frame() {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("page.html"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes held one a char as text of HTML. */
    static String html(String bytes) {
        return SourceFile.utf8(bytes)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
