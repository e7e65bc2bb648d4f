package dev.sluice.modules.aaa;

import dev.sluice.model.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * The authorization directives of a section.
 *
 * @param children what they are, in order; empty where there are none
 * @param merging how they join those of the section before
 * @param whole {@code children} in a container, or the one that merging made
 */
record AuthzRules(List<AuthzSection> children, Merging merging, AuthzSection whole) {
    enum Merging {
        /** As {@link #OFF}. */
        UNSET,
        OFF,
        AND,
        OR
    }

    static final AuthzRules NONE = of(List.of(), Merging.UNSET);

    static final Setting<AuthzRules> SETTING =
            Setting.perDirectory("Require", NONE, AuthzRules::line).inheriting(AuthzRules::inner);

    static AuthzRules of(List<AuthzSection> children, Merging merging) {
        return new AuthzRules(
                children, merging, new AuthzSection.Container(AuthzSection.Logic.ANY, false, false, children));
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    private AuthzRules line(AuthzRules later) {
        List<AuthzSection> all = new ArrayList<>(children);
        all.addAll(later.children);
        return of(List.copyOf(all), later.merging == Merging.UNSET ? merging : later.merging);
    }

    /** merge_authz_core_dir_config of mod_authz_core.c. */
    private AuthzRules inner(AuthzRules inner) {
        if (inner.merging == Merging.OFF || inner.merging == Merging.UNSET || (isEmpty() && inner.isEmpty())) {
            return inner;
        }
        if (isEmpty() || inner.isEmpty()) {
            AuthzRules only = isEmpty() ? inner : this;
            return new AuthzRules(only.children, inner.merging, only.whole);
        }
        AuthzSection.Logic logic = inner.merging == Merging.AND ? AuthzSection.Logic.ALL : AuthzSection.Logic.ANY;
        List<AuthzSection> both = List.of(whole, inner.whole);
        return new AuthzRules(both, inner.merging, new AuthzSection.Container(logic, false, true, both));
    }
}
