package dev.sluice.modules.aaa;

import dev.sluice.directive.Effect;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.modules.aaa.dbm.DbmFile;
import dev.sluice.source.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * A DBM file and its format, as the lines of one section name them: a section that has one forgets those around it.
 *
 * @param path null where none is named
 */
record DbmTerms(@Nullable String path, String type, @Nullable DbmFile file) {
    static final DbmTerms NONE = new DbmTerms(null, "default", null);

    static Effect file(Setting<DbmTerms> setting) {
        return (line, scope) -> {
            String path = scope.resolve(SourceFile.utf8(first(line))).toString();
            give(setting, path, before(setting, scope).type, line, scope);
        };
    }

    static Effect type(Setting<DbmTerms> setting) {
        return (line, scope) -> give(setting, before(setting, scope).path, first(line), line, scope);
    }

    private static String first(Line line) {
        return line.words().get(0).text();
    }

    private static DbmTerms before(Setting<DbmTerms> setting, Scope scope) {
        DbmTerms before = scope.given(setting);
        return before == null ? NONE : before;
    }

    private static void give(Setting<DbmTerms> setting, @Nullable String path, String type, Line line, Scope scope) {
        DbmFile file = path == null ? null : new DbmFile(scope.resolve(path), type);
        scope.give(setting, new DbmTerms(path, type, file), line.span());
    }
}
