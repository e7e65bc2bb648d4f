package dev.sluice.modules.http;

import dev.sluice.modules.http.Extension.Attribute;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the extensions of one name from left to right; a later one's word stands, languages and encodings add up. */
final class FileNameReading {
    private final Map<String, Extension> extensions;
    private final Map<String, String> types;
    private final List<String> languages = new ArrayList<>(2);
    private @Nullable String type;
    private @Nullable String charset;
    private @Nullable String encoding;
    private @Nullable String handler;
    private @Nullable String inputFilters;
    private @Nullable String outputFilters;
    private final MultiviewsMatch match;

    /** The name and the extensions that say nothing, a slash between them. */
    private String unclaimed = "";

    private boolean claimed;

    FileNameReading(Map<String, Extension> extensions, Map<String, String> types, MultiviewsMatch match) {
        this.match = match;
        this.extensions = extensions;
        this.types = types;
    }

    /** Leading dots and what follows them up to the next dot are the name itself. */
    void read(String name) {
        int base = 0;
        while (base < name.length() && name.charAt(base) == '.') {
            base++;
        }
        int dot = name.indexOf('.', base);
        unclaimed = dot < 0 ? name : name.substring(0, dot);
        while (dot >= 0) {
            int next = name.indexOf('.', dot + 1);
            String extension = name.substring(dot + 1, next < 0 ? name.length() : next);
            if (!extension.isEmpty()) {
                boolean known = take(extension.toLowerCase(Locale.ROOT)) || match.claimsAll();
                claimed |= known;
                unclaimed = known ? unclaimed : unclaimed + "/" + extension;
            }
            dot = next;
        }
    }

    /** False where the extension says nothing that a client could ask for. */
    private boolean take(String name) {
        Extension extension = extensions.get(name);
        String given = extension == null ? null : extension.get(Attribute.TYPE);
        String found = given == null ? types.get(name) : given;
        type = found == null || found.isEmpty() ? type : found;
        boolean known = found != null && !found.isEmpty();
        if (extension == null) {
            return known;
        }
        charset = or(extension.get(Attribute.CHARSET), charset);
        handler = or(extension.get(Attribute.HANDLER), handler);
        inputFilters = or(extension.get(Attribute.INPUT_FILTERS), inputFilters);
        outputFilters = or(extension.get(Attribute.OUTPUT_FILTERS), outputFilters);
        String language = extension.get(Attribute.LANGUAGE);
        if (language != null && !language.isEmpty()) {
            languages.add(language);
        }
        String own = extension.get(Attribute.ENCODING);
        if (own != null && !own.isEmpty()) {
            encoding = encoding == null ? own : encoding + ", " + own;
        }
        return known
                || isGiven(extension.get(Attribute.CHARSET))
                || isGiven(language)
                || isGiven(own)
                || (match.claimsHandlers() && isGiven(extension.get(Attribute.HANDLER)))
                || (match.claimsFilters() && isGiven(extension.get(Attribute.OUTPUT_FILTERS)));
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    private static @Nullable String or(@Nullable String given, @Nullable String before) {
        return given == null || given.isEmpty() ? before : given;
    }

    void applyTo(Request request, String defaultLanguage) {
        if (claimed && request.isSubRequest()) {
            request.notes().set("ap-mime-exceptions-list", unclaimed);
        }
        if (type != null) {
            String whole = MediaType.with(type, charset);
            if (whole == null) {
                request.errorLog().log(Level.WARN, "mime", "AH01599: Cannot get media type from '" + type + "'");
            }
            request.contentType(whole == null ? type : whole);
        }
        if (encoding != null) {
            request.contentEncoding(encoding);
        }
        if (handler != null) {
            request.handler(handler);
        }
        if (!languages.isEmpty()) {
            request.contentLanguages(List.copyOf(languages));
        } else if (!defaultLanguage.isEmpty() && request.contentLanguages().isEmpty()) {
            request.contentLanguages(List.of(defaultLanguage));
        }
        for (String name : names(outputFilters)) {
            request.addOutputFilter(name);
        }
        for (String name : names(inputFilters)) {
            request.addInputFilter(name);
        }
    }

    private static List<String> names(@Nullable String filters) {
        return filters == null
                ? List.of()
                : Stream.of(filters.split(";")).filter(name -> !name.isEmpty()).toList();
    }
}
