package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import dev.sluice.syntax.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that httpd reads in another way than people do. Looks at what conditions skip as well. */
final class TextRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "section-trailing-text",
                    Severity.WARNING,
                    "Text behind the '>' of a section, which httpd drops",
                    TextRules::trailing),
            text(
                    "comment-continues",
                    Severity.WARNING,
                    "A directive that a comment swallows, since the comment ends in a backslash",
                    TextRules::comments),
            text(
                    "continuation-blank",
                    Severity.WARNING,
                    "A backslash with blanks behind it, which joins no lines",
                    TextRules::blanks),
            text(
                    "quotes-typographic",
                    Severity.WARNING,
                    "Typographic quotes, which are letters to httpd",
                    TextRules::quotes),
            text(
                    "space-no-break",
                    Severity.WARNING,
                    "A no-break space, which is a letter to httpd",
                    TextRules::noBreakSpaces));

    private static final Pattern CONTINUED = Pattern.compile("\\\\\\r?\\n[ \\t]*(</?[A-Za-z]+|[A-Za-z]+)");
    private static final Pattern BACKSLASH_BLANK = Pattern.compile("(?<=\\s)\\\\[ \\t]+(?=\\r?\\n)");

    /** U+201C and U+201D in UTF-8, one byte a char. */
    private static final Pattern QUOTED = Pattern.compile("(?<=[\\s=(])\u00e2\u0080[\u009c\u009d\u009e]");

    private static final Pattern ANY_QUOTE = Pattern.compile("\u00e2\u0080[\u009c\u009d\u009e]");
    private static final String NO_BREAK_SPACE = "\u00c2\u00a0";

    private TextRules() {}

    private static void trailing(LintSubject subject, Report report) {
        for (Standing section : subject.lines()) {
            if (section.line().isSection()) {
                String raw = section.line().toString();
                int bracket = raw.lastIndexOf('>');
                int length = raw.length() - bracket - 1;
                Span span = section.span();
                if (bracket >= 0 && length > 0 && section.line().isVerbatim()) {
                    report(span.file().span(span.end() - length, span.end()), report);
                }
            }
        }
        subject.statements().filter(Statement.SectionClose.class::isInstance).forEach(close -> {
            if (close.words().size() > 1 && close.words().get(0).text().endsWith(">")) {
                int last = close.words().get(close.words().size() - 1).span().end();
                report(close.span().file().span(close.words().get(1).span().start(), last), report);
            }
        });
    }

    private static void report(Span rest, Report report) {
        String text = rest.text().strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
            report.at(
                    rest,
                    "'" + text + "' is dropped without a word: a section's line ends at '>'",
                    Fix.replace("give it a line", rest, "\n" + text).unsure());
        }
    }

    private static void comments(LintSubject subject, Report report) {
        subject.statements().filter(Statement.Comment.class::isInstance).forEach(comment -> {
            Matcher next = CONTINUED.matcher(comment.text());
            String first = firstWord(comment.text());
            if (next.find() && isDirective(next.group(1), subject) && !isDirective(first, subject)) {
                int start = comment.span().start() + next.start(1);
                report.at(
                        comment.span().file().span(start, comment.span().start() + next.end(1)),
                        "this line belongs to the comment above it, which ends in a backslash",
                        "the comment",
                        comment.span()
                                .file()
                                .span(comment.span().start(), comment.span().start() + 1),
                        null);
            }
        });
    }

    /** The first word of a comment, which is a directive's name where a line was commented out. */
    private static String firstWord(String comment) {
        String bare = comment.replaceFirst("^[\\s#]+", "");
        int end = 0;
        while (end < bare.length() && !Character.isWhitespace(bare.charAt(end))) {
            end++;
        }
        return bare.substring(0, end);
    }

    private static boolean isDirective(String word, LintSubject subject) {
        return word.startsWith("</")
                || !subject.facts().modulesOf().apply(word).isEmpty()
                || (word.startsWith("<") && word.endsWith(">"));
    }

    private static void blanks(LintSubject subject, Report report) {
        subject.statements().filter(Statement.DirectiveLine.class::isInstance).forEach(line -> {
            Matcher end = BACKSLASH_BLANK.matcher(line.text());
            if (end.find()) {
                Span span = line.span()
                        .file()
                        .span(line.span().start() + end.start(), line.span().start() + end.end());
                report.at(
                        span,
                        "blanks stand between this backslash and the end of the line: the next line is one of its own,"
                                + " and '\\' is an argument",
                        Fix.replace("leave the blanks out", span, "\\").unsure());
            }
        });
    }

    private static void quotes(LintSubject subject, Report report) {
        for (Statement statement : directives(subject)) {
            String text = statement.text();
            Matcher quote = QUOTED.matcher(text);
            if (!quote.find()) {
                continue;
            }
            Span span = statement.span();
            boolean plain = text.indexOf('"') < 0;
            report.at(
                    span.file().span(span.start() + quote.start(), span.start() + quote.end()),
                    "this quote is a letter like any other to httpd: blanks behind it end the word",
                    plain
                            ? Fix.replace(
                                    "use plain quotes",
                                    span,
                                    ANY_QUOTE.matcher(text).replaceAll("\""))
                            : null);
        }
    }

    private static void noBreakSpaces(LintSubject subject, Report report) {
        for (Statement statement : directives(subject)) {
            String text = statement.text();
            int at = text.indexOf(NO_BREAK_SPACE);
            if (at < 0 || text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) {
                continue;
            }
            SourceFile file = statement.span().file();
            int start = statement.span().start() + at;
            report.at(
                    file.span(start, start + NO_BREAK_SPACE.length()),
                    "this blank is a no-break space, which is a letter of the word to httpd",
                    Fix.replace("use plain blanks", statement.span(), text.replace(NO_BREAK_SPACE, " ")));
        }
    }

    private static List<Statement> directives(LintSubject subject) {
        return subject.statements()
                .filter(each -> !(each instanceof Statement.Comment) && !(each instanceof Statement.Blank))
                .toList();
    }
}
