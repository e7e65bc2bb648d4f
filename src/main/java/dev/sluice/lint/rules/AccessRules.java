package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.directive.Line;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Note;
import dev.sluice.source.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may see what: lines that let in more than they look like. */
final class AccessRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "access-mixed",
                    Severity.WARNING,
                    "Require beside Order, Allow or Deny: both have to let a request in",
                    (subject, report) -> subject.blocks().forEach(block -> mixed(block, subject, report))),
            text(
                    "access-compat",
                    Severity.NOTE,
                    "Order, Allow and Deny of httpd 2.2 where Require says it",
                    (subject, report) -> subject.blocks().forEach(block -> compat(block, subject, report))),
            text(
                    "satisfy-any",
                    Severity.WARNING,
                    "Satisfy Any where every host is let in, so that no password is asked for",
                    (subject, report) -> subject.blocks().forEach(block -> satisfyAny(block, report))),
            text(
                    "require-granted-beside",
                    Severity.WARNING,
                    "Require all granted beside other Requires, which it makes void",
                    (subject, report) -> subject.blocks().forEach(block -> grantedBeside(block, report))),
            text(
                    "root-granted",
                    Severity.WARNING,
                    "The whole file system is open to requests",
                    AccessRules::rootGranted),
            text(
                    "location-grants-all",
                    Severity.WARNING,
                    "Require all granted for every URL, which opens what directories and files deny",
                    AccessRules::locationGranted),
            text(
                    "limit-methods",
                    Severity.WARNING,
                    "Access control for some methods, which leaves the others open",
                    AccessRules::limits),
            text(
                    "forwarded-for-trust",
                    Severity.WARNING,
                    "Access by a header that the client writes",
                    AccessRules::forwardedFor));

    /** Sections in which several Requires mean any of them. */
    private static final Set<String> ANY = Set.of("requireany");

    private AccessRules() {}

    private static @Nullable Fix fix(CompatAccess access, LintSubject subject) {
        Fix fix = access.fix();
        boolean unsure = subject.facts().isAccessFile() || isGuardedFurtherOut(access.first(), subject);
        return fix != null && unsure ? fix.unsure() : fix;
    }

    /** Whether a directory around has a Require, which a new one in the section of {@code line} would replace. */
    private static boolean isGuardedFurtherOut(Standing line, LintSubject subject) {
        Standing section = line.directory();
        if (section == null || !section.is("Directory")) {
            return false;
        }
        String path = section.word(0);
        return subject.lines("Require").stream()
                .map(Standing::directory)
                .anyMatch(other -> other != null
                        && other.is("Directory")
                        && other.line() != section.line()
                        && path.startsWith(other.word(0)));
    }

    private static void mixed(List<Standing> block, LintSubject subject, Report report) {
        CompatAccess access = CompatAccess.of(block);
        List<Standing> requires = access.requiresOfHosts();
        if (access.isThere() && !requires.isEmpty()) {
            report.at(
                    access.first().span(),
                    "'" + access.first().line().name() + "' of httpd 2.2 stands beside Require: "
                            + (access.isSatisfyAny() ? "either" : "both") + " of them must let a request in",
                    "the Require",
                    requires.get(0).span(),
                    fix(access, subject));
        }
    }

    private static void compat(List<Standing> block, LintSubject subject, Report report) {
        CompatAccess access = CompatAccess.of(block);
        if (access.isThere() && access.requiresOfHosts().isEmpty()) {
            report.at(
                    access.first().span(),
                    "Order, Allow and Deny are there for the sake of httpd 2.2: Require says it",
                    fix(access, subject));
        }
    }

    private static void satisfyAny(List<Standing> block, Report report) {
        CompatAccess access = CompatAccess.of(block);
        Standing satisfy = access.satisfy();
        boolean names = access.hasRequire() && access.requiresOfHosts().isEmpty();
        if (satisfy != null && access.isSatisfyAny() && names && access.isThere() && access.isGranted()) {
            report.at(
                    satisfy.span(),
                    "every host is let in, and 'Any' of host and user is enough: nobody is asked for a password",
                    "what lets every host in",
                    access.first().span(),
                    null);
        }
    }

    private static void grantedBeside(List<Standing> block, Report report) {
        List<Standing> requires =
                block.stream().filter(line -> line.is("Require")).toList();
        Standing granted = null;
        List<Note> others = new ArrayList<>();
        for (Standing require : requires) {
            if (isAll(require, "granted")) {
                granted = require;
            } else if (!isAll(require, "denied") && !require.word(0).equalsIgnoreCase("not")) {
                others.add(new Note("has no effect", require.span()));
            }
        }
        Standing outer = block.isEmpty() ? null : block.get(0).outer();
        boolean any = outer == null || !outer.name().startsWith("require") || ANY.contains(outer.name());
        if (granted != null && !others.isEmpty() && any) {
            report.at(granted.span(), "one Require is enough, and this one lets everybody in", others, null);
        }
    }

    static boolean isAll(Standing require, String what) {
        return require.is("Require")
                && require.word(0).equalsIgnoreCase("all")
                && require.word(1).equalsIgnoreCase(what);
    }

    /** Whether the lines of {@code section} let everybody in. */
    private static boolean grants(Standing line) {
        List<Standing> block = new ArrayList<>();
        line.line()
                .children()
                .forEach(
                        child -> block.add(new Standing(child, line, line.line().children())));
        CompatAccess access = CompatAccess.of(block);
        boolean required = block.stream().anyMatch(each -> isAll(each, "granted"));
        return required
                ? !access.isThere() || access.isGranted()
                : access.isThere() && access.isGranted() && !access.hasRequire();
    }

    private static void rootGranted(LintSubject subject, Report report) {
        for (Standing section : subject.lines("Directory")) {
            if (section.line().isSection() && section.word(0).equals("/") && grants(section)) {
                report.at(
                        section.span(),
                        "every file of the machine that the server can read is let out, wherever an Alias or a link"
                                + " leads: '/' is what nothing else says something about");
            }
        }
    }

    private static void locationGranted(LintSubject subject, Report report) {
        for (Standing section : subject.lines("Location")) {
            List<Line> lines = section.line().children();
            boolean whole = section.line().isSection() && section.word(0).equals("/");
            boolean granted = lines.stream().anyMatch(line -> isAll(new Standing(line, section, lines), "granted"));
            if (!whole || !granted || lines.stream().anyMatch(AccessRules::isMapping)) {
                continue;
            }
            Standing root = subject.lines("DocumentRoot").stream()
                    .filter(line -> line.hostLine() == section.hostLine())
                    .findFirst()
                    .orElse(null);
            boolean proxied = subject.lines("ProxyPass").stream()
                    .anyMatch(line -> line.word(0).equals("/") && line.hostLine() == section.hostLine());
            if (root != null && !proxied) {
                report.at(
                        section.span(),
                        "a Location comes after directories and files: what they deny below '" + root.word(0)
                                + "', .ht files too, is open",
                        "what is served",
                        root.span(),
                        null);
            }
        }
    }

    /** Whether {@code line} leads requests away from files. */
    private static boolean isMapping(Line line) {
        String name = line.name().toLowerCase(Locale.ROOT);
        return name.equals("proxypass") || name.equals("sethandler") || name.equals("proxypassmatch");
    }

    private static void limits(LintSubject subject, Report report) {
        for (Standing section : subject.lines("Limit")) {
            boolean get = section.words().stream().anyMatch(word -> word.text().equals("GET"));
            if (!section.line().isSection() || !get || !restricts(section)) {
                continue;
            }
            boolean rest =
                    section.siblings().stream().anyMatch(line -> line.name().equalsIgnoreCase("LimitExcept"));
            boolean outside = section.siblings().stream()
                    .anyMatch(line -> line.name().equalsIgnoreCase("Require")
                            || line.name().equalsIgnoreCase("Deny"));
            if (!rest && !outside) {
                report.at(
                        section.span(),
                        "methods that are not named here are open to everybody: PATCH, DELETE, or any that a script"
                                + " takes for GET",
                        "without <Limit> its lines guard every method",
                        null,
                        null);
            }
        }
    }

    private static boolean restricts(Standing section) {
        List<Standing> block = new ArrayList<>();
        section.line().children().forEach(child -> block.add(new Standing(child, section, List.of())));
        CompatAccess access = CompatAccess.of(block);
        boolean required = block.stream().anyMatch(line -> line.is("Require") && !isAll(line, "granted"));
        return required || (access.isThere() && !access.isGranted());
    }

    private static void forwardedFor(LintSubject subject, Report report) {
        for (Standing line : subject.lines("Require", "RewriteCond", "SetEnvIf", "SetEnvIfNoCase")) {
            String text = line.line().args().toLowerCase(Locale.ROOT);
            boolean expression = line.is("Require")
                    && line.word(0).equalsIgnoreCase("expr")
                    && text.matches("(?s).*(http:|req\\(.|req_novary\\(.)x-forwarded-for.*");
            String variable = variable(line);
            if (expression || (variable != null && admits(subject, variable))) {
                report.at(
                        line.span(),
                        "a client writes what it likes into X-Forwarded-For, and so lets itself in: mod_remoteip takes it"
                                + " from proxies that are known alone");
            }
        }
        List<Standing> headers = subject.lines("RemoteIPHeader");
        boolean trusts = !subject.lines(
                        "RemoteIPInternalProxy",
                        "RemoteIPTrustedProxy",
                        "RemoteIPInternalProxyList",
                        "RemoteIPTrustedProxyList")
                .isEmpty();
        if (!headers.isEmpty() && !trusts) {
            report.at(
                    headers.get(0).span(),
                    "no proxy is named that may set '" + headers.get(0).word(0)
                            + "': it is taken from every client, which can be whom it likes");
        }
    }

    /** The variable that a SetEnvIf X-Forwarded-For sets; null for another line. */
    private static @Nullable String variable(Standing line) {
        boolean sets = line.name().startsWith("setenvif") && line.word(0).equalsIgnoreCase("X-Forwarded-For");
        String given = line.word(2);
        return sets ? given.replaceFirst("=.*", "") : null;
    }

    private static boolean admits(LintSubject subject, String variable) {
        return subject.lines("Allow", "Require").stream()
                .anyMatch(line -> line.word(1).equalsIgnoreCase("env=" + variable)
                        || (line.word(0).equalsIgnoreCase("env") && line.word(1).equals(variable)));
    }
}
