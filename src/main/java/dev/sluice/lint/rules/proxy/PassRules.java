package dev.sluice.lint.rules.proxy;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ProxyPass and its kin: what a request's path becomes, and which line of several is the one that counts. */
final class PassRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "proxy-pass-slashes",
                    Severity.WARNING,
                    "A ProxyPass whose path and URL do not end alike",
                    PassRules::slashes),
            text(
                    "proxy-pass-shadowed",
                    Severity.WARNING,
                    "A ProxyPass behind one of a shorter path, and so never used",
                    (subject, report) -> subject.blocks().forEach(block -> shadowed(block, report))),
            text(
                    "proxy-host-from-client",
                    Severity.WARNING,
                    "A pattern that lets the client choose the host its request goes to",
                    PassRules::hostFromClient),
            text(
                    "proxy-open",
                    Severity.WARNING,
                    "ProxyRequests On without a rule about who may use it",
                    PassRules::open),
            text(
                    "balancer-manager-open",
                    Severity.WARNING,
                    "A balancer-manager that everybody may use",
                    PassRules::managerOpen));

    /** A reference to a group in front of the path of a URL. */
    private static final Pattern GROUP_IN_HOST =
            Pattern.compile("[a-z0-9+.-]+://[^/]*?\\$(\\d).*", Pattern.CASE_INSENSITIVE);

    private static final Pattern BARE_HOST = Pattern.compile("[a-z0-9+.-]+://[^/]+", Pattern.CASE_INSENSITIVE);

    private PassRules() {}

    private static void slashes(LintSubject subject, Report report) {
        for (Standing line : subject.lines("ProxyPass")) {
            Standing section = line.directory();
            boolean inLocation =
                    section != null && section.is("Location") && section.words().size() == 1;
            int at = inLocation ? 0 : 1;
            String path = inLocation && section != null ? section.word(0) : line.word(0);
            String url = line.word(at);
            if ((section != null && !inLocation)
                    || !path.startsWith("/")
                    || !url.matches("[A-Za-z0-9.+-]+://.*")
                    || url.contains("|")) {
                continue;
            }
            boolean bare = BARE_HOST.matcher(url).matches();
            if (path.endsWith("/") && !url.endsWith("/")) {
                String example = path + "x";
                report.at(
                        line.wordSpan(at),
                        "'" + path + "' ends in a slash and '" + url + "' does not, so '" + example + "' goes to '"
                                + url + "x'");
            } else if (!path.endsWith("/") && url.endsWith("/") && !bare) {
                report.at(
                        line.wordSpan(at),
                        "'" + url + "' ends in a slash and '" + path + "' does not, so '" + path + "/x' goes to '" + url
                                + "/x'");
            }
        }
    }

    /** Only lines beside each other are compared: those of sections stand behind all of a server's. */
    private static void shadowed(List<Standing> block, Report report) {
        List<Standing> earlier = new ArrayList<>();
        for (Standing line : block) {
            if (!line.is("ProxyPass")
                    || line.directory() != null
                    || !line.word(0).startsWith("/")) {
                continue;
            }
            for (Standing before : earlier) {
                if (PassLine.covers(before.word(0), line.word(0)) && !PassOrderRules.isWebSocketOf(before, line)) {
                    report.at(
                            line.wordSpan(0),
                            "'" + line.word(0) + "' is never " + (line.word(1).equals("!") ? "left out" : "used")
                                    + ": the first ProxyPass that fits is taken, and '" + before.word(0)
                                    + "' comes before it",
                            "the line that takes its requests",
                            before.span(),
                            null);
                    break;
                }
            }
            earlier.add(line);
        }
    }

    private static void hostFromClient(LintSubject subject, Report report) {
        for (Standing line : subject.lines("ProxyPassMatch", "RewriteRule")) {
            String target = line.word(1);
            boolean goesOn = line.is("ProxyPassMatch") || line.word(2).matches("\\[(.*,)?(P|proxy)(,.*)?\\]");
            Matcher group = GROUP_IN_HOST.matcher(target);
            boolean chosen = goesOn && group.matches();
            if (chosen && !beginsWithSlash(line, Integer.parseInt(group.group(1)), subject)) {
                report.at(
                        line.wordSpan(1),
                        "the host in '" + target
                                + "' is taken from the request: whoever sends it reaches any host that this"
                                + " server reaches");
            }
        }
    }

    /** Whether what the group takes begins with a slash, which ends a host's name. */
    private static boolean beginsWithSlash(Standing line, int number, LintSubject subject) {
        String pattern = line.word(0);
        int at = -1;
        int count = 0;
        for (int i = 0; i < pattern.length() && count < number; i++) {
            char c = pattern.charAt(i);
            boolean group = c == '(' && !pattern.startsWith("(?", i);
            i += c == '\\' ? 1 : 0;
            count += group ? 1 : 0;
            at = group ? i : at;
        }
        boolean first = at >= 0 && pattern.substring(0, at).matches("\\^?\\(*");
        boolean ofPath = line.isAtServerLevel() && !subject.facts().isAccessFile();
        return number == 0 ? ofPath : at >= 0 && (pattern.startsWith("/", at + 1) || (first && ofPath));
    }

    private static void open(LintSubject subject, Report report) {
        boolean guarded = subject.lines("Proxy", "ProxyMatch").stream()
                .anyMatch(section -> section.line().children().stream().anyMatch(line -> isGuard(line.name())));
        for (Standing line : subject.lines("ProxyRequests")) {
            if (line.word(0).equalsIgnoreCase("on") && !guarded) {
                report.at(
                        line.span(),
                        "everybody who reaches this server may send requests to anywhere through it: a <Proxy \"*\"> with"
                                + " Require says who may");
            }
        }
    }

    private static void managerOpen(LintSubject subject, Report report) {
        for (Standing line : subject.lines("SetHandler")) {
            boolean guarded = line.siblings().stream().anyMatch(beside -> isGuard(beside.name()));
            if (line.word(0).equals("balancer-manager") && !guarded && line.outer() != null) {
                report.at(
                        line.span(),
                        "no Require stands beside it: everybody may see the balancers, and switch their members off");
            }
        }
    }

    private static boolean isGuard(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "require", "requireall", "requireany", "requirenone", "<require", "order", "deny", "allow" -> true;
            default ->
                name.toLowerCase(Locale.ROOT).startsWith("<require")
                        || name.toLowerCase(Locale.ROOT).startsWith("<limit");
        };
    }
}
