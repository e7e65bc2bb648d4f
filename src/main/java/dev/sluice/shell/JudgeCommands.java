package dev.sluice.shell;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.sluice.lint.FileWriting;
import dev.sluice.lint.Fixes;
import dev.sluice.lint.Review;
import dev.sluice.lint.Rules;
import dev.sluice.lint.report.JsonReport;
import dev.sluice.lint.report.Paint;
import dev.sluice.lint.report.TextReport;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Rule;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Findings and their remedies. */
final class JudgeCommands {
    private static final int CONTEXT = 3;

    private JudgeCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "lint",
                        "[SITE] [--notes]",
                        "all that is wrong with the configuration or a site; --notes: also what is only worth knowing",
                        "lint www.example",
                        (session, before) -> Stream.concat(session.siteNames().stream(), Stream.of("--notes"))
                                .toList(),
                        JudgeCommands::lint),
                new Command(
                        "fix",
                        "RULE|FILE:LINE [--yes]",
                        "makes the fixes of a rule's findings, or of one finding: shows the diff and asks first",
                        "fix proxy-pass-slashes",
                        (session, before) -> fixable(session),
                        JudgeCommands::fix),
                new Command(
                        "diff",
                        "",
                        "what has changed in the files since they were read",
                        "diff",
                        Command::none,
                        JudgeCommands::diff),
                new Command("reload", "", "reads the files again", "reload", Command::none, (session, words, out) -> {
                    Words.none(words);
                    session.forget();
                    out.line(session.loaded().read().files().size() + " files read");
                    return Command.DONE;
                }));
    }

    private static int lint(Session session, List<String> words, Out out) throws Command.Misuse {
        List<String> names = Words.others(words, "--notes");
        Review review = session.review();
        List<Diagnostic> findings = review.findings();
        if (!names.isEmpty()) {
            findings = session.sites().findings(session.site(Words.one(names, "a site")), findings);
        }
        Severity least = words.contains("--notes") ? Severity.NOTE : Severity.WARNING;
        Review shown = review.with(review.with(findings).atLeast(least));
        if (out.isJson()) {
            out.line(new JsonReport(name -> name).of(List.of(shown)).stripTrailing());
        } else {
            TextReport report = new TextReport(out.paint(), name -> name);
            shown.findings()
                    .forEach(each -> report.lines(each, review).forEach(line -> out.line(SourceFile.utf8(line))));
            out.line(shown.findings().isEmpty() ? "nothing was found" : TextReport.count(shown.findings()));
        }
        return shown.findings().isEmpty() ? Command.DONE : Command.FOUND;
    }

    private static List<String> fixable(Session session) {
        return session.review().findings().stream()
                .filter(each -> each.fix() != null)
                .map(each -> each.rule().id())
                .distinct()
                .toList();
    }

    private static int fix(Session session, List<String> words, Out out) throws Command.Misuse {
        String what = Words.one(words, "a rule or a FILE:LINE", "--yes");
        List<Diagnostic> meant = meant(session.review().findings(), what);
        Fixes fixes = Fixes.asked(meant);
        if (fixes.count() == 0) {
            out.line(meant.isEmpty() ? "'" + what + "' finds nothing here" : "'" + what + "' has no fix");
            return Command.FOUND;
        }
        new TextReport(out.paint(), name -> name).diff(fixes).forEach(line -> out.line(SourceFile.utf8(line)));
        String question = "make " + (fixes.count() == 1 ? "this change" : "these " + fixes.count() + " changes");
        if (!words.contains("--yes") && !out.confirm(question)) {
            out.line("nothing was changed");
            return Command.DONE;
        }
        return made(session, fixes, out);
    }

    private static int made(Session session, Fixes fixes, Out out) {
        try {
            for (SourceFile file : fixes.files()) {
                FileWriting.replace(file, fixes.changed(file));
            }
        } catch (IOException e) {
            out.line("not made: " + e.getMessage());
            return Command.FOUND;
        } finally {
            session.forget();
        }
        out.line(fixes.count() + (fixes.count() == 1 ? " fix made" : " fixes made"));
        return Command.DONE;
    }

    private static List<Diagnostic> meant(List<Diagnostic> findings, String what) throws Command.Misuse {
        List<Rule> rules =
                Rules.all().stream().filter(rule -> rule.id().equals(what)).toList();
        if (!rules.isEmpty()) {
            return findings.stream()
                    .filter(each -> each.rule().id().equals(what))
                    .toList();
        }
        if (what.lastIndexOf(':') < 0) {
            throw new Command.Misuse("'" + what + "' is neither a rule nor FILE:LINE");
        }
        return findings.stream()
                .filter(each -> {
                    Span span = each.span();
                    return span != null
                            && SourceFile.utf8(span.file().name() + ":" + span.line())
                                    .endsWith(what);
                })
                .toList();
    }

    private static int diff(Session session, List<String> words, Out out) throws Command.Misuse {
        Words.none(words);
        List<SourceFile> changed = session.changed();
        for (SourceFile file : changed) {
            out.lines(unified(SourceFile.utf8(file.name()), file.text(), Session.now(file), out.paint()));
        }
        out.line(
                changed.isEmpty()
                        ? "no file has changed since it was read"
                        : changed.size() + (changed.size() == 1 ? " file has" : " files have")
                                + " changed; 'reload' reads again");
        return changed.isEmpty() ? Command.DONE : Command.FOUND;
    }

    /** The difference of two texts, bytes held one a char, in the form that patch takes. */
    static List<String> unified(String name, String old, String fresh, Paint paint) {
        List<String> before = SourceFile.utf8(old).lines().toList();
        List<String> after = SourceFile.utf8(fresh).lines().toList();
        return UnifiedDiffUtils.generateUnifiedDiff(name, name, before, DiffUtils.diff(before, after), CONTEXT).stream()
                .map(paint::diff)
                .toList();
    }
}
