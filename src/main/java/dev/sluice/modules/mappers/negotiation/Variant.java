package dev.sluice.modules.mappers.negotiation;

import dev.sluice.request.Request;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One form of a resource, and what the client thinks of it (struct var_rec, mod_negotiation.c). */
final class Variant {
    static final String PARSED_HTML = "text/x-server-parsed-html";
    static final String PARSED_HTML_3 = "text/x-server-parsed-html3";

    /** Relative to the folder. */
    String name = "";

    String type = "";
    String charset = "";
    String description = "";

    /** Null for none. */
    @Nullable
    String encoding;

    List<String> languages = List.of();

    /** The level of HTML. */
    float level;

    float sourceQuality = 1;

    /** The answer itself, where a type map has it; null for a file. */
    @Nullable
    String body;

    /** In bytes; -1 where nobody looked. */
    long length = -1;

    /** What the phases came to for its file; null where nobody looked. */
    @Nullable
    Request looked;

    // What the client thinks.
    float typeQuality = 1;
    float languageQuality = 1;
    float charsetQuality = 1;
    float encodingQuality = 1;
    float levelMatched;

    /** How exactly the type is asked for: 3 by its name, 2 by {@code type/*}, 1 by anything, 0 not at all. */
    int exactness;

    /** The place in LanguagePriority; -1 for none. */
    int priority = -1;

    /** False where a wildcard, or no header at all, was what matched. */
    boolean definite = true;

    void type(Accepted of) {
        type = of.name();
        sourceQuality = of.quality();
        level = of.level();
        charset = of.charset();
    }

    boolean isHtml() {
        return type.equals("text/html") || type.equals(PARSED_HTML) || type.equals(PARSED_HTML_3);
    }

    /** The languages as headers list them. */
    String languageList() {
        return String.join(",", languages);
    }

    /** The quality of the source without zeros at its end. */
    String qualityText() {
        String text = String.format(Locale.ROOT, "%1.3f", sourceQuality);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.charAt(end - 1) == '.' ? text.substring(0, end - 1) : text.substring(0, end);
    }
}
