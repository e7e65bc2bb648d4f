package dev.sluice.lint.report;

import dev.sluice.directive.Line;
import dev.sluice.lint.Fixes;
import dev.sluice.lint.Review;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Fix;
import dev.sluice.source.Note;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Findings for people, as a compiler shows them: place, severity, message and rule; the line with a caret under the place;
 * what it has to do with; the fix as a diff; how the file came to be read. Bytes are held one a char.
 */
public final class TextReport {
    /** How wide the column of line numbers is at least. */
    private static final int GUTTER = 5;

    private final Paint paint;
    private final UnaryOperator<String> shown;

    /** {@code shown} makes of a file's name the one that is printed. */
    public TextReport(Paint paint, UnaryOperator<String> shown) {
        this.paint = paint;
        this.shown = shown;
    }

    /** The lines for one finding; an empty one is last. */
    public List<String> lines(Diagnostic finding, Review review) {
        List<String> lines = new ArrayList<>();
        Span span = finding.span();
        Severity severity = finding.severity();
        String message = finding.message().replace("\n", "; ");
        String what = paint.severity(severity, word(severity) + ":") + " " + paint.strong(message) + " ["
                + finding.rule().id() + "]";
        int width = GUTTER;
        if (span == null || span.file().text().isEmpty()) {
            lines.add((span == null ? "" : paint.strong(shown.apply(span.file().name()) + ":") + " ") + what);
        } else {
            width = Math.max(GUTTER, String.valueOf(span.line()).length() + 1);
            lines.add(paint.strong(place(span) + ":") + " " + what);
            lines.addAll(Excerpt.lines(span, severity, paint, width));
        }
        for (Note note : finding.notes()) {
            lines.addAll(note(note, " ".repeat(width)));
        }
        lines.addAll(fix(finding.fix(), width));
        if (span != null) {
            lines.addAll(chain(review.by(span.file()), width));
        }
        lines.add("");
        return lines;
    }

    private String place(Span span) {
        return shown.apply(span.file().name()) + ":" + span.line() + ":"
                + span.file().characterColumn(span.start());
    }

    private List<String> note(Note note, String indent) {
        Span other = note.span();
        String label = indent + " " + paint.gutter("=") + " " + paint.strong("note:") + " " + note.text();
        if (other == null || other.file().text().isEmpty()) {
            return List.of(label);
        }
        String text = other.file().lineText(other.line()).strip();
        return List.of(label, indent + "   " + place(other) + ": " + text);
    }

    private List<String> fix(@Nullable Fix fix, int width) {
        if (fix == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(width);
        String label = fix.title().endsWith("?") ? "help:" : fix.isSafe() ? "fix:" : "suggestion:";
        lines.add(indent + " " + paint.gutter("=") + " " + paint.strong(label) + " " + fix.title());
        Fixes one = Fixes.of(fix);
        for (SourceFile file : one.files()) {
            for (Diff.Change change : Diff.changes(file, one.ordered(file))) {
                for (int line = change.from(); line < change.to(); line++) {
                    lines.add(paint.deleted(Excerpt.number(line, width) + " - " + file.lineText(line)));
                }
                for (int i = 0; i < change.fresh().size(); i++) {
                    String fresh = change.fresh().get(i);
                    lines.add(paint.added(Excerpt.number(change.from() + i, width) + " + " + fresh));
                }
            }
        }
        return lines;
    }

    private List<String> chain(Line.@Nullable At by, int width) {
        List<String> lines = new ArrayList<>();
        for (Line.At at = by; at != null; at = at.includedFrom()) {
            lines.add(" ".repeat(width) + " " + paint.gutter("=") + " included from " + shown.apply(at.fileName()) + ":"
                    + at.lineNumber());
        }
        return lines;
    }

    /** The diff of all that {@code fixes} change. */
    public List<String> diff(Fixes fixes) {
        List<String> lines = new ArrayList<>();
        for (SourceFile file : fixes.files()) {
            lines.addAll(Diff.unified(file, fixes, shown.apply(file.name()), paint));
        }
        return lines;
    }

    /** {@code 2 errors, 1 note}; empty where nothing was found. */
    public static String count(List<Diagnostic> findings) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = findings.stream().filter(f -> f.severity() == severity).count();
            if (count > 0) {
                parts.add(count + " " + word(severity) + (count == 1 ? "" : "s"));
            }
        }
        return String.join(", ", parts);
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
