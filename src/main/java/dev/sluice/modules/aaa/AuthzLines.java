package dev.sluice.modules.aaa;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Settings;
import dev.sluice.syntax.Quoting;
import java.util.List;
import java.util.Locale;

/** What the lines of mod_authz_core do. */
final class AuthzLines {
    private final AuthzProviders providers;

    AuthzLines(AuthzProviders providers) {
        this.providers = providers;
    }

    /**
     * authz_require_alias_section of mod_authz_core.c: what stands in the section is in force while the provider is asked.
     */
    void alias(Line line, Scope scope) throws BadArgument {
        Quoting words = new Quoting(line.args());
        String base = words.word();
        String alias = words.word();
        String args = words.word();
        if (base.isEmpty() || alias.isEmpty()) {
            throw new BadArgument("<AuthzProviderAlias> directive requires additional arguments");
        }
        String more = words.word();
        if (!more.isEmpty()) {
            scope.find(
                    Findings.HTTPD_WARNING,
                    line.span(),
                    "AH10142: When several arguments (" + args + " " + more
                            + "...) are passed to a <AuthzProviderAlias directive, they must be enclosed in quotation"
                            + " marks.  Otherwise, only the first one is taken into account");
        }
        Settings inside = scope.gather(line, AllowOverride.AUTH_CONFIG);
        AuthzProvider.Check check;
        try {
            check = providers.find(base, scope).read(args, scope);
        } catch (BadArgument e) {
            throw e.message().startsWith("Unknown Authz provider")
                    ? e
                    : new BadArgument("Can't parse 'Require " + base + " " + args + "': " + e.message());
        }
        providers.alias(alias, (unused, from) -> request -> {
            Settings outer = request.settings();
            request.settings(outer.over(inside));
            try {
                return check.of(request);
            } finally {
                request.settings(outer);
            }
        });
    }

    /** add_authz_provider of mod_authz_core.c. */
    void require(Line line, Scope scope) throws BadArgument {
        Quoting words = new Quoting(line.args());
        String name = words.word();
        boolean negated = name.equalsIgnoreCase("not");
        if (negated) {
            name = words.word();
        }
        String args = words.rest();
        AuthzProvider.Check check = providers.find(name, scope).read(args, scope);
        String around = container(scope);
        if (negated && !around.equals("RequireAll")) {
            throw new BadArgument("negative Require directive has no effect in <" + around + "> directive");
        }
        give(
                new AuthzSection.Requirement(name + " " + args, negated, scope.methods(), check),
                AuthzRules.Merging.UNSET,
                line,
                scope);
    }

    /** add_authz_section of mod_authz_core.c. */
    static void container(Line line, Scope scope) throws BadArgument {
        String name = canonical(line.name());
        if (!line.args().isEmpty()) {
            throw new BadArgument("<" + name + "> directive doesn't take additional arguments");
        }
        Settings gathered = scope.gather(line, AllowOverride.AUTH_CONFIG);
        AuthzRules rules = gathered.get(AuthzRules.SETTING);
        if (rules.isEmpty()) {
            throw new BadArgument("<" + name + "> directive contains no authorization directives");
        }
        AuthzSection.Logic logic = name.equals("RequireAll") ? AuthzSection.Logic.ALL : AuthzSection.Logic.ANY;
        boolean negated = name.equals("RequireNone");
        String around = container(scope);
        if (negated && !around.equals("RequireAll")) {
            throw new BadArgument("<" + name + "> directive has no effect in <" + around + "> directive");
        }
        boolean sameLogic = around.equals("RequireAll") == (logic == AuthzSection.Logic.ALL);
        if (!negated && sameLogic) {
            for (AuthzSection child : rules.children()) {
                give(child, rules.merging(), line, scope);
            }
        } else {
            give(new AuthzSection.Container(logic, negated, false, rules.children()), rules.merging(), line, scope);
        }
    }

    static void merging(Line line, Scope scope) throws BadArgument {
        AuthzRules.Merging merging =
                switch (line.words().get(0).text().toLowerCase(Locale.ROOT)) {
                    case "off" -> AuthzRules.Merging.OFF;
                    case "and" -> AuthzRules.Merging.AND;
                    case "or" -> AuthzRules.Merging.OR;
                    default -> throw new BadArgument("AuthMerging must be one of: Off | And | Or");
                };
        scope.give(AuthzRules.SETTING, AuthzRules.of(List.of(), merging), line.span());
    }

    private static void give(AuthzSection section, AuthzRules.Merging merging, Line line, Scope scope) {
        scope.give(AuthzRules.SETTING, AuthzRules.of(List.of(section), merging), line.span());
    }

    /** The container that a line stands in; without one it is as in RequireAny. */
    private static String container(Scope scope) {
        List<String> sections = scope.place().sections();
        for (int i = sections.size() - 1; i >= 0; i--) {
            if (sections.get(i).toLowerCase(Locale.ROOT).startsWith("require")) {
                return canonical(sections.get(i));
            }
        }
        return "RequireAny";
    }

    private static String canonical(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "requireall" -> "RequireAll";
            case "requirenone" -> "RequireNone";
            default -> "RequireAny";
        };
    }
}
