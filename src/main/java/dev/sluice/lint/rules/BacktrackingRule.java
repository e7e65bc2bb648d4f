package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Patterns whose matching takes exponential time in PCRE. Java remembers where a repetition has failed and answers at once;
 * httpd gives up after ten million steps and takes it for no match.
 */
final class BacktrackingRule {
    static final List<LintRule> ALL = List.of(text(
            "regex-backtracking",
            Severity.WARNING,
            "A pattern whose matching a client can make so slow that httpd gives up",
            (subject, report) -> subject.lines().forEach(line -> check(line, report))));

    private static final String ATOM = "(?:\\[\\^?\\]?[^\\]]*\\]|\\\\.|[^\\\\\\[\\](){}|+*?^$])";

    /** A group that is repeated, of one repetition and parts that may lack: a text falls into such groups in many ways. */
    private static final Pattern NESTED = Pattern.compile(
            "\\((?:\\?:)?(?:" + ATOM + "[?*])*(" + ATOM + ")[+*](?:" + ATOM + "[?*])*\\)(?:[+*]|\\{\\d+,\\})(?!\\+)");

    /** What cannot fail behind it, so that no other way is tried. */
    private static final Pattern NOTHING = Pattern.compile("[)?*]*");

    private BacktrackingRule() {}

    private static void check(Standing line, Report report) {
        int at = pattern(line);
        if (at < 0 || at >= line.words().size()) {
            return;
        }
        Word word = line.words().get(at);
        Matcher nested = NESTED.matcher(word.text());
        while (nested.find()) {
            String rest = word.text().substring(nested.end());
            boolean fails = !NOTHING.matcher(rest).matches()
                    && !(nested.group(1).equals(".")
                            && NOTHING.matcher(rest.replace("$", "")).matches());
            if (fails) {
                report.at(
                        place(word, nested.group()),
                        "a text falls into '" + nested.group()
                                + "' in countless ways, and httpd tries them all where what"
                                + " follows does not fit: 40 letters of a client keep it busy until it gives up");
                return;
            }
        }
    }

    private static Span place(Word word, String part) {
        int at = word.span().text().indexOf(part);
        int start = word.span().start() + at;
        return at < 0 ? word.span() : word.span().file().span(start, start + part.length());
    }

    /** Which word of {@code line} is a pattern; -1 where none is. */
    private static int pattern(Standing line) {
        return switch (line.name()) {
            case "rewriterule",
                    "aliasmatch",
                    "scriptaliasmatch",
                    "proxypassmatch",
                    "locationmatch",
                    "filesmatch",
                    "directorymatch",
                    "proxymatch",
                    "browsermatch",
                    "browsermatchnocase" -> 0;
            case "rewritecond", "setenvif", "setenvifnocase" -> 1;
            case "redirectmatch" -> line.words().size() == 3 ? 1 : 0;
            default -> -1;
        };
    }
}
