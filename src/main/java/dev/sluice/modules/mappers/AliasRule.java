package dev.sluice.modules.mappers;

import dev.sluice.expression.Captures;
import dev.sluice.expression.Regex;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Request;
import org.jspecify.annotations.Nullable;

/**
 * A line of Alias, AliasMatch or their kin for scripts, at server level.
 *
 * @param pattern null where {@code prefix} is compared literally
 * @param prefix the URL path or the pattern, as written
 * @param target the path on disk, with {@code $1} for groups of the pattern
 * @param script true where what is below it are scripts
 */
record AliasRule(@Nullable Regex pattern, String prefix, String target, boolean script) {
    /** What {@code path} is mapped to, not yet made absolute; null where the rule does not match. */
    @Nullable
    String map(String path) {
        if (pattern != null) {
            Captures found = pattern.find(path);
            return found == null ? null : found.expand(target);
        }
        int matched = AliasPath.matched(path, prefix);
        return matched > 0 ? target + path.substring(matched) : null;
    }

    /** True where {@code later} cannot match since this one comes first; patterns are not compared. */
    boolean hides(AliasRule later) {
        return pattern == null && later.pattern == null && AliasPath.matched(later.prefix, prefix) > 0;
    }

    /** Alias with one argument: where all that a {@code <Location>} covers is mapped to. */
    record OfLocation(String location, RequestExpression target, boolean script) {
        /** {@code preserve} adds what follows the location's own path. */
        String map(Request request, boolean preserve) {
            String path = request.path();
            int matched = preserve ? AliasPath.matched(path, location) : 0;
            String mapped = target.text(request);
            return matched > 0 ? mapped + path.substring(matched) : mapped;
        }
    }
}
