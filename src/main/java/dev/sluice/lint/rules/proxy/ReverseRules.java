package dev.sluice.lint.rules.proxy;

import static dev.sluice.module.LintRule.text;

import dev.sluice.directive.Line;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ProxyPass and ProxyPassReverse, of which one mostly needs the other. */
final class ReverseRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "proxy-reverse-missing",
                    Severity.WARNING,
                    "A ProxyPass without ProxyPassReverse: redirects lead to the backend itself",
                    ReverseRules::missing),
            text(
                    "proxy-reverse-unused",
                    Severity.WARNING,
                    "A ProxyPassReverse of a path that nothing proxies",
                    ReverseRules::unused));

    /** Those whose backends answer with redirects that name themselves. AJP tells the backend the client's Host. */
    private static final Set<String> REDIRECTING = Set.of("http", "https", "h2", "h2c");

    private ReverseRules() {}

    /**
     * A ProxyPassReverse.
     *
     * @param path as PassLine's; empty where it is not a plain one
     */
    private record Reverse(Standing line, String path, String url) {
        static Reverse of(Standing line) {
            Standing section = line.directory();
            if (section == null) {
                return new Reverse(line, line.word(0), line.word(1));
            }
            boolean plain = section.is("Location") && section.words().size() == 1;
            return new Reverse(line, plain ? section.word(0) : "", line.word(0));
        }

        /** Whether it is about what {@code pass} brings in, seen generously. */
        boolean isFor(PassLine pass) {
            boolean server = line.hostLine() == null || line.hostLine() == pass.host();
            return server
                    && (PassLine.origin(url).equals(pass.origin())
                            || path.isEmpty()
                            || pass.isPattern()
                            || PassLine.covers(path, pass.path())
                            || PassLine.covers(pass.path(), path));
        }
    }

    private static void missing(LintSubject subject, Report report) {
        List<Reverse> reverses =
                subject.lines("ProxyPassReverse").stream().map(Reverse::of).toList();
        List<Balancer> balancers = Balancer.all(subject);
        boolean complete = subject.hasAllIncludes();
        for (PassLine pass : PassLine.all(subject)) {
            boolean plain = !pass.isPattern() && !pass.excludes() && pass.parameter("upgrade") == null;
            if (complete
                    && plain
                    && redirects(pass, balancers)
                    && reverses.stream().noneMatch(each -> each.isFor(pass))
                    && !keepsHost(subject, pass)
                    && !editsLocation(subject, pass.host())) {
                report.at(
                        pass.line().span(),
                        "a redirect to " + (pass.scheme().equals("balancer") ? "a member of " : "") + "'"
                                + pass.origin()
                                + "', as a backend makes it, goes to the client as it is: ProxyPassReverse puts this"
                                + " server's name there",
                        reverse(pass));
            }
        }
    }

    /** Whether its backends are known to speak HTTP, whose redirects name them. */
    private static boolean redirects(PassLine pass, List<Balancer> balancers) {
        if (!pass.scheme().equals("balancer")) {
            return REDIRECTING.contains(pass.scheme());
        }
        String name = Balancer.name(pass.url());
        return balancers.stream()
                .filter(each -> each.name().equals(name) && (each.host() == null || each.host() == pass.host()))
                .flatMap(each -> each.members().stream())
                .anyMatch(member ->
                        REDIRECTING.contains(WorkerRules.scheme(member.line().word(member.url()))));
    }

    private static @Nullable Fix reverse(PassLine pass) {
        Standing line = pass.line();
        String url = pass.urlSpan().text();
        String path = pass.section() == null ? line.wordSpan(0).text() + " " : "";
        String fresh = line.span().indent() + "ProxyPassReverse " + path + url + "\n";
        return line.ifVerbatim(
                Fix.insertAfter("put it there", line.span(), fresh).unsure());
    }

    /** A backend that is told the client's Host names that in its redirects. */
    private static boolean keepsHost(LintSubject subject, PassLine pass) {
        return subject.lines("ProxyPreserveHost").stream()
                .anyMatch(line -> (line.hostLine() == null || line.hostLine() == pass.host())
                        && line.word(0).equalsIgnoreCase("on"));
    }

    private static boolean editsLocation(LintSubject subject, @Nullable Line host) {
        return subject.lines("Header").stream()
                .anyMatch(line -> (line.hostLine() == null || line.hostLine() == host)
                        && line.line().args().toLowerCase(Locale.ROOT).matches("(?s).*edit\\*?\\s+\"?location\\b.*"));
    }

    private static void unused(LintSubject subject, Report report) {
        List<Standing> lines = subject.lines("ProxyPassReverse");
        List<PassLine> passes = PassLine.all(subject);
        boolean complete = !lines.isEmpty() && subject.hasAllIncludes();
        for (Standing line : lines) {
            Reverse reverse = Reverse.of(line);
            boolean judgeable = line.hostLine() != null || subject.facts().isWhole();
            if (!judgeable || reverse.path.isEmpty() || !complete || isElsewhereProxied(subject, line.hostLine())) {
                continue;
            }
            List<PassLine> here = new ArrayList<>(passes);
            here.removeIf(pass -> pass.host() != null && pass.host() != line.hostLine());
            if (here.stream().noneMatch(pass -> !pass.excludes() && reverse.isFor(pass))) {
                report.at(
                        line.span(),
                        here.isEmpty()
                                ? "nothing is proxied here: no ProxyPass belongs to it"
                                : "no ProxyPass is for '" + reverse.path + "' or goes to '"
                                        + PassLine.origin(reverse.url) + "': no answer is changed");
            }
        }
    }

    /** Whether requests go to backends by other lines than ProxyPass. */
    private static boolean isElsewhereProxied(LintSubject subject, @Nullable Line host) {
        List<Standing> lines = subject.lines("RewriteRule", "RewriteOptions", "SetHandler", "ProxyRequests");
        return lines.stream()
                .anyMatch(line -> (line.hostLine() == null || line.hostLine() == host)
                        && switch (line.name()) {
                            case "rewriterule" -> line.word(2).matches("(?i)\\[(.*,)?\\s*(P|proxy)\\s*(,.*)?\\]");
                            case "rewriteoptions" ->
                                line.word(0).toLowerCase(Locale.ROOT).startsWith("inherit");
                            case "sethandler" -> line.word(0).startsWith("proxy:");
                            default -> line.word(0).equalsIgnoreCase("on");
                        });
    }
}
