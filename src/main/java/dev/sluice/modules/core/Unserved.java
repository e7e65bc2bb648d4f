package dev.sluice.modules.core;

import dev.sluice.directive.Line;
import dev.sluice.module.CannotStart;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration asks for that guards access and cannot be done here. Its lines are read and checked like all others,
 * but a server with them does not start.
 */
public final class Unserved {
    private final String why;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param why what is missing, behind a colon */
    public Unserved(String why) {
        this.why = why;
    }

    /** The remark of the verdict of a row. */
    public String verdict() {
        return "it is checked, but no server starts with it: " + why;
    }

    /** Notes that a line asks for {@code what}. */
    public void ask(String what, Line.@Nullable At at) {
        if (asked.isEmpty()) {
            asked.add(what + (at == null ? "" : " on " + at));
        }
    }

    /** Refuses to serve where some line has asked. */
    public void check() throws CannotStart {
        if (!asked.isEmpty()) {
            throw new CannotStart(asked.get(0) + " is not supported: " + why);
        }
    }
}
