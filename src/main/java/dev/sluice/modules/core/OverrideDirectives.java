package dev.sluice.modules.core;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Section;
import dev.sluice.model.Setting;
import dev.sluice.modules.core.AllowedOverrides.Classes;
import dev.sluice.syntax.Word;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** core's directives about access files ({@code .htaccess}). */
final class OverrideDirectives {
    /** The names of the files that are looked for in each directory. */
    static final Setting<List<String>> ACCESS_FILE_NAME = perServer("AccessFileName", List.of(".htaccess"));

    static final Setting<Classes> ALLOW_OVERRIDE = perDirectory("AllowOverride", Classes.NONE);

    /** The bits of {@link DirectoryOptions} that {@code AllowOverride Options=...} admits; -1 for all. */
    static final Setting<Integer> ALLOWED_OPTIONS = perDirectory("AllowOverride", -1);

    /** Single directives admitted, in lower case. */
    static final Setting<Set<String>> ALLOW_OVERRIDE_LIST = perDirectory("AllowOverrideList", Set.<String>of());

    private OverrideDirectives() {}

    static List<Directive> rows() {
        return List.of(
                directive("AccessFileName", Places.SERVERS, raw(OverrideDirectives::accessFileName, ACCESS_FILE_NAME)),
                directive(
                        "AllowOverride",
                        Places.DIRECTORIES,
                        raw(OverrideDirectives::allowOverride, ALLOW_OVERRIDE, ALLOWED_OPTIONS)),
                directive(
                        "AllowOverrideList",
                        Places.DIRECTORIES,
                        reads(Args.TAKE_ARGV, OverrideDirectives::allowOverrideList, ALLOW_OVERRIDE_LIST)));
    }

    private static void accessFileName(Line line, Scope scope) {
        scope.give(ACCESS_FILE_NAME, line.words().stream().map(Word::text).toList(), line.span());
    }

    /** set_override of httpd's core.c: words of one line add up, but for None and All, which begin anew. */
    private static void allowOverride(Line line, Scope scope) throws BadArgument {
        checkPlace("AH00114", "AllowOverride", line, scope);
        Classes classes = Classes.NONE;
        for (Word word : line.words()) {
            String text = word.text();
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            @Nullable String value = equals < 0 ? null : text.substring(equals + 1);
            classes = switch (name.toLowerCase(Locale.ROOT)) {
                case "limit" -> classes.with(AllowOverride.LIMIT);
                case "options" -> {
                    allowOptions(value, word, line, scope);
                    yield classes.with(AllowOverride.OPTIONS);
                }
                case "fileinfo" -> classes.with(AllowOverride.FILE_INFO);
                case "authconfig" -> classes.with(AllowOverride.AUTH_CONFIG);
                case "indexes" -> classes.with(AllowOverride.INDEXES);
                case "nonfatal" -> nonfatal(classes, value, word);
                case "none" -> Classes.NONE;
                case "all" -> new Classes(Set.of(AllowOverride.values()), false, false);
                default -> throw new BadArgument("Illegal override option " + name, word.span());
            };
        }
        scope.give(ALLOW_OVERRIDE, classes, line.span());
        if (scope.given(ALLOWED_OPTIONS) == null) {
            // As httpd's core_opts_merge: options go with the classes of the same section.
            scope.give(ALLOWED_OPTIONS, -1, line.span());
        }
    }

    private static Classes nonfatal(Classes classes, @Nullable String value, Word word) throws BadArgument {
        if (value == null) {
            throw new BadArgument("=Override, =Unknown or =All expected after Nonfatal", word.span());
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "override" -> classes.skipping(true, false);
            case "unknown" -> classes.skipping(false, true);
            case "all" -> classes.skipping(true, true);
            default -> classes;
        };
    }

    /** Where a line of a directory says something about access files, it may not be in one, and does nothing elsewhere. */
    private static void checkPlace(String number, String name, Line line, Scope scope) throws BadArgument {
        if (scope.place().kind() == Place.Kind.HTACCESS) {
            throw new BadArgument(name + " cannot occur within htaccess files");
        }
        Scope.Enclosing around = scope.enclosing();
        boolean useful = around == null
                || around.kind() == Section.Kind.DIRECTORY
                || around.kind() == Section.Kind.DIRECTORY_MATCH;
        if (!useful) {
            CoreWords.warn(
                    scope,
                    line,
                    number + ": Useless use of " + name + " in line " + line.lineNumber() + " of " + line.fileName()
                            + ".");
        }
    }

    /** The first name begins anew, the others add up; without a list all but MultiViews and SymLinksIfOwnerMatch are meant. */
    private static void allowOptions(@Nullable String list, Word word, Line line, Scope scope) throws BadArgument {
        if (list == null) {
            scope.give(ALLOWED_OPTIONS, DirectoryOptions.ALL, line.span());
            return;
        }
        int bits = 0;
        for (String option : list.split(",")) {
            bits |= option.isEmpty() ? 0 : DirectoryOptions.bits(option, word);
        }
        if (!list.isEmpty()) {
            scope.give(ALLOWED_OPTIONS, bits, line.span());
        }
    }

    private static void allowOverrideList(Line line, Scope scope) throws BadArgument {
        checkPlace("AH00115", "AllowOverrideList", line, scope);
        Set<String> names = new LinkedHashSet<>();
        for (Word word : line.words()) {
            String name = word.text();
            if (name.equalsIgnoreCase("None")) {
                if (line.words().size() != 1) {
                    throw new BadArgument("'None' not allowed with other directives in AllowOverrideList", word.span());
                }
            } else if (mayBeListed(name, line, scope)) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        scope.give(ALLOW_OVERRIDE_LIST, Set.copyOf(names), line.span());
    }

    private static boolean mayBeListed(String name, Line line, Scope scope) {
        Scope.Known known = scope.known(name);
        String where = " at " + line.fileName() + ":" + line.lineNumber();
        if (known == Scope.Known.NOWHERE) {
            CoreWords.warn(
                    scope,
                    line,
                    "AH00116: Discarding unrecognized directive `" + name + "' in AllowOverrideList" + where);
        } else if (known == Scope.Known.AT_SERVER_LEVEL) {
            CoreWords.warn(
                    scope,
                    line,
                    "AH02304: Discarding directive `" + name + "' not allowed in AllowOverrideList" + where);
        }
        return known == Scope.Known.IN_DIRECTORIES;
    }
}
