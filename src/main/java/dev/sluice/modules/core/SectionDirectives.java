package dev.sluice.modules.core;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.opens;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Scope.Methods;
import dev.sluice.model.Matcher;
import dev.sluice.model.Section;
import dev.sluice.syntax.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The sections that say where their lines apply, and those that say to which methods. */
final class SectionDirectives {
    private static final Methods ALL_METHODS = new Methods(Set.of(), true);

    private SectionDirectives() {}

    static List<Directive> rows() {
        Places limits = Places.anywhere(AllowOverride.LIMIT, AllowOverride.AUTH_CONFIG);
        return List.of(
                directive("<Directory", Places.SERVERS, section(Section.Kind.DIRECTORY, SectionMatchers::directory)),
                directive("<DirectoryMatch", Places.SERVERS, matchSection(Section.Kind.DIRECTORY_MATCH, true)),
                directive("<Location", Places.SERVERS, section(Section.Kind.LOCATION, SectionMatchers::location)),
                directive("<LocationMatch", Places.SERVERS, matchSection(Section.Kind.LOCATION_MATCH, false)),
                directive("<Files", CoreWords.ALL, files(section(Section.Kind.FILES, SectionMatchers::files))),
                directive("<FilesMatch", CoreWords.ALL, files(matchSection(Section.Kind.FILES_MATCH, false))),
                directive("<Limit", limits, opens((line, scope) -> limit(line, scope, false))),
                directive("<LimitExcept", limits, opens((line, scope) -> limit(line, scope, true))));
    }

    private static Directive.Does section(Section.Kind kind, Function<String, Matcher> plain) {
        return opens((line, scope) -> {
            List<Word> words = arguments(line);
            boolean tilde = words.get(0).text().equals("~");
            Word argument = words.get(tilde && words.size() > 1 ? 1 : 0);
            Matcher matcher = tilde ? regex(words.size() > 1 ? argument.text() : "") : plain.apply(argument.text());
            open(tilde ? matching(kind) : kind, argument, matcher, line, scope);
            refuseMore(line, words.size() - (tilde ? 2 : 1));
        });
    }

    /** {@code skipsTilde}: DirectoryMatch takes the tilde of the older form, too. */
    private static Directive.Does matchSection(Section.Kind kind, boolean skipsTilde) {
        return opens((line, scope) -> {
            List<Word> words = arguments(line);
            boolean skip = skipsTilde && words.get(0).text().equals("~") && words.size() > 1;
            Word argument = words.get(skip ? 1 : 0);
            open(kind, argument, regex(argument.text()), line, scope);
            refuseMore(line, words.size() - (skip ? 2 : 1));
        });
    }

    private static Section.Kind matching(Section.Kind kind) {
        return switch (kind) {
            case DIRECTORY -> Section.Kind.DIRECTORY_MATCH;
            case FILES -> Section.Kind.FILES_MATCH;
            default -> Section.Kind.LOCATION_MATCH;
        };
    }

    private static void open(Section.Kind kind, Word argument, Matcher matcher, Line line, Scope scope)
            throws BadArgument {
        scope.openSection(kind, argument.text(), matcher, line);
    }

    private static Matcher regex(String pattern) throws BadArgument {
        Matcher matcher = SectionMatchers.regex(pattern);
        if (matcher == null) {
            throw new BadArgument("Regex could not be compiled");
        }
        return matcher;
    }

    /** httpd looks for more words only once the section is read. */
    private static void refuseMore(Line line, int more) throws BadArgument {
        if (more > 0) {
            throw new BadArgument("Multiple <" + name(line) + "> arguments not (yet) supported.");
        }
    }

    private static Directive.Does files(Directive.Does section) {
        return opens((line, scope) -> {
            for (String outer : scope.place().sections()) {
                if (outer.equalsIgnoreCase("Location") || outer.equalsIgnoreCase("LocationMatch")) {
                    throw new BadArgument("<" + name(line) + "> cannot occur within <" + outer + "> section");
                }
            }
            if (scope.methods() != null) {
                throw new BadArgument("<" + name(line) + "> cannot occur within <Limit> or <LimitExcept> section");
            }
            section.effect().apply(line, scope);
        });
    }

    /** ap_limit_section of httpd's core.c. */
    private static void limit(Line line, Scope scope, boolean except) throws BadArgument {
        Set<String> names = new HashSet<>();
        for (Word word : arguments(line)) {
            if (word.text().equals("TRACE") && !except) {
                throw new BadArgument("TRACE cannot be controlled by <Limit>, see TraceEnable", word.span());
            }
            if (scope.place().kind() == Place.Kind.HTACCESS && !StandardMethods.isKnown(word.text())) {
                throw new BadArgument(
                        "Could not register method '" + word.text() + "' for <" + name(line)
                                + " from .htaccess configuration",
                        word.span());
            }
            names.add(word.text().equals("HEAD") ? "GET" : word.text());
        }
        Methods outer = scope.methods() == null ? ALL_METHODS : scope.methods();
        Methods both = outer.and(new Methods(Set.copyOf(names), except));
        if (both.isNone()) {
            throw new BadArgument("<" + name(line) + "> directive excludes all methods");
        }
        if (both.equals(outer)) {
            throw new BadArgument("<" + name(line) + "> directive specifies methods already excluded");
        }
        scope.openLimit(both, line);
    }

    /** At least one word; an empty quoted one counts. */
    static List<Word> arguments(Line line) throws BadArgument {
        if (line.args().isEmpty() || line.words().isEmpty()) {
            throw new BadArgument("<" + name(line) + "> directive requires additional arguments");
        }
        return line.words();
    }

    private static String name(Line line) {
        return switch (line.name().toLowerCase(java.util.Locale.ROOT)) {
            case "directory" -> "Directory";
            case "directorymatch" -> "DirectoryMatch";
            case "location" -> "Location";
            case "locationmatch" -> "LocationMatch";
            case "files" -> "Files";
            case "filesmatch" -> "FilesMatch";
            case "limit" -> "Limit";
            case "if" -> "If";
            case "elseif" -> "ElseIf";
            default -> "LimitExcept";
        };
    }
}
