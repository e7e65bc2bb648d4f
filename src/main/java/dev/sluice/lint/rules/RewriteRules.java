package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules of mod_rewrite that never apply, or that another directive says better. */
final class RewriteRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "rewrite-unreachable",
                    Severity.WARNING,
                    "A RewriteRule behind one that takes every request",
                    (subject, report) -> subject.blocks().forEach(block -> unreachable(block, subject, report))),
            text(
                    "rewrite-leading-slash",
                    Severity.WARNING,
                    "A RewriteRule in a directory whose pattern begins with a slash, and so never matches",
                    RewriteRules::leadingSlashes),
            text(
                    "rewrite-missing-slash",
                    Severity.WARNING,
                    "A RewriteRule of a server whose pattern lacks the slash at its beginning, and so never matches",
                    RewriteRules::missingSlashes),
            text(
                    "rewrite-engine-missing",
                    Severity.WARNING,
                    "RewriteRules without RewriteEngine On",
                    RewriteRules::engines),
            text(
                    "rewrite-condition-unused",
                    Severity.WARNING,
                    "A RewriteCond that no RewriteRule follows",
                    (subject, report) -> subject.blocks().forEach(block -> unusedConditions(block, subject, report))),
            text(
                    "rewrite-as-redirect",
                    Severity.NOTE,
                    "A RewriteRule that does what Redirect does",
                    (subject, report) -> subject.blocks().forEach(block -> redirects(block, report))),
            text(
                    "rewrite-as-proxy",
                    Severity.NOTE,
                    "A RewriteRule [P] that does what ProxyPass does, without keeping connections",
                    (subject, report) -> subject.blocks().forEach(block -> proxies(block, subject, report))));

    /** Patterns that match every path, in a directory and elsewhere. */
    private static final Set<String> EVERY = Set.of(
            "^",
            "$",
            ".*",
            "(.*)",
            "^.*$",
            "^(.*)$",
            "^(.*)",
            "(.*)$",
            "^.*",
            ".?",
            "^/?(.*)$",
            "^/?(.*)",
            "^/?",
            "/?(.*)",
            "^/?.*$",
            "^/*(.*)$");

    /** Those that match every path that begins with a slash. */
    private static final Set<String> EVERY_ABSOLUTE =
            Set.of("^/", "/", "^/(.*)$", "^/(.*)", "^/.*$", "^/.*", "/(.*)", ".", ".+", "^(.+)$", "(.+)", "^.+$");

    private static final Set<String> LAST = Set.of("L", "LAST", "END", "F", "FORBIDDEN", "G", "GONE", "P", "PROXY");
    private static final Pattern LITERAL_START = Pattern.compile("!?\\^[A-Za-z0-9_-]([A-Za-z0-9_/.-].*|\\\\.*|\\$)?");
    private static final Pattern WHOLE_TARGET = Pattern.compile("(https?://[A-Za-z0-9.:\\[\\]_-]+)(/\\$1|\\$1|/?)");

    private RewriteRules() {}

    /** The flags of a RewriteRule in upper case, without their values. */
    static List<String> flags(Standing rule) {
        String word = rule.word(2);
        if (!word.startsWith("[") || !word.endsWith("]")) {
            return List.of();
        }
        List<String> flags = new ArrayList<>();
        for (String flag : word.substring(1, word.length() - 1).split(",", -1)) {
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            flags.add(name.strip().toUpperCase(Locale.ROOT));
        }
        return flags;
    }

    /** Whether paths are matched without the directory's: as in access files. */
    private static boolean isInDirectory(Standing rule, LintSubject subject) {
        Standing section = rule.directory();
        if (section == null) {
            return subject.facts().isAccessFile();
        }
        return section.is("Directory") || section.is("DirectoryMatch");
    }

    private static boolean isOfServer(Standing rule, LintSubject subject) {
        return rule.isAtServerLevel() && !subject.facts().isAccessFile();
    }

    private static void unreachable(List<Standing> block, LintSubject subject, Report report) {
        Standing taker = null;
        boolean conditions = false;
        boolean chained = false;
        for (Standing line : block) {
            if (line.is("RewriteCond")) {
                conditions = true;
            }
            if (!line.is("RewriteRule")) {
                continue;
            }
            List<String> flags = flags(line);
            if (taker != null) {
                report.at(
                        line.span(),
                        "this rule is never reached: an earlier one takes every request",
                        "it takes every request, without a condition, and is the last for it",
                        taker.span(),
                        null);
                return;
            }
            if (flags.contains("S") || flags.contains("SKIP")) {
                return;
            }
            boolean every = EVERY.contains(line.word(0))
                    || (EVERY_ABSOLUTE.contains(line.word(0)) && isOfServer(line, subject));
            boolean last = flags.stream().anyMatch(LAST::contains);
            boolean always = !flags.contains("NS") && !flags.contains("NOSUBREQ");
            if (every && last && always && !conditions && !chained) {
                taker = line;
            }
            chained = flags.contains("C") || flags.contains("CHAIN");
            conditions = false;
        }
    }

    private static void leadingSlashes(LintSubject subject, Report report) {
        for (Standing rule : subject.lines("RewriteRule")) {
            String pattern = rule.word(0);
            boolean not = pattern.startsWith("!");
            String bare = not ? pattern.substring(1) : pattern;
            if (!isInDirectory(rule, subject) || !bare.startsWith("^/") || bare.indexOf('|') >= 0) {
                continue;
            }
            if (bare.length() > 2 && "?*{".indexOf(bare.charAt(2)) >= 0) {
                continue;
            }
            report.at(
                    rule.wordSpan(0),
                    "in a directory the path has no slash at its beginning, so '" + pattern + "' "
                            + (not ? "always" : "never") + " matches",
                    replaced(rule, 0, "^/", "^", "leave the slash out"));
        }
    }

    private static void missingSlashes(LintSubject subject, Report report) {
        for (List<Standing> block : subject.blocks()) {
            for (Standing rule : block) {
                boolean is = rule.is("RewriteRule");
                if (is && lacksSlash(rule, subject)) {
                    report.at(
                            rule.wordSpan(0),
                            "outside of directories every path begins with a slash, so '" + rule.word(0) + "' "
                                    + (rule.word(0).startsWith("!") ? "always" : "never") + " matches",
                            replaced(rule, 0, "^", "^/", "put the slash in"));
                }
                if (is && !rule.word(1).matches("(?s)[/-].*|https?:.*")) {
                    break;
                }
            }
        }
    }

    /** What rules before it made of the path is left out of account. */
    private static boolean lacksSlash(Standing rule, LintSubject subject) {
        String pattern = rule.word(0);
        boolean certain = rule.outer() != null || subject.facts().isWhole();
        boolean remote = pattern.startsWith("^http") || pattern.startsWith("^proxy:");
        return certain
                && isOfServer(rule, subject)
                && !remote
                && pattern.indexOf('|') < 0
                && LITERAL_START.matcher(pattern).matches();
    }

    /** A suggestion: the rule would begin to apply. */
    private static @Nullable Fix replaced(Standing rule, int word, String from, String to, String title) {
        String raw = rule.wordSpan(word).text();
        Fix fix = Fix.replace(
                title, rule.wordSpan(word), raw.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
        return rule.ifVerbatim(fix.unsure());
    }

    private static void engines(LintSubject subject, Report report) {
        if (subject.facts().isAccessFile()) {
            return;
        }
        boolean ofMain = subject.lines("RewriteEngine").stream().anyMatch(line -> line.outer() == null);
        Set<Object> told = new HashSet<>();
        for (Standing rule : subject.lines("RewriteRule")) {
            Standing host = rule.outer();
            if (host == null || !rule.isAtServerLevel() || ofMain || !told.add(host.line())) {
                continue;
            }
            if (host.line().children().stream().noneMatch(line -> line.name().equalsIgnoreCase("RewriteEngine"))) {
                report.at(
                        rule.span(),
                        "the rules of this virtual host do nothing: no RewriteEngine On is in it, or outside of hosts",
                        "the virtual host",
                        host.span(),
                        rule.ifVerbatim(Fix.insertBefore(
                                        "turn the engine on",
                                        rule.span(),
                                        rule.span().indent() + "RewriteEngine On\n")
                                .unsure()));
            }
        }
    }

    /** A file that stands alone may be included before the rule. */
    private static void unusedConditions(List<Standing> block, LintSubject subject, Report report) {
        boolean top = !block.isEmpty() && block.get(0).outer() == null;
        if (top && !subject.facts().isWhole() && !subject.facts().isAccessFile()) {
            return;
        }
        Standing open = null;
        for (Standing line : block) {
            if (line.is("RewriteCond") && open == null) {
                open = line;
            } else if (line.is("RewriteRule")) {
                open = null;
            }
        }
        if (open != null) {
            report.at(open.span(), "no RewriteRule follows in this section: the condition is for nothing");
        }
    }

    private static void redirects(List<Standing> block, Report report) {
        boolean conditions = false;
        for (Standing line : block) {
            if (line.is("RewriteCond")) {
                conditions = true;
            } else if (line.is("RewriteRule")) {
                Matcher target = WHOLE_TARGET.matcher(line.word(1));
                List<String> flags = flags(line);
                boolean redirects = flags.contains("R") || flags.contains("REDIRECT");
                boolean whole = EVERY.contains(line.word(0)) || EVERY_ABSOLUTE.contains(line.word(0));
                boolean plain = redirects && line.isAtServerLevel() && !flags.contains("E") && !flags.contains("CO");
                if (plain
                        && !conditions
                        && whole
                        && line.word(0).contains("(")
                        && target.matches()
                        && target.group(2).contains("$1")) {
                    String redirect = "Redirect " + status(line) + " / " + target.group(1) + "/";
                    report.at(line.span(), "this is what '" + redirect + "' does, without an engine and a pattern");
                }
                conditions = false;
            }
        }
    }

    private static String status(Standing rule) {
        String flags = rule.word(2);
        return flags.contains("301") || flags.toLowerCase(Locale.ROOT).contains("permanent") ? "permanent" : "temp";
    }

    private static void proxies(List<Standing> block, LintSubject subject, Report report) {
        boolean conditions = false;
        for (Standing line : block) {
            if (line.is("RewriteCond")) {
                conditions = true;
            } else if (line.is("RewriteRule")) {
                List<String> flags = flags(line);
                boolean proxies = flags.contains("P") || flags.contains("PROXY");
                String origin = origin(line.word(1));
                if (proxies && !conditions && origin != null && !isWorker(origin, subject)) {
                    report.at(
                            line.span(),
                            "each request gets a connection of its own: no ProxyPass and no <Proxy> names '" + origin
                                    + "', whose connections would be kept");
                }
                conditions = false;
            }
        }
    }

    private static @Nullable String origin(String target) {
        Matcher url = Pattern.compile("(https?://[A-Za-z0-9.:\\[\\]_-]+)(/.*)?").matcher(target);
        return url.matches() ? url.group(1) : null;
    }

    private static boolean isWorker(String origin, LintSubject subject) {
        return subject.lines("ProxyPass", "ProxyPassMatch", "BalancerMember", "Proxy").stream()
                .anyMatch(
                        line -> line.word(0).startsWith(origin) || line.word(1).startsWith(origin));
    }
}
