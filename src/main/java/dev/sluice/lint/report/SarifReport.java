package dev.sluice.lint.report;

import dev.sluice.lint.Review;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Edit;
import dev.sluice.source.Fix;
import dev.sluice.source.Note;
import dev.sluice.source.Rule;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Findings in SARIF 2.1.0 (OASIS), as services that show findings in changes take them. */
public final class SarifReport {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String ROOT = "SRCROOT";

    private final String version;
    private final Path root;
    private final Function<Rule, String> explanation;

    /**
     * A report.
     *
     * @param version Sluice's
     * @param root an absolute folder: files below it are named relative to it
     * @param explanation what a rule is about, at length
     */
    public SarifReport(String version, Path root, Function<Rule, String> explanation) {
        this.version = version;
        this.root = root;
        this.explanation = explanation;
    }

    /** One log with one run. */
    public String of(List<Review> reviews) {
        List<Rule> rules = reviews.stream()
                .flatMap(review -> review.findings().stream())
                .map(Diagnostic::rule)
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        List<Object> results = new ArrayList<>();
        for (Review review : reviews) {
            review.findings().forEach(finding -> results.add(result(finding, review, rules)));
        }
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Json.object("driver", driver(rules)));
        run.put("originalUriBaseIds", Json.object(ROOT, Json.object("uri", folderUri())));
        run.put("columnKind", "utf16CodeUnits");
        run.put("invocations", List.of(invocation(reviews)));
        run.put("results", results);
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.of(log);
    }

    private Map<String, Object> driver(List<Rule> rules) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "Sluice");
        driver.put("semanticVersion", version);
        driver.put("rules", rules.stream().map(this::rule).toList());
        return driver;
    }

    private Map<String, Object> rule(Rule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", rule.id());
        json.put("shortDescription", text(rule.summary()));
        String full = explanation.apply(rule);
        json.put("fullDescription", text(full.isEmpty() ? rule.summary() : full));
        json.put("defaultConfiguration", Json.object("level", TextReport.word(rule.severity())));
        return json;
    }

    private static Map<String, Object> invocation(List<Review> reviews) {
        List<Object> notifications = new ArrayList<>();
        for (Review review : reviews) {
            String assumption = review.assumption();
            if (assumption != null) {
                notifications.add(Json.object("level", "note", "message", text(review.file() + ": " + assumption)));
            }
        }
        Map<String, Object> invocation = new LinkedHashMap<>();
        invocation.put("executionSuccessful", true);
        invocation.put("toolExecutionNotifications", notifications);
        return invocation;
    }

    private Map<String, Object> result(Diagnostic finding, Review review, List<Rule> rules) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ruleId", finding.rule().id());
        json.put("ruleIndex", rules.indexOf(finding.rule()));
        json.put("level", TextReport.word(finding.severity()));
        json.put("message", text(finding.message()));
        Span span = finding.span();
        json.put(
                "locations",
                List.of(Json.object(
                        "physicalLocation",
                        span == null ? Json.object("artifactLocation", location(review.file())) : place(span))));
        List<Object> related = new ArrayList<>();
        for (Note note : finding.notes()) {
            Span other = note.span();
            if (other != null) {
                related.add(Json.object(
                        "id", related.size() + 1, "message", text(note.text()), "physicalLocation", place(other)));
            }
        }
        if (!related.isEmpty()) {
            json.put("relatedLocations", related);
        }
        Fix fix = finding.fix();
        if (fix != null) {
            json.put("fixes", List.of(fix(fix)));
        }
        return json;
    }

    private Map<String, Object> fix(Fix fix) {
        Map<String, List<Edit>> byFile = new LinkedHashMap<>();
        for (Edit edit : fix.edits()) {
            byFile.computeIfAbsent(edit.span().file().name(), n -> new ArrayList<>())
                    .add(edit);
        }
        List<Object> changes = new ArrayList<>();
        byFile.forEach((file, edits) -> changes.add(Json.object(
                "artifactLocation",
                location(file),
                "replacements",
                edits.stream().map(SarifReport::replacement).toList())));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("description", text(fix.title()));
        json.put("artifactChanges", changes);
        return json;
    }

    private static Map<String, Object> replacement(Edit edit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deletedRegion", region(edit.span()));
        if (!edit.replacement().isEmpty()) {
            json.put("insertedContent", text(edit.replacement()));
        }
        return json;
    }

    private Map<String, Object> place(Span span) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("artifactLocation", location(span.file().name()));
        json.put("region", region(span));
        return json;
    }

    private static Map<String, Object> region(Span span) {
        SourceFile file = span.file();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("startLine", span.line());
        json.put("startColumn", file.characterColumn(span.start()));
        json.put("endLine", file.line(span.end()));
        json.put("endColumn", file.characterColumn(span.end()));
        return json;
    }

    private Map<String, Object> location(String file) {
        Path path = Path.of("/").resolve(SourceFile.utf8(file));
        Map<String, Object> json = new LinkedHashMap<>();
        if (path.startsWith(root) && !path.equals(root)) {
            json.put("uri", relative(root.relativize(path)));
            json.put("uriBaseId", ROOT);
        } else {
            json.put("uri", path.toUri().toString());
        }
        return json;
    }

    private static String relative(Path path) {
        String whole = Path.of("/").resolve(path).toUri().getRawPath();
        return whole.substring(1);
    }

    private String folderUri() {
        String uri = root.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    private static Map<String, Object> text(String text) {
        return Json.object("text", text);
    }
}
