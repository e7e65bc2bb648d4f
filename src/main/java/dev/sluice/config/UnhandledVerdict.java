package dev.sluice.config;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a directive comes to whose module has no class: read from unhandled.tsv, where a directive's own line goes before its
 * module's. A module that is not in the table is refused, with all it has.
 *
 * @param reason what is missing
 */
record UnhandledVerdict(Kind kind, String reason) {
    enum Kind {
        /** Noted: it tunes what is not done, or only has effect with another directive that is refused. */
        IGNORED,
        /** An error. */
        REFUSED,
        /** An error unless it says that the thing is not to be done. */
        UNLESS_OFF
    }

    /** The table, apart from the catalogue's: a configuration that needs no such module does not need it. */
    private static final class Table {
        static final Map<String, UnhandledVerdict> ROWS = new HashMap<>();

        static {
            for (String line : Catalogue.read("unhandled.tsv")) {
                String[] column = line.split("\t", -1);
                Kind kind = Kind.valueOf(column[1].toUpperCase(Locale.ROOT).replace('-', '_'));
                ROWS.put(column[0].toLowerCase(Locale.ROOT), new UnhandledVerdict(kind, column[2]));
            }
        }
    }

    /** That of a directive, a section with {@code <}, of the module with this source file. */
    static UnhandledVerdict of(String directive, String file) {
        String unhandled = file.replace(".c", "") + " is not implemented";
        UnhandledVerdict own = Table.ROWS.get(directive.toLowerCase(Locale.ROOT));
        UnhandledVerdict known = own != null ? own : Table.ROWS.get(file);
        if (known == null) {
            return new UnhandledVerdict(Kind.REFUSED, unhandled);
        }
        return known.kind == Kind.IGNORED ? new UnhandledVerdict(Kind.IGNORED, unhandled + ": " + known.reason) : known;
    }

    Directive.Does does(Args args) {
        return switch (kind) {
            case IGNORED -> Directive.ignored(args, reason);
            case REFUSED -> Directive.refused(args, reason);
            case UNLESS_OFF ->
                new Directive.Does(
                        args,
                        (line, scope) -> refuseUnlessOff(line),
                        new Verdict(Verdict.Kind.REFUSED, reason),
                        List.of(),
                        List.of());
        };
    }

    private void refuseUnlessOff(Line line) throws BadArgument {
        String word = line.words().isEmpty() ? "" : line.words().get(0).text();
        if (!word.equalsIgnoreCase("off") && !word.equalsIgnoreCase("none")) {
            throw BadArgument.refusal(line.name() + " is not supported: " + reason);
        }
    }
}
