package dev.sluice.server;

import dev.sluice.modules.core.HtmlText;
import dev.sluice.modules.core.StatusText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The pages that httpd makes for each status, from {@code error-pages.txt}. Read when the first one is needed. */
final class ErrorPages {
    private static final Map<Integer, String> TEXTS = read();

    private static final String NO_EXPECTATION =
            "<p>No expectation was seen, the Expect request-header \nfield was not presented by the client.\n";

    private ErrorPages() {}

    /** What the page of 417 says of an {@code Expect: value}; its {@code notes}. */
    static String expectation(String value) {
        return "<p>The expectation given in the Expect request-header\nfield could not be met by this server.\n"
                + "The client sent<pre>\n    Expect: " + HtmlText.escaped(value) + "\n</pre>\n";
    }

    private static Map<Integer, String> read() {
        Map<Integer, String> texts = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(ErrorPages.class.getResourceAsStream("error-pages.txt"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            for (String page : all.substring("=== ".length()).split("(?m)^=== ", -1)) {
                int lineEnd = page.indexOf('\n');
                texts.put(Integer.valueOf(page.substring(0, lineEnd)), page.substring(lineEnd + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /**
     * @param title what stands behind the status instead of the usual words; empty for those
     * @param notes HTML, escaped where it holds the client's words; empty for none
     * @param signature the last line with its rule; empty for none
     */
    static String page(
            int status, String title, String method, String location, String admin, String notes, String signature) {
        if (title.isEmpty() && StatusText.of(status).isEmpty()) {
            return page(500, title, method, location, admin, notes, signature);
        }
        String reason = title.isEmpty() ? StatusText.of(status) : title;
        String text = TEXTS.getOrDefault(status, TEXTS.getOrDefault(500, ""))
                .replace("@METHOD@", HtmlText.escaped(method))
                .replace("@LOCATION@", HtmlText.escaped(location))
                .replace("@ADMIN@", HtmlText.escaped(admin))
                .replace("@EXPECTATION@", notes.isEmpty() ? NO_EXPECTATION : notes)
                .replace(status == 506 ? "@NOTES@" : "@NOTES@</p>", status == 506 ? notes : notes(notes));
        if (status == 300) {
            text = notes;
        } else if (status == 406) {
            text += notes;
        }
        if (status == 500 && !title.isEmpty() && !notes.isEmpty()) {
            // What is safe for everybody to see stands alone ("verbose-error-to: *").
            text = notes + "<p />\n";
        }
        return "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">\n"
                + "<html><head>\n<title>" + status + " " + reason + "</title>\n</head><body>\n<h1>" + reason
                + "</h1>\n" + text + signature + "</body></html>\n";
    }

    private static String notes(String notes) {
        return notes.isEmpty() ? "</p>" : notes + "</p>";
    }
}
