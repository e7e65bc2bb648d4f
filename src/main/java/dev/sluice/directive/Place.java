package dev.sluice.directive;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where a line stands.
 *
 * @param overrides what AllowOverride admits, for {@link Kind#HTACCESS}
 * @param sections names of the sections around it, outermost first, without brackets
 */
public record Place(Kind kind, Set<AllowOverride> overrides, List<String> sections) {
    public enum Kind {
        SERVER,
        DIRECTORY,
        HTACCESS
    }

    public static final Place TOP = new Place(Kind.SERVER, EnumSet.noneOf(AllowOverride.class), List.of());

    /** Inside {@code section}. */
    public Place inside(String section, Kind kind) {
        List<String> all = new ArrayList<>(sections);
        all.add(section);
        return new Place(kind, overrides, List.copyOf(all));
    }

    /** Inside {@code section}, which takes directives of one class alone, as an access file would. */
    public Place insideOnly(String section, AllowOverride only) {
        return new Place(Kind.HTACCESS, EnumSet.of(only), inside(section, kind).sections);
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
