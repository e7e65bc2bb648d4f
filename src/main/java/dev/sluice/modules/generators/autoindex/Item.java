package dev.sluice.modules.generators.autoindex;

import dev.sluice.directive.Scope;
import dev.sluice.modules.core.FileNames;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What AddIcon, AddAlt and IndexIgnore say of some entries (struct item, mod_autoindex.c).
 *
 * @param applyTo a pattern of names, media types or encodings
 * @param applyPath a pattern of file names: what is below the section of the line
 * @param data an icon's URL or its alternative text; empty for IndexIgnore
 */
record Item(By by, String applyTo, String applyPath, String data) {
    /** What an entry is known by. */
    enum By {
        PATH,
        TYPE,
        ENCODING,
        /** IndexIgnore: by its name alone. */
        NAME
    }

    static final String DIRECTORY = "^^DIRECTORY^^";
    static final String BLANK_ICON = "^^BLANKICON^^";

    static Item of(By by, String to, String data, Scope scope) {
        String name = by == By.PATH && to.equals("**DIRECTORY**")
                ? DIRECTORY
                : by == By.ENCODING ? to.toLowerCase(Locale.ROOT) : to;
        boolean anywhere = by == By.PATH && !Wildcards.isPattern(name);
        return new Item(by, anywhere ? "*" + name : name, directory(scope) + "*", data);
    }

    /** The section's path as httpd has it: with a slash at its end for a directory; empty at server level. */
    private static String directory(Scope scope) {
        Scope.Enclosing section = scope.enclosing();
        if (section == null) {
            return "";
        }
        return switch (section.kind()) {
            case IF, ELSE_IF, ELSE -> "*" + section.kind().directive();
            case DIRECTORY -> {
                String path = FileNames.normalized(section.argument());
                yield path.endsWith("/") ? path : path + "/";
            }
            default -> section.argument();
        };
    }

    /** True where the entry is to be left out; {@code path} is its file name. */
    boolean ignores(String path) {
        String to = applyTo.substring(applyTo.lastIndexOf('/') + 1);
        return Wildcards.match(path, applyPath) && Wildcards.match(path.substring(path.lastIndexOf('/') + 1), to);
    }

    /** What the first item that fits says of a name alone, or of {@link #DIRECTORY} and {@link #BLANK_ICON}. */
    static @Nullable String of(List<Item> items, String path) {
        return of(items, path, null, null, true);
    }

    /**
     * What the first item that fits says (find_item, mod_autoindex.c).
     *
     * @param type without parameters
     */
    static @Nullable String of(
            List<Item> items, String path, @Nullable String type, @Nullable String encoding, boolean pathOnly) {
        boolean special = path.startsWith("^");
        for (Item item : items) {
            if (!special && !Wildcards.match(path, item.applyPath)) {
                continue;
            }
            if (item.applyTo.isEmpty() || item.fits(path, type, encoding, pathOnly)) {
                return item.data;
            }
        }
        return null;
    }

    private boolean fits(String path, @Nullable String type, @Nullable String encoding, boolean pathOnly) {
        if (by == By.PATH || path.startsWith("^")) {
            return Wildcards.match(path, applyTo);
        }
        if (pathOnly) {
            return false;
        }
        if (encoding != null) {
            return by == By.ENCODING && matchesAnyCase(encoding);
        }
        return by == By.TYPE && type != null && matchesAnyCase(type);
    }

    private boolean matchesAnyCase(String text) {
        return Wildcards.match(text.toLowerCase(Locale.ROOT), applyTo.toLowerCase(Locale.ROOT));
    }
}
