package dev.sluice.modules.aaa.ldap;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Regex;
import dev.sluice.modules.aaa.ldap.LdapTerms.Aliases;
import dev.sluice.modules.aaa.ldap.LdapUrl.Security;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The rows of mod_authnz_ldap. */
public final class LdapLines {
    private static final int MOST_ATTRIBUTES = 10;

    /** Changes a copy of what earlier lines of the section said. */
    private interface Change {
        void make(LdapTerms terms, Line line, Scope scope) throws BadArgument;
    }

    private LdapLines() {}

    public static List<Directive> rows() {
        List<Directive> rows = new ArrayList<>();
        rows.add(row("AuthLDAPURL", Args.TAKE12, LdapLines::url));
        rows.add(text("AuthLDAPBindDN", (terms, word) -> terms.bindName = word));
        rows.add(row("AuthLDAPBindPassword", Args.TAKE1, LdapLines::bindPassword));
        rows.add(flag("AuthLDAPBindAuthoritative", (terms, on) -> terms.bindAuthoritative = on));
        rows.add(flag("AuthLDAPRemoteUserIsDN", (terms, on) -> terms.userIsName = on));
        rows.add(text("AuthLDAPRemoteUserAttribute", (terms, word) -> terms.userAttribute = word));
        rows.add(flag("AuthLDAPCompareDNOnServer", (terms, on) -> terms.compareOnServer = on));
        rows.add(row("AuthLDAPSubGroupAttribute", Args.ITERATE, (terms, line, scope) -> {
            List<String> all = joined(terms.subGroupAttributes, line);
            refuseMoreThan(MOST_ATTRIBUTES, all, "Too many AuthLDAPSubGroupAttribute values");
            terms.subGroupAttributes = all;
        }));
        rows.add(row("AuthLDAPSubGroupClass", Args.ITERATE, (terms, line, scope) -> {
            List<String> all = joined(terms.subGroupClasses, line);
            refuseMoreThan(MOST_ATTRIBUTES + 1, all, "Too many AuthLDAPSubGroupClass values");
            terms.subGroupClasses = all;
        }));
        rows.add(text("AuthLDAPMaxSubGroupDepth", (terms, word) -> terms.subGroupDepth = Reading.atoi(word)));
        rows.add(row("AuthLDAPGroupAttribute", Args.ITERATE, (terms, line, scope) -> {
            List<String> all = joined(terms.groupAttributes, line);
            refuseMoreThan(MOST_ATTRIBUTES + 1, all, "Too many AuthLDAPGroupAttribute directives");
            terms.groupAttributes = all;
        }));
        rows.add(flag("AuthLDAPGroupAttributeIsDN", (terms, on) -> terms.groupsOfNames = on));
        rows.add(row("AuthLDAPDereferenceAliases", Args.TAKE1, LdapLines::aliases));
        rows.add(directive(
                "AuthLDAPCharsetConfig",
                Places.SERVERS,
                ignored(Args.TAKE1, "names and passwords go to the directory as they were sent, which is UTF-8")));
        rows.add(text("AuthLDAPAuthorizePrefix", (terms, word) -> terms.prefix = word));
        rows.add(flag("AuthLDAPInitialBindAsUser", (terms, on) -> terms.bindsAsUser = on));
        rows.add(row("AuthLDAPInitialBindPattern", Args.TAKE2, LdapLines::bindPattern));
        rows.add(flag("AuthLDAPSearchAsUser", (terms, on) -> terms.searchesAsUser = on));
        rows.add(flag("AuthLDAPCompareAsUser", (terms, on) -> terms.comparesAsUser = on));
        return rows;
    }

    private static Directive row(String name, Args args, Change change) {
        return directive(
                name,
                Places.anywhere(AllowOverride.AUTH_CONFIG),
                reads(
                        args,
                        (line, scope) -> {
                            LdapTerms before = scope.given(LdapTerms.SETTING);
                            LdapTerms terms = (before == null ? LdapTerms.SETTING.absent() : before).copy();
                            change.make(terms, line, scope);
                            scope.give(LdapTerms.SETTING, terms, line.span());
                        },
                        LdapTerms.SETTING));
    }

    private static Directive flag(String name, BiConsumer<LdapTerms, Boolean> change) {
        return row(
                name,
                Args.FLAG,
                (terms, line, scope) -> change.accept(terms, first(line).equalsIgnoreCase("on")));
    }

    private static Directive text(String name, BiConsumer<LdapTerms, String> change) {
        return row(name, Args.TAKE1, (terms, line, scope) -> change.accept(terms, first(line)));
    }

    private static void url(LdapTerms terms, Line line, Scope scope) throws BadArgument {
        Security mode = null;
        LdapUrl url = LdapUrl.read(first(line), null);
        if (line.words().size() > 1) {
            mode = Security.of(line.words().get(1).text());
            if (mode == null) {
                throw new BadArgument(
                        "Invalid LDAP connection mode setting: must be one of NONE, SSL, or TLS/STARTTLS");
            }
            url = LdapUrl.read(first(line), mode);
        }
        terms.url = url;
    }

    /** {@code exec:} runs a program and takes its first line, also for {@code -t} (set_bind_password). */
    private static void bindPassword(LdapTerms terms, Line line, Scope scope) throws BadArgument {
        String word = first(line);
        if (word.length() <= "exec:".length() || !word.startsWith("exec:")) {
            terms.bindPassword = word;
            return;
        }
        String answer = ProgramAnswer.firstLine(word.substring("exec:".length()), scope.serverRoot());
        if (answer.isEmpty()) {
            throw BadArgument.ofMachine("Empty passwords are invalid for AuthLDAPBindPassword");
        }
        terms.bindPassword = answer;
    }

    private static void aliases(LdapTerms terms, Line line, Scope scope) throws BadArgument {
        terms.aliases = switch (first(line)) {
            case "never", "off" -> Aliases.NEVER;
            case "searching" -> Aliases.SEARCHING;
            case "finding" -> Aliases.FINDING;
            case "always", "on" -> Aliases.ALWAYS;
            default -> throw new BadArgument("Unrecognized value for AuthLDAPDereferenceAliases directive");
        };
    }

    private static void bindPattern(LdapTerms terms, Line line, Scope scope) throws BadArgument {
        try {
            terms.bindPattern = new LdapTerms.BindPattern(
                    Regex.compile(first(line)), line.words().get(1).text());
        } catch (BadPattern e) {
            throw new BadArgument(
                    "AuthLDAPInitialBindPattern: cannot compile regular expression '" + first(line) + "'");
        }
    }

    private static List<String> joined(List<String> before, Line line) {
        List<String> all = new ArrayList<>(before);
        line.words().stream().map(Word::text).takeWhile(word -> !word.isEmpty()).forEach(all::add);
        return List.copyOf(all);
    }

    private static void refuseMoreThan(int most, List<String> names, String complaint) throws BadArgument {
        if (names.size() > most) {
            throw new BadArgument(complaint);
        }
    }

    private static String first(Line line) {
        return line.words().get(0).text();
    }
}
