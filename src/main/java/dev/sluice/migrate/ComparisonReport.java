package dev.sluice.migrate;

import dev.sluice.lint.report.Json;
import dev.sluice.migrate.Comparison.Difference;
import dev.sluice.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many comparisons, by cause. */
public final class ComparisonReport {
    /**
     * Differences of one kind.
     *
     * @param what as {@link Difference#what()}; of a status with both of them
     * @param count of requests
     * @param example one of them
     */
    public record Cause(String what, int count, Comparison example) {}

    private ComparisonReport() {}

    /** The most frequent first. */
    public static List<Cause> causes(List<Comparison> all) {
        Map<String, List<Comparison>> byWhat = new LinkedHashMap<>();
        for (Comparison each : all) {
            for (Difference difference : each.differences()) {
                String what = difference.what().equals("status")
                        ? "status " + difference.apache() + " is " + difference.sluice()
                        : difference.what();
                byWhat.computeIfAbsent(what, key -> new ArrayList<>()).add(each);
            }
        }
        List<Cause> causes = new ArrayList<>();
        byWhat.forEach((what, those) -> causes.add(new Cause(what, those.size(), those.get(0))));
        causes.sort((a, b) -> Integer.compare(b.count(), a.count()));
        return causes;
    }

    /** {@code 2000 requests, 3 answered otherwise}. */
    public static String summary(List<Comparison> all) {
        long other = all.stream().filter(each -> !each.isSame()).count();
        return all.size()
                + (all.size() == 1 ? " request, " : " requests, ")
                + (other == 0 ? "all answered alike" : other + " answered otherwise");
    }

    /** What {@link Json} prints. */
    public static Map<String, Object> json(List<Comparison> all) {
        List<Map<String, Object>> differing = new ArrayList<>();
        for (Comparison each : all) {
            if (!each.isSame()) {
                List<Map<String, Object>> differences = new ArrayList<>();
                for (Difference difference : each.differences()) {
                    differences.add(Json.object(
                            "what", difference.what(), "apache", difference.apache(), "sluice", difference.sluice()));
                }
                differing.add(Json.object(
                        "method",
                        each.question().method(),
                        "url",
                        each.question().url(),
                        "differences",
                        differences));
            }
        }
        List<Map<String, Object>> causes = new ArrayList<>();
        for (Cause cause : causes(all)) {
            causes.add(Json.object("what", cause.what(), "requests", cause.count()));
        }
        return Json.object("requests", all.size(), "causes", causes, "differing", differing);
    }

    /** A page that needs nothing else; characters, not bytes. */
    public static String html(List<Comparison> all) {
        StringBuilder body =
                new StringBuilder("<h1>").append(Page.html(summary(all))).append("</h1>\n");
        List<Cause> causes = causes(all);
        if (!causes.isEmpty()) {
            body.append("<h2>By cause</h2>\n<table><thead><tr><th>Difference<th>Requests<th>Example</thead>\n");
            for (Cause cause : causes) {
                body.append("<tr><td>")
                        .append(Page.html(cause.what()))
                        .append("<td>")
                        .append(cause.count());
                body.append("<td>")
                        .append(Page.html(cause.example().question().url()))
                        .append("</tr>\n");
            }
            body.append("</table>\n<h2>Requests</h2>\n");
            all.stream().filter(each -> !each.isSame()).forEach(each -> add(each, body));
        }
        return Page.of("Apache and Sluice", body.toString());
    }

    private static void add(Comparison each, StringBuilder body) {
        body.append("<details><summary>")
                .append(Page.html(each.question().method()))
                .append(' ');
        body.append(Page.html(each.question().url())).append("</summary>\n");
        body.append("<table><thead><tr><th>Difference<th>Apache<th>Sluice</thead>\n");
        for (Difference difference : each.differences()) {
            body.append("<tr><td>").append(Page.html(difference.what())).append("<td><code>");
            body.append(Page.html(difference.apache())).append("</code><td><code>");
            body.append(Page.html(difference.sluice())).append("</code></tr>\n");
        }
        body.append("</table></details>\n");
    }

    /** Requests and differences for a table: one row a difference. */
    public static List<List<String>> rows(List<Comparison> all) {
        List<List<String>> rows = new ArrayList<>();
        for (Comparison each : all) {
            for (Difference difference : each.differences()) {
                rows.add(List.of(
                        SourceFile.utf8(
                                each.question().method() + " " + each.question().url()),
                        difference.what(),
                        SourceFile.utf8(difference.apache()),
                        SourceFile.utf8(difference.sluice())));
            }
        }
        return rows;
    }
}
