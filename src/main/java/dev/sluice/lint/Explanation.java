package dev.sluice.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule is about, from its folder of {@code conf-samples/lint}: {@code why.txt}, and a bad and a good sample, in which
 * the findings stand as comments under the lines they are about.
 *
 * @param why the text, in paragraphs
 * @param bad a configuration that the rule finds something in
 * @param good one that does the same and is not found fault with
 */
public record Explanation(String why, String bad, String good) {
    /** What a sample is called, by the kind of file it is. */
    public static final List<String> ENDINGS = List.of(".conf", ".htaccess");

    /** That of the rule with that id; null where it has none. */
    public static @Nullable Explanation of(String id) {
        String why = read(id, "why.txt");
        if (why == null) {
            return null;
        }
        for (String ending : ENDINGS) {
            String bad = read(id, "bad" + ending);
            String good = read(id, "good" + ending);
            if (bad != null && good != null) {
                return new Explanation(why, bad, good);
            }
        }
        return null;
    }

    private static @Nullable String read(String id, String file) {
        try (InputStream in = Explanation.class.getResourceAsStream("samples/" + id + "/" + file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
