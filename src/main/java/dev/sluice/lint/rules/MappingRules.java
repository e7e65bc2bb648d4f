package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import java.util.List;
import java.util.Set;

/** Alias, Redirect and sections: which path they mean. */
final class MappingRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "alias-slashes",
                    Severity.WARNING,
                    "An Alias whose URL path ends in a slash and whose folder does not",
                    MappingRules::aliasSlashes),
            text(
                    "redirect-slashes",
                    Severity.WARNING,
                    "A Redirect whose path ends in a slash and whose target does not",
                    MappingRules::redirectSlashes),
            text(
                    "alias-shadowed",
                    Severity.WARNING,
                    "An Alias behind one of a shorter path, and so never used",
                    (subject, report) -> subject.blocks().forEach(block -> shadowed(block, report))),
            text(
                    "location-is-folder",
                    Severity.WARNING,
                    "A Location that names a folder of the file system",
                    MappingRules::locations),
            text(
                    "error-document-remote",
                    Severity.WARNING,
                    "An ErrorDocument on another server, which hides the status",
                    MappingRules::errorDocuments));

    private static final Set<String> STATUS = Set.of("permanent", "temp", "seeother", "gone");

    private MappingRules() {}

    private static void aliasSlashes(LintSubject subject, Report report) {
        for (Standing line : subject.lines("Alias", "ScriptAlias")) {
            String path = line.word(0);
            String folder = line.word(1);
            if (line.words().size() == 2 && path.length() > 1 && path.endsWith("/") && !folder.endsWith("/")) {
                report.at(
                        line.wordSpan(1),
                        "'" + path + "' and '" + folder + "' do not end alike, so '" + path + "x' is '" + folder + "x'",
                        line.ifVerbatim(Fix.replace("let both end in a slash", endOf(line.wordSpan(1)), "/")));
            }
        }
    }

    /** Where something is to be put in at the end of a word, before its closing quote. */
    private static Span endOf(Span word) {
        boolean quoted = word.text().endsWith("\"") || word.text().endsWith("'");
        int end = quoted ? word.end() - 1 : word.end();
        return word.file().span(end, end);
    }

    private static void redirectSlashes(LintSubject subject, Report report) {
        for (Standing line : subject.lines("Redirect", "RedirectPermanent", "RedirectTemp")) {
            boolean status = line.is("Redirect")
                    && (STATUS.contains(line.word(0)) || line.word(0).matches("\\d+"));
            int at = status ? 1 : 0;
            String path = line.word(at);
            String target = line.word(at + 1);
            boolean whole = line.words().size() == at + 2;
            if (!whole || !path.endsWith("/") || target.endsWith("/") || target.matches(".*[?=&#%].*")) {
                continue;
            }
            boolean bareHost = target.matches("https?://[^/]+");
            if (!bareHost && path.equals("/")) {
                continue;
            }
            Fix fix = Fix.replace("let both end in a slash", endOf(line.wordSpan(at + 1)), "/");
            report.at(
                    line.wordSpan(at + 1),
                    "'" + path + "' ends in a slash and '" + target + "' does not, so '" + path
                            + "x' is redirected to '" + target + "x'",
                    line.ifVerbatim(bareHost ? fix : fix.unsure()));
        }
    }

    private static void shadowed(List<Standing> block, Report report) {
        for (int i = 0; i < block.size(); i++) {
            Standing later = block.get(i);
            if (!isAlias(later)) {
                continue;
            }
            for (int j = 0; j < i; j++) {
                Standing earlier = block.get(j);
                if (isAlias(earlier) && covers(earlier.word(0), later.word(0)) && !sameTarget(earlier, later)) {
                    report.at(
                            later.span(),
                            "'" + later.word(0) + "' is never used: the first Alias that fits is taken, and '"
                                    + earlier.word(0) + "' comes before it",
                            "the earlier one",
                            earlier.span(),
                            null);
                    break;
                }
            }
        }
    }

    private static boolean isAlias(Standing line) {
        return (line.is("Alias") || line.is("ScriptAlias")) && line.words().size() == 2;
    }

    private static boolean covers(String earlier, String later) {
        return earlier.equals(later)
                || (later.startsWith(earlier) && (earlier.endsWith("/") || later.charAt(earlier.length()) == '/'));
    }

    /** Whether the longer path goes where the shorter one would lead as well. */
    private static boolean sameTarget(Standing earlier, Standing later) {
        String rest = later.word(0).substring(earlier.word(0).length());
        return earlier.is(later.line().name()) && later.word(1).equals(earlier.word(1) + rest);
    }

    private static void locations(LintSubject subject, Report report) {
        List<String> roots = subject.lines("DocumentRoot").stream()
                .map(line -> strip(line.word(0)))
                .filter(root -> root.startsWith("/") && root.length() > 1)
                .toList();
        for (Standing line : subject.lines("Location")) {
            String path = strip(line.word(0));
            boolean folder = roots.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
            if (line.line().isSection() && (folder || path.matches("/(var/www|srv/www|usr/share|home)/.+"))) {
                report.at(
                        line.wordSpan(0),
                        "'" + line.word(0) + "' is a folder, but <Location> takes the path of a URL: this section"
                                + " applies to 'http://host" + path + "'",
                        Fix.replace("make it a <Directory>", line.line().nameSpan(), "<Directory")
                                .unsure());
            }
        }
    }

    private static String strip(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void errorDocuments(LintSubject subject, Report report) {
        for (Standing line : subject.lines("ErrorDocument")) {
            String target = line.word(1);
            if (!target.matches("(?i)https?://.*")) {
                continue;
            }
            String status = line.word(0);
            report.at(
                    line.wordSpan(1),
                    status.equals("401")
                            ? "a browser that is sent elsewhere never asks for a password: 401 has to be answered here"
                            : "the client gets a redirect to another URL and never the status " + status);
        }
    }
}
