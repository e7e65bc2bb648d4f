package dev.sluice.modules.core;

import dev.sluice.expression.Evaluation;
import dev.sluice.model.Settings;
import dev.sluice.model.View;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.util.List;

/**
 * The conditional sections of whatever sections apply to a request, merged over them (ap_if_walk, request.c).
 *
 * <p>Level by level: those that apply are merged with each other, then over the rest; then come the ones that stand in
 * them. {@code <Files>} in a conditional section has no effect, since files are walked before.
 */
public final class IfWalk {
    private static final View<Boolean> BLOCKS = View.of(settings -> blocks(settings.get(IfDirectives.IF_SECTIONS)));

    private IfWalk() {}

    /** True where some condition may wait for a disk: not for I/O threads. */
    public static boolean blocks(Settings settings) {
        return settings.has(IfDirectives.IF_SECTIONS) && settings.view(BLOCKS);
    }

    private static boolean blocks(List<IfSection> sections) {
        for (IfSection each : sections) {
            RequestExpression condition = each.condition();
            if ((condition != null && condition.blocks())
                    || blocks(each.section().settings())) {
                return true;
            }
        }
        return false;
    }

    /** Merges what applies into the request's settings. */
    public static void walk(Request request) {
        Settings level = request.settings();
        while (level.has(IfDirectives.IF_SECTIONS)) {
            Settings applied = applied(request, level.get(IfDirectives.IF_SECTIONS));
            request.settings(request.settings().over(applied));
            level = applied;
        }
    }

    private static boolean holds(RequestExpression condition, Request request) {
        Evaluation<Request> evaluation = new Evaluation<>(request);
        boolean holds = condition.test(evaluation);
        if (evaluation.failure() != null) {
            request.log(Level.ERROR, "core", "AH00039: Failed to evaluate <If > condition: " + evaluation.failure());
        }
        return holds;
    }

    /** Sections of one level merge with each other first, as in httpd: AuthMerging shows the difference. */
    private static Settings applied(Request request, List<IfSection> sections) {
        Settings own = Settings.EMPTY;
        boolean previous = false;
        for (int i = 0; i < sections.size(); i++) {
            IfSection each = sections.get(i);
            if (each.isAlternative() && previous) {
                continue;
            }
            RequestExpression condition = each.condition();
            previous = condition == null || holds(condition, request);
            if (previous) {
                own = own == Settings.EMPTY
                        ? each.section().settings()
                        : own.over(each.section().settings());
            }
        }
        return own;
    }
}
