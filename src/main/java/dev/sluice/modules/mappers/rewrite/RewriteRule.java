package dev.sluice.modules.mappers.rewrite;

import dev.sluice.expression.Regex;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A RewriteRule and the conditions before it. */
final class RewriteRule {
    private static final String OPERATORS = "\\^$.|?*+()[]{}";

    final List<RewriteCond> conditions;
    final Regex pattern;
    final boolean negated;
    final String substitution;
    final RuleFlags flags;

    /** Null for {@code -} and where a status answers. */
    final @Nullable Template output;

    /** The query of the request is dropped, and none is looked for in the substitution. */
    final boolean noQuery;

    private final String prefix;

    RewriteRule(List<RewriteCond> conditions, Regex pattern, boolean negated, String substitution, RuleFlags flags) {
        this.conditions = conditions;
        this.pattern = pattern;
        this.negated = negated;
        this.flags = flags;
        boolean appends = flags.has(RuleFlags.Is.APPEND_QUERY);
        boolean endsInMark = substitution.endsWith("?") && !appends;
        boolean discards = flags.has(RuleFlags.Is.DISCARD_QUERY) && substitution.indexOf('?') < 0;
        this.noQuery = endsInMark || discards;
        this.substitution = endsInMark ? substitution.substring(0, substitution.length() - 1) : substitution;
        boolean none = substitution.equals("-") || flags.has(RuleFlags.Is.STATUS);
        this.output = none ? null : Template.of(this.substitution);
        this.prefix = flags.has(RuleFlags.Is.NO_CASE) ? "" : prefix(pattern.toString());
    }

    boolean has(RuleFlags.Is flag) {
        return flags.has(flag);
    }

    /** False for what the pattern cannot match, as it begins otherwise: most requests fail most rules here. */
    boolean mayMatch(String uri) {
        return prefix.isEmpty() || uri.startsWith(prefix);
    }

    /** True where what follows the conditions may have to be waited for. */
    boolean blocks(Map<String, RewriteMap> maps) {
        Template type = flags.type();
        Template handler = flags.handler();
        return (output != null && output.blocks(maps))
                || anyBlocks(flags.variables(), maps)
                || anyBlocks(flags.cookies(), maps)
                || (type != null && type.blocks(maps))
                || (handler != null && handler.blocks(maps));
    }

    private static boolean anyBlocks(List<Template> templates, Map<String, RewriteMap> maps) {
        for (int i = 0; i < templates.size(); i++) {
            if (templates.get(i).blocks(maps)) {
                return true;
            }
        }
        return false;
    }

    /** The literal text that every match of {@code pattern} begins with; empty where none is sure. */
    static String prefix(String pattern) {
        if (!pattern.startsWith("^") || pattern.indexOf('|') >= 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        int at = 1;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : 0;
            if (c == '\\' && next != 0 && OPERATORS.indexOf(next) >= 0) {
                text.append(next);
                at += 2;
            } else if (OPERATORS.indexOf(c) < 0) {
                text.append(c);
                at++;
            } else {
                break;
            }
        }
        boolean optional = at < pattern.length() && "*?{".indexOf(pattern.charAt(at)) >= 0;
        if (optional && text.length() > 0) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }
}
