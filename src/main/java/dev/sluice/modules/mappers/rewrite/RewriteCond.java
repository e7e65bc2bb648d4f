package dev.sluice.modules.mappers.rewrite;

import java.util.Map;

/**
 * A RewriteCond.
 *
 * @param pattern as written, for the log
 * @param negated true where it must not hold
 * @param orNext true where it is enough that this one or the next holds
 * @param noVary true where the answer is not said to vary by what it looks at
 */
record RewriteCond(
        Template input,
        ConditionTest test,
        String pattern,
        boolean negated,
        boolean noCase,
        boolean orNext,
        boolean noVary) {
    boolean blocks(Map<String, RewriteMap> maps) {
        return test.blocks() || input.blocks(maps);
    }

    boolean holds(RuleMatch match) {
        String text = input.expand(match);
        boolean holds = test.holds(text, match, !negated) != negated;
        Trace trace = match.trace();
        if (trace.keeps(4)) {
            trace.inDirectory(
                    4,
                    "RewriteCond: input='" + text + "' pattern='" + pattern + "'" + (noCase ? " [NC]" : "") + " => "
                            + (holds ? "matched" : "not-matched"));
        }
        return holds;
    }
}
