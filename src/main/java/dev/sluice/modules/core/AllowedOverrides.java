package dev.sluice.modules.core;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Overrides;
import dev.sluice.model.Settings;
import dev.sluice.model.View;
import java.util.EnumSet;
import java.util.Set;

/**
 * What AllowOverride and AllowOverrideList come to.
 *
 * @param isNone true where access files are not looked for. Without any AllowOverride they are, but may say nothing.
 */
record AllowedOverrides(boolean isNone, Overrides overrides) {
    /** What stands behind AllowOverride. */
    record Classes(Set<AllowOverride> classes, boolean skipsForbidden, boolean skipsUnknown) {
        static final Classes NONE = new Classes(Set.of(), false, false);

        boolean isNone() {
            return classes.isEmpty() && !skipsForbidden && !skipsUnknown;
        }

        Classes with(AllowOverride added) {
            Set<AllowOverride> all = EnumSet.of(added);
            all.addAll(classes);
            return new Classes(all, skipsForbidden, skipsUnknown);
        }

        Classes skipping(boolean forbidden, boolean unknown) {
            return new Classes(classes, skipsForbidden || forbidden, skipsUnknown || unknown);
        }
    }

    static final View<AllowedOverrides> IN_FORCE = View.of(AllowedOverrides::of);

    private static AllowedOverrides of(Settings settings) {
        Classes classes = settings.get(OverrideDirectives.ALLOW_OVERRIDE);
        Set<String> listed = settings.get(OverrideDirectives.ALLOW_OVERRIDE_LIST);
        boolean none = settings.has(OverrideDirectives.ALLOW_OVERRIDE) && classes.isNone() && listed.isEmpty();
        Overrides overrides = new Overrides(
                Set.copyOf(classes.classes()),
                settings.get(OverrideDirectives.ALLOWED_OPTIONS),
                listed,
                classes.skipsForbidden(),
                classes.skipsUnknown());
        return new AllowedOverrides(none, overrides);
    }
}
