package dev.sluice.modules.generators.autoindex;

import dev.sluice.modules.core.Fnmatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What AddDescription says of some names (struct ai_desc_t, mod_autoindex.c).
 *
 * @param wholePath true where the pattern has a slash, and is compared with whole file names
 */
record Description(String pattern, boolean wholePath, boolean isPattern, String text) {
    static Description of(String to, String text) {
        boolean path = to.indexOf('/') >= 0;
        boolean wild = path || Fnmatch.isPattern(to);
        return new Description(wild ? (path ? "*/" : "*") + to + "*" : to, path, wild, text);
    }

    static @Nullable String of(List<Description> all, String filename) {
        String name = filename.substring(filename.lastIndexOf('/') + 1);
        for (Description each : all) {
            String compared = each.wholePath ? filename : name;
            if (each.isPattern ? Fnmatch.matchesAcrossSlashes(each.pattern, compared) : each.pattern.equals(compared)) {
                return each.text;
            }
        }
        return null;
    }
}
