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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Patterns that mean something else than they look like. */
final class RegexRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "regex-dot",
                    Severity.NOTE,
                    "A dot in a pattern that stands for any character where a dot is meant",
                    RegexRules::dots),
            text(
                    "regex-without-tilde",
                    Severity.WARNING,
                    "A pattern in a section that takes a name, and so never matches",
                    RegexRules::withoutTilde));

    /** A dot between letters, in a host's name. */
    private static final Pattern HOST_DOT = Pattern.compile("(?<=[A-Za-z0-9-])(?<!\\\\[bBdDsSwW])\\.(?=[A-Za-z0-9])");

    /** A dot before what is the ending of a file's name. */
    private static final Pattern FILE_DOT = Pattern.compile("(?<=[A-Za-z0-9_-]|^|\\^)\\."
            + "(?=(php[0-9]?|html?|css|js|txt|xml|jpe?g|png|gif|ico|asp|aspx|jsp|cgi|pl|py|json|svg|pdf)"
            + "(\\$|$|\\)|\\?|/))");

    private static final Pattern LOOKS_LIKE_REGEX =
            Pattern.compile("\\^.*|.*[^\\\\]\\$|.*\\\\\\..*|.*\\([^)]*\\|[^)]*\\).*|.*\\(\\.\\*\\).*");

    private RegexRules() {}

    private static void dots(LintSubject subject, Report report) {
        for (Standing line : subject.lines("RewriteCond", "RewriteRule", "FilesMatch", "RedirectMatch", "Files")) {
            int word = pattern(line);
            if (word >= 0 && !line.word(word).matches("[=<>-].*|!?[=<>-].*")) {
                boolean host = line.is("RewriteCond");
                report(line, word, host ? HOST_DOT : FILE_DOT, report);
            }
        }
    }

    /** Which word of {@code line} is a pattern to look at; -1 where none is. */
    private static int pattern(Standing line) {
        switch (line.name()) {
            case "rewritecond" -> {
                String test = line.word(0).toUpperCase(Locale.ROOT);
                boolean name = test.equals("%{HTTP_HOST}") || test.equals("%{SERVER_NAME}");
                return name && line.words().size() > 1 ? 1 : -1;
            }
            case "files" -> {
                return line.word(0).equals("~") && line.words().size() > 1 ? 1 : -1;
            }
            case "redirectmatch" -> {
                return line.words().size() == 3 ? 1 : 0;
            }
            default -> {
                return line.words().isEmpty() ? -1 : 0;
            }
        }
    }

    private static void report(Standing line, int word, Pattern dot, Report report) {
        String text = line.word(word);
        if (text.indexOf('[') >= 0) {
            return;
        }
        Matcher found = dot.matcher(text);
        if (!found.find()) {
            return;
        }
        report.at(
                line.wordSpan(word),
                "'.' stands for any character: '" + text + "' also matches '"
                        + sample(text.substring(0, found.start()) + "x" + text.substring(found.end())) + "'",
                escaped(line, word, dot));
    }

    /** A text that the pattern would match, as far as its marks are simple ones. */
    private static String sample(String pattern) {
        return pattern.replaceAll("[\\^$\\\\!]", "");
    }

    private static @Nullable Fix escaped(Standing line, int word, Pattern dot) {
        Span span = line.wordSpan(word);
        String raw = span.text();
        String text = line.word(word);
        boolean quoted = raw.equals('"' + text + '"');
        if (!quoted && !raw.equals(text)) {
            return null;
        }
        String escaped = dot.matcher(text).replaceAll("\\\\\\\\.");
        return line.ifVerbatim(Fix.replace("escape the dots", span, quoted ? '"' + escaped + '"' : escaped));
    }

    private static void withoutTilde(LintSubject subject, Report report) {
        for (Standing line : subject.lines("Directory", "Files", "Location")) {
            boolean section = line.line().isSection();
            String name = line.word(0);
            if (!section || name.equals("~") || !LOOKS_LIKE_REGEX.matcher(name).matches()) {
                continue;
            }
            String match = line.line().name() + "Match";
            report.at(
                    line.wordSpan(0),
                    "'" + name + "' is taken as a name with wildcards here, not as a pattern: only <" + match
                            + "> takes patterns",
                    Fix.replace("insert '~', which makes it a pattern", insertion(line.wordSpan(0)), "~ ")
                            .unsure());
        }
    }

    private static Span insertion(Span word) {
        return word.file().span(word.start(), word.start());
    }
}
