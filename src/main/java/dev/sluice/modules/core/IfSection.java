package dev.sluice.modules.core;

import dev.sluice.model.Matcher;
import dev.sluice.model.Section;
import org.jspecify.annotations.Nullable;

/**
 * An {@code <If>}, {@code <ElseIf>} or {@code <Else>}.
 *
 * @param condition null for {@code <Else>}
 */
public record IfSection(Section section, @Nullable RequestExpression condition) {
    /** The matcher of sections that apply by a condition instead of a name. */
    static final Matcher BY_CONDITION = name -> false;

    /** True where it is not looked at when the section before it applied. */
    boolean isAlternative() {
        return section.kind() != Section.Kind.IF;
    }
}
