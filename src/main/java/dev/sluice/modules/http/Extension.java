package dev.sluice.modules.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file name's extension says.
 *
 * @param values by attribute; an empty one says that there is none, whatever outer sections and mime.types say
 */
record Extension(Map<Attribute, String> values) {
    enum Attribute {
        TYPE,
        ENCODING,
        CHARSET,
        LANGUAGE,
        HANDLER,
        INPUT_FILTERS,
        OUTPUT_FILTERS
    }

    @Nullable
    String get(Attribute attribute) {
        return values.get(attribute);
    }

    /**
     * The extensions that the lines of a section speak of.
     *
     * @param added by extension in lower case, without a dot
     * @param removed the same; within one section these win
     */
    record Table(Map<String, Extension> added, Map<String, List<Attribute>> removed) {
        static final Table EMPTY = new Table(Map.of(), Map.of());

        static Table adding(String extension, Attribute attribute, String value) {
            return new Table(Map.of(extension, new Extension(Map.of(attribute, value))), Map.of());
        }

        static Table removing(String extension, Attribute attribute) {
            return new Table(Map.of(), Map.of(extension, List.of(attribute)));
        }

        /** A later line of the same section. */
        Table line(Table later) {
            Map<String, List<Attribute>> gone = new HashMap<>(removed);
            later.removed.forEach((name, attributes) -> gone.merge(name, attributes, Table::joined));
            return new Table(overlaid(added, later.added), Map.copyOf(gone));
        }

        /** An inner section. */
        Table inner(Table inner) {
            return new Table(overlaid(inForce(), inner.added), inner.removed);
        }

        /** What is added, less what is removed. */
        Map<String, Extension> inForce() {
            Map<String, Extension> all = new HashMap<>(added);
            removed.forEach((name, attributes) -> {
                Map<Attribute, String> values = new HashMap<>();
                attributes.forEach(attribute -> values.put(attribute, ""));
                all.merge(name, new Extension(Map.copyOf(values)), Extension::over);
            });
            return Map.copyOf(all);
        }

        private static Map<String, Extension> overlaid(Map<String, Extension> base, Map<String, Extension> over) {
            Map<String, Extension> all = new HashMap<>(base);
            over.forEach((name, extension) -> all.merge(name, extension, Extension::over));
            return Map.copyOf(all);
        }

        private static List<Attribute> joined(List<Attribute> one, List<Attribute> other) {
            List<Attribute> all = new ArrayList<>(one);
            all.addAll(other);
            return List.copyOf(all);
        }
    }

    private Extension over(Extension later) {
        Map<Attribute, String> all = new HashMap<>(values);
        all.putAll(later.values);
        return new Extension(Map.copyOf(all));
    }
}
