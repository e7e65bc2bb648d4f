package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Statement;
import java.util.List;
import java.util.Locale;

/** Files that are asked for and not there. httpd itself complains of an Include; IncludeOptional says nothing. */
final class IncludeRules {
    static final List<LintRule> ALL = List.of(text(
            "include-empty",
            Severity.NOTE,
            "An IncludeOptional that brings nothing in",
            (subject, report) -> subject.files().forEach(file -> check(file, subject, report))));

    private IncludeRules() {}

    private static void check(SourceFile file, LintSubject subject, Report report) {
        int conditions = 0;
        for (Statement line : subject.statements(file)) {
            String name =
                    line.words().isEmpty() ? "" : line.words().get(0).text().toLowerCase(Locale.ROOT);
            boolean opens = name.startsWith("<if") || name.startsWith("<macro");
            boolean closes = name.startsWith("</if") || name.startsWith("</macro");
            conditions += opens ? 1 : closes ? -1 : 0;
            boolean asks = name.equals("includeoptional") && line.words().size() > 1 && conditions == 0;
            boolean judgeable = !subject.facts().isOffline()
                    || (asks && !line.words().get(1).text().startsWith("/"));
            if (asks && judgeable && !subject.facts().including().contains(file.name() + ":" + line.lineNumber())) {
                report.at(line.words().get(1).span(), "no file is there for it: nothing is brought in here");
            }
        }
    }
}
