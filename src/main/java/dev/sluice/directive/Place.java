package dev.sluice.directive;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a line stands.
 *
 * @param overrides what may stand there, for {@link Kind#HTACCESS} and {@link Kind#LIMITED}
 * @param sections names of the sections around it, outermost first, without brackets
 */
public record Place(Kind kind, Overrides overrides, List<String> sections) {
    public enum Kind {
        SERVER,
        DIRECTORY,
        /** An access file, and the sections in it. */
        HTACCESS,
        /** A section that takes directives of one class alone, wherever it stands. */
        LIMITED
    }

    public static final Place TOP = new Place(Kind.SERVER, Overrides.NONE, List.of());

    /** Inside {@code section}. */
    public Place inside(String section, Kind kind) {
        List<String> all = new ArrayList<>(sections);
        all.add(section);
        return new Place(kind, overrides, List.copyOf(all));
    }

    /** An access file's top. */
    public static Place accessFile(Overrides overrides) {
        return new Place(Kind.HTACCESS, overrides, List.of());
    }

    /** Inside {@code section}, which takes directives of one class alone, as an access file would. */
    public Place insideOnly(String section, AllowOverride only) {
        return new Place(Kind.LIMITED, overrides.only(only), inside(section, kind).sections);
    }

    /** True where a section of that name, in any case, is around the line. */
    public boolean within(String section) {
        return sections.stream().anyMatch(section::equalsIgnoreCase);
    }

    /** The innermost section's name, or an empty string. */
    public String innermost() {
        return sections.isEmpty() ? "" : sections.get(sections.size() - 1);
    }
}
