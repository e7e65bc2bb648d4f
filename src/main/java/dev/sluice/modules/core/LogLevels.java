package dev.sluice.modules.core;

import dev.sluice.directive.BadArgument;
import dev.sluice.request.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What LogLevel says.
 *
 * @param general the level of modules that are not named; null where only modules are
 * @param modules by short name, {@code proxy}
 */
public record LogLevels(@Nullable Level general, Map<String, Level> modules) {
    static final LogLevels NONE = new LogLevels(null, Map.of());

    public Level of(String module) {
        Level own = modules.get(module);
        if (own != null) {
            return own;
        }
        return general == null ? Level.WARN : general;
    }

    /** A later word: a general level forgets those of modules before it, as ap_reset_module_loglevels does. */
    LogLevels with(LogLevels later) {
        if (later.general != null) {
            return later;
        }
        Map<String, Level> all = new LinkedHashMap<>(modules);
        all.putAll(later.modules);
        return new LogLevels(general, Map.copyOf(all));
    }

    /** One word: {@code info} or {@code proxy:debug}. */
    static LogLevels read(String word, ModuleNames names) throws BadArgument {
        int colon = word.indexOf(':');
        if (colon < 0) {
            return new LogLevels(level(word, ""), Map.of());
        }
        String module = names.shortName(word.substring(0, colon));
        Level level = level(word.substring(colon + 1), word + ": ");
        if (module == null) {
            throw new BadArgument("Cannot find module " + word.substring(0, colon));
        }
        return new LogLevels(null, Map.of(module, level));
    }

    private static Level level(String word, String prefix) throws BadArgument {
        for (Level level : Level.values()) {
            if (level.word().equalsIgnoreCase(word)) {
                return level;
            }
        }
        throw new BadArgument(prefix + "Log level keyword must be one of"
                + " emerg/alert/crit/error/warn/notice/info/debug/trace1/.../trace8");
    }

    /** Finds the short name of a module that is given by file, id or short name; null for one that is not loaded. */
    interface ModuleNames {
        @Nullable
        String shortName(String name);
    }
}
