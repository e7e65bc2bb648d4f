package dev.sluice.cli;

import dev.sluice.source.Diagnostic;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings for people: place, severity, message, rule; the line they are about with a caret under the place. */
final class DiagnosticPrinter {
    private static final int INDENT = 4;

    private DiagnosticPrinter() {}

    /** The lines for one finding, bytes held one a char. */
    static List<String> lines(Diagnostic finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String what = severity + ": " + finding.message().replace("\n", "; ") + " ["
                + finding.rule().id() + "]";
        Span span = finding.span();
        List<String> lines = new ArrayList<>();
        if (span == null || span.file().text().isEmpty()) {
            lines.add(span == null ? what : span.file().name() + ": " + what);
        } else {
            lines.add(span.file().name() + ":" + span.line() + ":" + span.column() + ": " + what);
            lines.addAll(excerpt(span));
        }
        Fix fix = finding.fix();
        if (fix != null) {
            lines.add(" ".repeat(INDENT) + "fix: " + fix.title());
        }
        return lines;
    }

    private static List<String> excerpt(Span span) {
        SourceFile file = span.file();
        String text = file.lineText(span.line());
        int from = Math.min(span.column() - 1, text.length());
        int to = Math.min(text.length(), Math.max(from + 1, from + span.end() - span.start()));
        StringBuilder under = new StringBuilder();
        for (int i = 0; i < from; i++) {
            under.append(text.charAt(i) == '\t' ? '\t' : ' ');
        }
        under.append('^').append("~".repeat(Math.max(0, to - from - 1)));
        String indent = " ".repeat(INDENT);
        return List.of(indent + text, indent + under);
    }

    /** {@code 2 errors, 1 note}; empty where nothing was found. */
    static String summary(List<Diagnostic> findings) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = findings.stream().filter(f -> f.severity() == severity).count();
            if (count > 0) {
                String word = severity.name().toLowerCase(Locale.ROOT);
                parts.add(count + " " + word + (count == 1 ? "" : "s"));
            }
        }
        return String.join(", ", parts);
    }
}
