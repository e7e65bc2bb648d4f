package dev.sluice.modules.core;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.syntax.Word;
import java.util.Locale;

/**
 * What Options lines say: bits, and which of them a plus or a minus gave. The joins are core_merge_dir_configs's, with its
 * quirk that a plus before a plain line of the same section comes back in inner sections.
 *
 * @param isRelative true where no line without signs was given, so that outer options shine through
 */
public record DirectoryOptions(int bits, int added, int removed, boolean isRelative) {
    public static final int INDEXES = 1;
    public static final int INCLUDES = 2;
    public static final int FOLLOW_SYM_LINKS = 4;
    public static final int EXEC_CGI = 8;
    public static final int SYM_LINKS_IF_OWNER_MATCH = 32;
    public static final int MULTI_VIEWS = 64;
    public static final int INCLUDES_WITH_EXEC = 128;
    static final int ALL = INDEXES | INCLUDES | INCLUDES_WITH_EXEC | FOLLOW_SYM_LINKS | EXEC_CGI;

    private static final DirectoryOptions UNSET = new DirectoryOptions(0, 0, 0, true);
    private static final DirectoryOptions DEFAULT = new DirectoryOptions(FOLLOW_SYM_LINKS, 0, 0, true);

    static final Setting<DirectoryOptions> SETTING = Setting.perDirectory(
                    "Options", DEFAULT, (DirectoryOptions before, DirectoryOptions line) -> line)
            .inheriting(DirectoryOptions::with);

    /** The options in force. */
    public static final View<DirectoryOptions> IN_FORCE = View.of(settings -> DEFAULT.with(settings.get(SETTING)));

    /** True where all of {@code wanted}, some of the bits above, are on. */
    public boolean has(int wanted) {
        return (bits & wanted) == wanted;
    }

    private DirectoryOptions with(DirectoryOptions inner) {
        if (!inner.isRelative) {
            return inner;
        }
        int add = (added & ~inner.removed) | inner.added;
        int remove = (removed & ~inner.added) | inner.removed;
        int merged = (bits & ~remove) | add;
        int exec = INCLUDES | INCLUDES_WITH_EXEC;
        if ((bits & exec) == exec && (inner.bits & exec) == INCLUDES) {
            merged &= ~INCLUDES_WITH_EXEC;
        }
        return new DirectoryOptions(merged, add, remove, isRelative);
    }

    /** set_options of httpd's core.c: goes on from what earlier lines of the section gave. */
    static void read(Line line, Scope scope) throws BadArgument {
        DirectoryOptions earlier = scope.given(SETTING);
        DirectoryOptions options = earlier == null ? UNSET : earlier;
        boolean first = true;
        boolean signed = false;
        boolean mayTurnSigned = false;
        for (Word word : line.words()) {
            String text = word.text();
            char sign = text.startsWith("+") || text.startsWith("-") ? text.charAt(0) : 0;
            if (sign == 0 ? signed : !signed && !first && !mayTurnSigned) {
                throw new BadArgument("Either all Options must start with + or -, or no Option may.", word.span());
            }
            signed = sign != 0;
            if (first && !signed) {
                options = new DirectoryOptions(0, options.added, options.removed, false);
            }
            String name = (signed ? text.substring(1) : text).toLowerCase(Locale.ROOT);
            int bits = bits(name, text, signed, word);
            if ((bits & ~scope.place().overrides().options()) != 0
                    && scope.place().kind() == Place.Kind.HTACCESS) {
                throw new BadArgument(
                        "Option " + (signed ? text.substring(1) : text) + " not allowed here", word.span());
            }
            options = options.with(sign, bits);
            mayTurnSigned = name.equals("all") || name.equals("none");
            first = false;
        }
        scope.give(SETTING, options, line.span());
    }

    private DirectoryOptions with(char sign, int wanted) {
        return switch (sign) {
            case '+' -> new DirectoryOptions(bits | wanted, added | wanted, removed & ~wanted, isRelative);
            case '-' -> new DirectoryOptions(bits & ~wanted, added & ~wanted, removed | wanted, isRelative);
            default -> new DirectoryOptions(bits | wanted, added, removed, isRelative);
        };
    }

    /** The bits of one option, as AllowOverride takes it. */
    static int bits(String option, Word word) throws BadArgument {
        return bits(option.toLowerCase(Locale.ROOT), option, false, word);
    }

    private static int bits(String name, String text, boolean signed, Word word) throws BadArgument {
        return switch (name) {
            case "indexes" -> INDEXES;
            case "includes" -> INCLUDES | INCLUDES_WITH_EXEC;
            case "includesnoexec" -> INCLUDES;
            case "followsymlinks" -> FOLLOW_SYM_LINKS;
            case "symlinksifownermatch" -> SYM_LINKS_IF_OWNER_MATCH;
            case "execcgi" -> EXEC_CGI;
            case "multiviews" -> MULTI_VIEWS;
            case "runscripts" -> MULTI_VIEWS | EXEC_CGI;
            case "none", "all" -> {
                if (signed) {
                    String plain = name.equals("all") ? "All" : "None";
                    throw new BadArgument(
                            "You may not use 'Options +" + plain + "' or 'Options -" + plain + "'.", word.span());
                }
                yield name.equals("all") ? ALL : 0;
            }
            default -> throw new BadArgument("Illegal option " + (signed ? text.substring(1) : text), word.span());
        };
    }
}
