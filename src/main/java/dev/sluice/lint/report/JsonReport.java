package dev.sluice.lint.report;

import dev.sluice.directive.Line;
import dev.sluice.lint.Review;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Edit;
import dev.sluice.source.Fix;
import dev.sluice.source.Note;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Findings for programs: {@code files} with how each was read, {@code findings}, and how many there are of each severity.
 * Lines and columns count from 1, columns in characters of UTF-16; an end is behind the last character.
 */
public final class JsonReport {
    private static final int VERSION = 1;

    private final UnaryOperator<String> shown;

    public JsonReport(UnaryOperator<String> shown) {
        this.shown = shown;
    }

    /** One document. */
    public String of(List<Review> reviews) {
        List<Object> files = new ArrayList<>();
        List<Object> findings = new ArrayList<>();
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(
                    TextReport.word(severity),
                    reviews.stream()
                            .flatMap(review -> review.findings().stream())
                            .filter(finding -> finding.severity() == severity)
                            .count());
        }
        for (Review review : reviews) {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("file", shown.apply(review.file()));
            String assumption = review.assumption();
            if (assumption != null) {
                file.put("assumption", assumption);
            }
            files.add(file);
            review.findings().forEach(finding -> findings.add(finding(finding, review)));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        document.put("files", files);
        document.put("findings", findings);
        document.put("counts", counts);
        return Json.of(document);
    }

    private Map<String, Object> finding(Diagnostic finding, Review review) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", finding.rule().id());
        json.put("severity", TextReport.word(finding.severity()));
        json.put("message", finding.message());
        Span span = finding.span();
        if (span != null) {
            json.putAll(place(span));
            List<Object> chain = new ArrayList<>();
            for (Line.At at = review.by(span.file()); at != null; at = at.includedFrom()) {
                chain.add(Json.object("file", shown.apply(at.fileName()), "line", at.lineNumber()));
            }
            if (!chain.isEmpty()) {
                json.put("includedFrom", chain);
            }
        }
        json.put("notes", finding.notes().stream().map(this::note).toList());
        Fix fix = finding.fix();
        if (fix != null) {
            json.put("fix", fix(fix));
        }
        return json;
    }

    private Map<String, Object> note(Note note) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", note.text());
        Span span = note.span();
        if (span != null) {
            json.putAll(place(span));
        }
        return json;
    }

    private Map<String, Object> fix(Fix fix) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", fix.title());
        json.put("safe", fix.isSafe());
        List<Object> edits = new ArrayList<>();
        for (Edit edit : fix.edits()) {
            Map<String, Object> one = place(edit.span());
            one.put("replacement", edit.replacement());
            edits.add(one);
        }
        json.put("edits", edits);
        return json;
    }

    private Map<String, Object> place(Span span) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", shown.apply(span.file().name()));
        json.put("line", span.line());
        json.put("column", span.file().characterColumn(span.start()));
        json.put("endLine", span.file().line(span.end()));
        json.put("endColumn", span.file().characterColumn(span.end()));
        return json;
    }
}
