package dev.sluice.config;

import dev.sluice.syntax.Quoting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sections that are decided while reading: IfModule, IfDefine, IfFile, IfDirective, IfSection and IfVersion. */
final class Conditions {
    private final ReadTimeModules modules;
    private final Defines defines;
    private final ServerRoot root;

    Conditions(ReadTimeModules modules, Defines defines, ServerRoot root) {
        this.modules = modules;
        this.defines = defines;
        this.root = root;
    }

    /**
     * The name of the condition that {@code name}, in any case of letters, begins, as httpd spells it, with {@code <}; null
     * where it is none.
     */
    static @Nullable String named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "<ifmodule" -> "<IfModule";
            case "<ifdefine" -> "<IfDefine";
            case "<iffile" -> "<IfFile";
            case "<ifdirective" -> "<IfDirective";
            case "<ifsection" -> "<IfSection";
            case "<ifversion" -> "<IfVersion";
            default -> null;
        };
    }

    /** Whether the condition holds. {@code condition} is a name as {@link #named} gives it. */
    boolean holds(String condition, ReadLine line, Input in) throws ConfigError {
        return switch (condition) {
            case "<IfModule" -> test(condition, line, in, modules::isLoaded);
            case "<IfDefine" -> test(condition, line, in, defines::has);
            case "<IfFile" -> test(condition, line, in, this::fileExists);
            case "<IfDirective" -> test(condition, line, in, modules::knowsDirective);
            case "<IfSection" -> test(condition, line, in, name -> modules.knowsDirective("<" + name));
            case "<IfVersion" -> VersionCondition.holds(line, in);
            default -> throw new IllegalStateException(condition);
        };
    }

    /** {@code !} before the first word negates, with or without blanks; other words mean nothing (start_cond_section, core.c). */
    private static boolean test(String condition, ReadLine line, Input in, Predicate<String> test) throws ConfigError {
        String args = line.args();
        int bracket = args.lastIndexOf('>');
        if (bracket < 0) {
            throw in.error(condition + "> directive missing closing '>'");
        }
        boolean not = args.charAt(0) == '!';
        String word = new Quoting(args.substring(not ? 1 : 0, bracket)).word();
        if (word.isEmpty()) {
            throw in.error(condition + "> directive requires additional arguments");
        }
        return test.test(word) != not;
    }

    private boolean fileExists(String name) {
        Path path = ServerRoot.toPath(root.resolve(name));
        return path != null && Files.exists(path);
    }
}
