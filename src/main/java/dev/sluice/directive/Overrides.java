package dev.sluice.directive;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What AllowOverride and AllowOverrideList let an access file ({@code .htaccess}) say.
 *
 * @param classes the classes of directives admitted
 * @param options the bits of Options admitted, counted as core counts them; -1 for all
 * @param listed single directives admitted, in lower case, sections with {@code <}
 * @param skipsForbidden Nonfatal=Override: what is not admitted is warned of and passed over
 * @param skipsUnknown Nonfatal=Unknown: the same for what no loaded module has
 */
public record Overrides(
        Set<AllowOverride> classes, int options, Set<String> listed, boolean skipsForbidden, boolean skipsUnknown) {
    /** Nothing at all. */
    public static final Overrides NONE = of(EnumSet.noneOf(AllowOverride.class));

    /** Directives of some classes, with every option. */
    public static Overrides of(Set<AllowOverride> classes) {
        return new Overrides(Set.copyOf(classes), -1, Set.of(), false, false);
    }

    /** True where a directive of one of {@code wanted} is admitted, or one of that {@code name}. */
    public boolean admit(Set<AllowOverride> wanted, String name) {
        for (AllowOverride each : wanted) {
            if (classes.contains(each)) {
                return true;
            }
        }
        return !listed.isEmpty() && listed.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The same list, but of the classes {@code only} alone; what is not admitted is an error. */
    Overrides only(AllowOverride only) {
        return new Overrides(Set.of(only), options, listed, false, false);
    }
}
