package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.directive.Line;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a server shows of itself and of its files. */
final class ExposureRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "ht-files-open",
                    Severity.WARNING,
                    ".htaccess and .htpasswd files that can be read",
                    ExposureRules::htFiles),
            text(
                    "status-open",
                    Severity.WARNING,
                    "server-status or server-info that everybody may see",
                    ExposureRules::statusPages),
            text(
                    "options-indexes",
                    Severity.NOTE,
                    "Options Indexes lists the files of a folder without an index page",
                    (subject, report) -> options(
                            subject,
                            report,
                            "indexes",
                            "a folder without an index page shows the names of all files in it")),
            text(
                    "options-includes",
                    Severity.WARNING,
                    "Options Includes lets documents run commands",
                    (subject, report) -> options(
                            subject,
                            report,
                            "includes",
                            "whoever can write a document here can run a command by '#exec': IncludesNOEXEC is without it")),
            text(
                    "options-execcgi",
                    Severity.NOTE,
                    "Options ExecCGI lets files be run as programs",
                    (subject, report) -> options(
                            subject,
                            report,
                            "execcgi",
                            "whoever can write a file here whose ending is a script's can run a program")),
            text(
                    "options-all",
                    Severity.WARNING,
                    "Options All has ExecCGI and Includes in it",
                    (subject, report) -> options(
                            subject,
                            report,
                            "all",
                            "'All' has ExecCGI, Includes and Indexes in it: files here can run programs")),
            text(
                    "override-root",
                    Severity.WARNING,
                    "AllowOverride for the whole file system",
                    ExposureRules::overrideRoot),
            text("trace-on", Severity.WARNING, "TraceEnable On", ExposureRules::trace),
            text("user-root", Severity.WARNING, "A server that serves as root", ExposureRules::root),
            text(
                    "encoded-slashes-decoded",
                    Severity.WARNING,
                    "AllowEncodedSlashes On takes an encoded slash for a slash",
                    ExposureRules::encodedSlashes));

    private static final Set<String> PAGES = Set.of("server-status", "server-info", "ldap-status");

    private ExposureRules() {}

    private static void htFiles(LintSubject subject, Report report) {
        if (!subject.facts().isWhole()) {
            return;
        }
        for (Standing section : subject.lines("Files", "FilesMatch", "DirectoryMatch", "LocationMatch")) {
            String pattern = section.line().args().replace("\\", "").replace("[.]", ".");
            boolean fits =
                    pattern.contains(".ht") || pattern.matches(".*(/|\\^)\\(?\\.(?!\\*).*") || pattern.contains(".*");
            if (section.line().isSection()
                    && fits
                    && section.line().children().stream().anyMatch(ExposureRules::denies)) {
                return;
            }
        }
        List<Standing> roots = subject.lines("DocumentRoot");
        if (!roots.isEmpty()) {
            report.at(
                    roots.get(0).span(),
                    "nothing denies files whose names begin with '.ht': passwords and rules below '"
                            + roots.get(0).word(0) + "' can be read");
        }
    }

    private static boolean denies(Line line) {
        return (line.name().equalsIgnoreCase("Require") || line.name().equalsIgnoreCase("Deny"))
                && line.words().stream()
                        .map(Word::text)
                        .anyMatch(w -> w.equalsIgnoreCase("denied") || w.equalsIgnoreCase("all"));
    }

    private static void statusPages(LintSubject subject, Report report) {
        for (Standing handler : subject.lines("SetHandler")) {
            if (!PAGES.contains(handler.word(0)) || isGuarded(handler)) {
                continue;
            }
            Span span = handler.span();
            report.at(
                    span,
                    "everybody may see this page, with the addresses of clients and what they ask for",
                    handler.ifVerbatim(
                            Fix.insertAfter("let in this machine alone", span, span.indent() + "Require local\n")
                                    .unsure()));
        }
    }

    /** Whether a section around {@code handler} asks who comes, by whatever means. */
    private static boolean isGuarded(Standing handler) {
        for (Standing each = handler; each != null; each = each.outer()) {
            for (Line line :
                    each.outer() == null && each.line() != handler.line() ? List.<Line>of() : each.siblings()) {
                String name = line.name().toLowerCase(Locale.ROOT);
                boolean granted = line.args().toLowerCase(Locale.ROOT).strip().matches("all\\s+granted|from\\s+all");
                if (name.matches(
                                "require|requireall|requireany|deny|allow|order|sslverifyclient|sslrequire|authtype|limit")
                        && !granted
                        && !(name.equals("order") && granted(each.siblings()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean granted(List<Line> lines) {
        return lines.stream()
                        .anyMatch(line -> line.name().equalsIgnoreCase("Allow")
                                && line.args().strip().toLowerCase(Locale.ROOT).matches("from\\s+all"))
                && lines.stream().noneMatch(line -> line.name().equalsIgnoreCase("Deny"));
    }

    private static void options(LintSubject subject, Report report, String option, String follows) {
        for (Standing line : subject.lines("Options")) {
            for (Word word : line.words()) {
                String text = word.text().toLowerCase(Locale.ROOT);
                boolean given = text.equals(option) || text.equals("+" + option);
                if (given && !isCgiFolder(line, option)) {
                    report.at(word.span(), follows);
                }
            }
        }
    }

    /** ExecCGI is what a folder of programs is for. */
    private static boolean isCgiFolder(Standing line, String option) {
        Standing section = line.directory();
        return option.equals("execcgi")
                && section != null
                && (section.word(0).toLowerCase(Locale.ROOT).contains("cgi")
                        || line.siblings().stream()
                                .anyMatch(each ->
                                        each.name().toLowerCase(Locale.ROOT).matches("sethandler|addhandler")));
    }

    private static void overrideRoot(LintSubject subject, Report report) {
        for (Standing line : subject.lines("AllowOverride")) {
            Standing section = line.outer();
            boolean root = section != null
                    && section.is("Directory")
                    && section.word(0).equals("/");
            if (root && !line.word(0).equalsIgnoreCase("None")) {
                report.at(
                        line.span(),
                        "every folder down from '/' is looked into for .htaccess at each request, and whoever can write"
                                + " one changes what is served",
                        line.ifVerbatim(Fix.replace(
                                        "allow it nowhere, then where it is needed", line.span(), "AllowOverride None")
                                .unsure()));
            }
        }
    }

    private static void trace(LintSubject subject, Report report) {
        for (Standing line : subject.lines("TraceEnable")) {
            if (!line.word(0).equalsIgnoreCase("Off")) {
                report.at(
                        line.span(),
                        "TRACE sends back what it got, headers that proxies put in as well",
                        line.ifVerbatim(Fix.replace("turn it off", line.wordSpan(0), "Off")
                                .unsure()));
            }
        }
    }

    private static void root(LintSubject subject, Report report) {
        for (Standing line : subject.lines("User")) {
            if (line.word(0).equals("root") || line.word(0).equals("#0")) {
                report.at(line.span(), "httpd does not start with this: what serves must not be root");
            }
        }
    }

    private static void encodedSlashes(LintSubject subject, Report report) {
        for (Standing line : subject.lines("AllowEncodedSlashes")) {
            if (line.word(0).equalsIgnoreCase("On")) {
                report.at(
                        line.span(),
                        "'/a%2Fb' becomes '/a/b': what is behind the server cannot tell them apart, and sections for"
                                + " '/a/' apply",
                        line.ifVerbatim(Fix.replace("keep it encoded", line.wordSpan(0), "NoDecode")
                                .unsure()));
            }
        }
    }
}
