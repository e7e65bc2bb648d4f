package dev.sluice.migrate;

import dev.sluice.lint.report.Json;
import dev.sluice.lint.report.Paint;
import dev.sluice.migrate.Readiness.OfSite;
import dev.sluice.migrate.Readiness.State;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A {@link Readiness} for people at a terminal, and for programs. */
public final class ReadinessReport {
    private ReadinessReport() {}

    /** Lines in characters, not bytes. */
    public static List<String> text(Readiness readiness, Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.strong(SourceFile.utf8(readiness.file())));
        lines.add("  " + summary(readiness));
        lines.add("");
        if (!readiness.shared().isEmpty()) {
            lines.add(paint.strong("What keeps the whole server from starting"));
            lines.addAll(findings(readiness.shared()));
            lines.add("");
        }
        for (State state : State.values()) {
            List<OfSite> sites = readiness.counted().stream()
                    .filter(site -> site.state() == state)
                    .toList();
            if (!sites.isEmpty()) {
                lines.add(paint.strong(capital(state.words())));
                sites.forEach(site -> lines.addAll(site(site)));
                lines.add("");
            }
        }
        lines.addAll(unsupported(readiness, paint));
        return lines;
    }

    /** {@code 3 sites: 1 ready, 1 ready, with differences, 1 not ready}. */
    static String summary(Readiness readiness) {
        int count = readiness.counted().size();
        List<String> parts = new ArrayList<>();
        for (State state : State.values()) {
            long number = readiness.count(state);
            if (number > 0) {
                parts.add(number + " " + state.words());
            }
        }
        return count + (count == 1 ? " site: " : " sites: ") + String.join("; ", parts);
    }

    private static List<String> site(OfSite site) {
        List<String> lines = new ArrayList<>();
        int advice = site.advice().size();
        lines.add("  " + SourceFile.utf8(site.site().name()) + "  "
                + SourceFile.utf8(String.join(" ", site.site().addresses()))
                + (advice == 0
                        ? ""
                        : "  (" + advice + (advice == 1 ? " more finding" : " more findings") + " of lint)"));
        lines.addAll(findings(site.errors()));
        lines.addAll(findings(site.differences()));
        return lines;
    }

    private static List<String> findings(List<Diagnostic> findings) {
        return findings.stream()
                .map(each ->
                        "    " + place(each) + SourceFile.utf8(each.message()).replace("\n", "; "))
                .toList();
    }

    private static String place(Diagnostic finding) {
        Span span = finding.span();
        return span == null ? "" : SourceFile.utf8(span.file().name()) + ":" + span.line() + ": ";
    }

    private static List<String> unsupported(Readiness readiness, Paint paint) {
        List<DirectiveUse> uses =
                readiness.uses().stream().filter(use -> !use.works()).toList();
        if (uses.isEmpty()) {
            return List.of(readiness.uses().size() + " directives are in use, and all of them work");
        }
        List<String> lines = new ArrayList<>();
        lines.add(paint.strong(
                uses.size() + " of " + readiness.uses().size() + " directives do not do all they do in httpd"));
        for (DirectiveUse use : uses) {
            lines.add("  " + SourceFile.utf8(use.name()) + " (" + use.word() + ", "
                    + times(use.lines().size()) + "): " + SourceFile.utf8(use.reason()));
        }
        return lines;
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** What {@link Json} prints; texts as bytes held one a char. */
    public static List<Map<String, Object>> json(List<Readiness> all) {
        return all.stream().map(ReadinessReport::json).toList();
    }

    private static Map<String, Object> json(Readiness readiness) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (State state : State.values()) {
            counts.put(key(state), readiness.count(state));
        }
        return Json.object(
                "file",
                readiness.file(),
                "ready",
                readiness.isReady(),
                "counts",
                counts,
                "shared",
                readiness.shared().stream().map(ReadinessReport::json).toList(),
                "sites",
                readiness.counted().stream().map(ReadinessReport::json).toList(),
                "directives",
                readiness.uses().stream().map(ReadinessReport::json).toList());
    }

    private static Map<String, Object> json(OfSite site) {
        return Json.object(
                "name",
                site.site().name(),
                "addresses",
                site.site().addresses(),
                "state",
                key(site.state()),
                "errors",
                site.errors().stream().map(ReadinessReport::json).toList(),
                "differences",
                site.differences().stream().map(ReadinessReport::json).toList(),
                "advice",
                site.advice().stream().map(ReadinessReport::json).toList());
    }

    private static Map<String, Object> json(DirectiveUse use) {
        return Json.object(
                "name", use.name(), "uses", use.lines().size(), "verdict", use.word(), "reason", use.reason());
    }

    private static Map<String, Object> json(Diagnostic finding) {
        Span span = finding.span();
        Map<String, Object> object = Json.object("rule", finding.rule().id(), "message", finding.message());
        if (span != null) {
            object.put("file", span.file().name());
            object.put("line", span.line());
        }
        return object;
    }

    /** {@code not-ready}. */
    static String key(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
