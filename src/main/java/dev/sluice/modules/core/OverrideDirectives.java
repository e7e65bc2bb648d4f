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
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Section;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** core's directives about {@code .htaccess} files. */
final class OverrideDirectives {
    /** The names of the files that are looked for in each directory. */
    static final Setting<List<String>> ACCESS_FILE_NAME = perServer("AccessFileName", List.of(".htaccess"));

    /** The classes of directives admitted. */
    static final Setting<Set<AllowOverride>> ALLOW_OVERRIDE = perDirectory("AllowOverride", Set.<AllowOverride>of());

    /** Single directives admitted. */
    static final Setting<List<String>> ALLOW_OVERRIDE_LIST = perDirectory("AllowOverrideList", List.<String>of());

    private OverrideDirectives() {}

    static List<Directive> rows() {
        String missing = "a directory with such a file in it answers 500, since the file may guard it";
        return List.of(
                directive(
                        "AccessFileName",
                        Places.SERVERS,
                        raw(OverrideDirectives::accessFileName, ACCESS_FILE_NAME)
                                .partly(missing)),
                directive("AllowOverride", Places.DIRECTORIES, raw(OverrideDirectives::allowOverride, ALLOW_OVERRIDE)),
                directive(
                        "AllowOverrideList",
                        Places.DIRECTORIES,
                        reads(Args.TAKE_ARGV, OverrideDirectives::allowOverrideList, ALLOW_OVERRIDE_LIST)));
    }

    private static void accessFileName(Line line, Scope scope) {
        scope.give(ACCESS_FILE_NAME, line.words().stream().map(Word::text).toList(), line.span());
    }

    /** set_override of httpd's core.c: words of one line add up. */
    private static void allowOverride(Line line, Scope scope) throws BadArgument {
        warnOfUselessness(line, scope);
        Set<AllowOverride> classes = EnumSet.noneOf(AllowOverride.class);
        for (Word word : line.words()) {
            String text = word.text();
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? "" : text.substring(equals + 1);
            switch (name.toLowerCase(Locale.ROOT)) {
                case "limit" -> classes.add(AllowOverride.LIMIT);
                case "options" -> {
                    checkOptions(value, word);
                    classes.add(AllowOverride.OPTIONS);
                }
                case "fileinfo" -> classes.add(AllowOverride.FILE_INFO);
                case "authconfig" -> classes.add(AllowOverride.AUTH_CONFIG);
                case "indexes" -> classes.add(AllowOverride.INDEXES);
                case "nonfatal" -> {} // its words matter only when a file is read
                case "none" -> classes.clear();
                case "all" -> classes = EnumSet.allOf(AllowOverride.class);
                default -> throw new BadArgument("Illegal override option " + name, word.span());
            }
        }
        if (!classes.isEmpty() && scope.given(ALLOW_OVERRIDE) == null) {
            scope.find(
                    Findings.PARTLY,
                    line.span(),
                    "AllowOverride: a directory with a .htaccess file in it answers 500, since the file may guard it");
        }
        scope.give(ALLOW_OVERRIDE, Set.copyOf(classes), line.span());
    }

    private static void warnOfUselessness(Line line, Scope scope) {
        Scope.Enclosing around = scope.enclosing();
        boolean useful = around == null
                || around.kind() == Section.Kind.DIRECTORY
                || around.kind() == Section.Kind.DIRECTORY_MATCH;
        if (!useful && scope.place().kind() != Place.Kind.HTACCESS) {
            CoreWords.warn(
                    scope,
                    line,
                    "AH00114: Useless use of AllowOverride in line " + line.lineNumber() + " of " + line.fileName()
                            + ".");
        }
    }

    private static void checkOptions(String list, Word word) throws BadArgument {
        Set<String> known = Set.of(
                "indexes",
                "includes",
                "includesnoexec",
                "followsymlinks",
                "symlinksifownermatch",
                "execcgi",
                "multiviews",
                "runscripts",
                "none",
                "all");
        for (String option : list.split(",")) {
            if (!option.isEmpty() && !known.contains(option.toLowerCase(Locale.ROOT))) {
                throw new BadArgument("Illegal option " + option, word.span());
            }
        }
    }

    private static void allowOverrideList(Line line, Scope scope) {
        List<String> names = new ArrayList<>();
        for (Word word : line.words()) {
            if (!word.text().equalsIgnoreCase("None")) {
                names.add(word.text());
            }
        }
        scope.give(ALLOW_OVERRIDE_LIST, List.copyOf(names), line.span());
    }
}
