package dev.sluice.modules.mappers.rewrite;

import dev.sluice.model.Merge;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of mod_rewrite in one server or section say.
 *
 * @param engine null where no RewriteEngine line stands
 * @param options null where no RewriteOptions line stands
 * @param open conditions that no rule follows yet
 * @param closes true of a line that takes the open conditions before it
 * @param base RewriteBase; null where there is none
 * @param directory the path of the section, with a slash at its end; null for a server
 */
public record Rewrites(
        @Nullable Boolean engine,
        @Nullable Set<RewriteOption> options,
        List<RewriteCond> open,
        boolean closes,
        List<RewriteRule> rules,
        Map<String, RewriteMap> maps,
        @Nullable String base,
        @Nullable String directory) {
    public static final Rewrites NONE = of(null);

    static Rewrites of(@Nullable String directory) {
        return new Rewrites(null, null, List.of(), false, List.of(), Map.of(), null, directory);
    }

    Rewrites engine(boolean on) {
        return new Rewrites(on, options, open, closes, rules, maps, base, directory);
    }

    Rewrites option(RewriteOption option) {
        return new Rewrites(engine, EnumSet.of(option), open, closes, rules, maps, base, directory);
    }

    Rewrites condition(RewriteCond condition) {
        return new Rewrites(engine, options, List.of(condition), closes, rules, maps, base, directory);
    }

    Rewrites rule(RewriteRule rule) {
        return new Rewrites(engine, options, open, true, List.of(rule), maps, base, directory);
    }

    Rewrites map(String name, RewriteMap map) {
        return new Rewrites(engine, options, open, closes, rules, Map.of(name, map), base, directory);
    }

    Rewrites base(String url) {
        return new Rewrites(engine, options, open, closes, rules, maps, url, directory);
    }

    /** True of what the same lines gave, not only of what says the same. */
    @SuppressWarnings("ReferenceEquality")
    public boolean isSame(Rewrites other) {
        return this == other;
    }

    public boolean isOn() {
        return engine != null && engine;
    }

    public boolean has(RewriteOption option) {
        return options != null && options.contains(option);
    }

    /** The next line of the same section behind those before it. */
    public static Rewrites joined(Rewrites before, Rewrites line) {
        Set<RewriteOption> options = before.options;
        if (line.options != null) {
            options = EnumSet.copyOf(line.options);
            if (before.options != null) {
                options.addAll(before.options);
            }
        }
        return new Rewrites(
                line.engine == null ? before.engine : line.engine,
                options,
                line.closes ? line.open : both(before.open, line.open),
                false,
                both(before.rules, line.rules),
                overlaid(before.maps, line.maps),
                line.base == null ? before.base : line.base,
                line.directory == null ? before.directory : line.directory);
    }

    /** An inner section, or a virtual host, over an outer one (config_server_merge, config_perdir_merge). */
    public static Rewrites inherited(Rewrites outer, Rewrites inner) {
        Set<RewriteOption> options = inner.options == null ? outer.options : inner.options;
        boolean down = options == null || !options.contains(RewriteOption.IGNORE_INHERIT);
        List<RewriteRule> rules = inner.rules;
        Map<String, RewriteMap> maps = inner.maps;
        if (holds(options, RewriteOption.INHERIT) || (down && outer.has(RewriteOption.INHERIT_DOWN))) {
            rules = both(inner.rules, outer.rules);
            maps = overlaid(outer.maps, inner.maps);
        } else if (holds(options, RewriteOption.INHERIT_BEFORE)
                || (down && outer.has(RewriteOption.INHERIT_DOWN_BEFORE))) {
            rules = both(outer.rules, inner.rules);
            maps = overlaid(inner.maps, outer.maps);
        }
        String base = inner.base == null && holds(options, RewriteOption.MERGE_BASE) ? outer.base : inner.base;
        return new Rewrites(
                inner.engine == null ? outer.engine : inner.engine,
                options,
                List.of(),
                false,
                rules,
                maps,
                base,
                inner.directory);
    }

    private static boolean holds(@Nullable Set<RewriteOption> options, RewriteOption option) {
        return options != null && options.contains(option);
    }

    private static <E> List<E> both(List<E> first, List<E> second) {
        if (first.isEmpty()) {
            return second;
        }
        return second.isEmpty() ? first : Merge.<E>append().merge(first, second);
    }

    private static Map<String, RewriteMap> overlaid(Map<String, RewriteMap> first, Map<String, RewriteMap> second) {
        if (second.isEmpty()) {
            return first;
        }
        Map<String, RewriteMap> all = new HashMap<>(first);
        all.putAll(second);
        return Map.copyOf(all);
    }
}
