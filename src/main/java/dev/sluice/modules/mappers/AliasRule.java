package dev.sluice.modules.mappers;

import dev.sluice.expression.Captures;
import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Regex;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Level;
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
    /** What the request's path is mapped to, not yet made absolute; null where the rule does not match. Notes the context. */
    @Nullable
    String map(Request request) {
        String path = request.path();
        if (pattern == null) {
            int matched = AliasPath.matched(path, prefix);
            if (matched == 0) {
                return null;
            }
            request.context(prefix, target);
            return target + path.substring(matched);
        }
        Captures found = pattern.find(path);
        if (found == null) {
            return null;
        }
        String file = found.expand(target);
        int rest = path.length() - found.end();
        request.context(path.substring(0, found.end()), file.substring(0, Math.max(0, file.length() - rest)));
        return file;
    }

    /** True where {@code later} cannot match since this one comes first; patterns are not compared. */
    boolean hides(AliasRule later) {
        return pattern == null && later.pattern == null && AliasPath.matched(later.prefix, prefix) > 0;
    }

    /** Alias with one argument: where all that a {@code <Location>} covers is mapped to. */
    record OfLocation(String location, RequestExpression target, boolean script) {
        /** {@code preserve} adds what follows the location's own path. The server root where it cannot be told. */
        String map(Request request, boolean preserve) {
            String path = request.path();
            int matched = preserve ? AliasPath.matched(path, location) : 0;
            Evaluation<Request> evaluation = new Evaluation<>(request);
            String mapped = target.text(evaluation);
            if (evaluation.failure() != null) {
                request.log(Level.ERROR, "alias", "AH02825: Can't evaluate alias expression: " + evaluation.failure());
            }
            request.context(location, mapped);
            return matched > 0 ? mapped + path.substring(matched) : mapped;
        }
    }
}
