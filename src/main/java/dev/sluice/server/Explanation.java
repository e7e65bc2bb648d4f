package dev.sluice.server;

import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.request.Level;
import dev.sluice.request.Phase;
import java.util.List;

/**
 * What would become of a request, and why. Texts have one byte a char.
 *
 * @param server who answers
 * @param others the other hosts of the address, in the order in which they are asked
 * @param steps in order
 * @param settings the per-directory settings at the end, each with the line that gave it
 * @param status what the answer begins with; 0 where a handler or a backend will say
 * @param answer lines about who answers and how
 */
public record Explanation(
        Server server, List<Server> others, List<Step> steps, Settings settings, int status, List<String> answer) {
    /** Something that happened on the way. */
    public sealed interface Step {}

    /** A module would have logged this at {@code LogLevel trace8}. */
    public record Logged(Level level, String module, String message) implements Step {}

    /** A hook decided, or changed something. {@code what} says it in a few words. */
    public record Acted(Phase phase, String module, String what) implements Step {}

    /** The request began again, as one for {@code target}. */
    public record Redirected(String target) implements Step {}
}
