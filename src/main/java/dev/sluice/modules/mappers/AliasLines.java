package dev.sluice.modules.mappers;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Regex;
import dev.sluice.model.Section;
import dev.sluice.modules.core.RequestExpression;
import java.util.List;
import java.util.Optional;

/** Reads the lines of Alias and its kin (add_alias_internal, mod_alias.c). */
final class AliasLines {
    private AliasLines() {}

    /** {@code name} is httpd's spelling of the directive. */
    static void alias(String name, boolean script, Line line, Scope scope) throws BadArgument {
        String first = line.words().get(0).text();
        String second = RedirectLines.word(line, 1);
        Scope.Enclosing section = scope.enclosing();
        if (section == null) {
            if (second == null) {
                throw new BadArgument("Alias must have two arguments when used globally");
            }
            give(new AliasRule(null, first, second, script), name, line, scope);
            return;
        }
        if (second != null) {
            throw new BadArgument(name + " cannot occur within directory context");
        }
        if (section.kind() != Section.Kind.LOCATION && section.kind() != Section.Kind.LOCATION_MATCH) {
            throw new BadArgument(
                    name + " cannot occur within <" + section.kind().directive() + "> section");
        }
        try {
            RequestExpression target = RequestExpression.string("alias", first, scope);
            scope.give(
                    AliasModule.LOCATION_ALIAS,
                    Optional.of(new AliasRule.OfLocation(section.argument(), target, script)),
                    line.span());
        } catch (BadExpression e) {
            throw new BadArgument("Cannot parse alias expression '" + first + "': " + e.message());
        }
    }

    static void aliasMatch(String name, boolean script, Line line, Scope scope) throws BadArgument {
        String text = line.words().get(0).text();
        Regex pattern = RedirectLines.compiled(text);
        give(new AliasRule(pattern, text, line.words().get(1).text(), script), name, line, scope);
    }

    private static void give(AliasRule rule, String name, Line line, Scope scope) {
        List<AliasRule> earlier = scope.given(AliasModule.ALIASES);
        if (earlier != null) {
            earlier.stream().filter(e -> e.hides(rule)).findFirst().ifPresent(e -> warn(e, name, line, scope));
        }
        scope.give(AliasModule.ALIASES, List.of(rule), line.span());
    }

    private static void warn(AliasRule earlier, String name, Line line, Scope scope) {
        scope.find(
                Findings.HTTPD_WARNING,
                line.span(),
                "AH00671: The " + name + " directive in " + line.fileName() + " at line " + line.lineNumber()
                        + " will probably never match because it overlaps an earlier "
                        + (earlier.script() ? "ScriptAlias" : "Alias") + ".");
    }
}
