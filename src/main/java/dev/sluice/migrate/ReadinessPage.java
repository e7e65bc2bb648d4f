package dev.sluice.migrate;

import dev.sluice.migrate.Readiness.OfSite;
import dev.sluice.migrate.Readiness.State;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A {@link Readiness} as one HTML page that needs nothing else: styles inline, lines linked by {@code file:} addresses. */
public final class ReadinessPage {
    private static final String FRAME = frame();

    private final StringBuilder body = new StringBuilder();

    private ReadinessPage() {}

    /** The page, in characters. */
    public static String of(List<Readiness> all) {
        ReadinessPage page = new ReadinessPage();
        all.forEach(page::add);
        return FRAME.replace("@BODY@", page.body);
    }

    private static String frame() {
        try (InputStream in = Objects.requireNonNull(ReadinessPage.class.getResourceAsStream("readiness.html"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Readiness readiness) {
        body.append("<h1>").append(html(readiness.file())).append("</h1>\n<div class=\"counts\">\n");
        for (State state : State.values()) {
            body.append("<div class=\"count ")
                    .append(ReadinessReport.key(state))
                    .append("\"><b>")
                    .append(readiness.count(state))
                    .append("</b> ")
                    .append(state.words())
                    .append("</div>\n");
        }
        body.append("</div>\n");
        if (!readiness.shared().isEmpty()) {
            body.append("<h2>What keeps the whole server from starting</h2>\n");
            findings(readiness.shared(), "error");
        }
        body.append("<h2>Sites</h2>\n");
        readiness.counted().forEach(this::add);
        directives(readiness);
    }

    private void add(OfSite site) {
        boolean open = site.state() == State.NOT_READY;
        body.append("<details").append(open ? " open" : "").append("><summary><span class=\"badge ")
                .append(ReadinessReport.key(site.state()))
                .append("\">")
                .append(site.state().words())
                .append("</span> <strong>")
                .append(html(site.site().name()))
                .append("</strong> <span class=\"address\">")
                .append(html(String.join(" ", site.site().addresses())))
                .append("</span></summary>\n");
        findings(site.errors(), "error");
        findings(site.differences(), "difference");
        findings(site.advice(), "advice");
        if (site.errors().isEmpty() && site.differences().isEmpty() && site.advice().isEmpty()) {
            body.append("<p>Nothing was found.</p>\n");
        }
        body.append("</details>\n");
    }

    private void findings(List<Diagnostic> findings, String kind) {
        if (findings.isEmpty()) {
            return;
        }
        body.append("<ul class=\"").append(kind).append("\">\n");
        for (Diagnostic finding : findings) {
            body.append("<li>");
            Span span = finding.span();
            if (span != null) {
                String file = span.file().name();
                body.append("<a href=\"file://")
                        .append(html(file))
                        .append("\">")
                        .append(html(file))
                        .append(':')
                        .append(span.line())
                        .append("</a> ");
            }
            body.append(html(finding.message())).append(" <code>").append(finding.rule().id()).append("</code>");
            if (span != null && !span.file().text().isEmpty()) {
                body.append("<pre>").append(html(span.file().lineText(span.line()).strip())).append("</pre>");
            }
            body.append("</li>\n");
        }
        body.append("</ul>\n");
    }

    private void directives(Readiness readiness) {
        List<DirectiveUse> uses =
                readiness.uses().stream().filter(use -> !use.works()).toList();
        body.append("<h2>Directives</h2>\n<p>")
                .append(readiness.uses().size())
                .append(" are in use, ")
                .append(readiness.uses().size() - uses.size())
                .append(" of them work as in httpd.</p>\n");
        if (uses.isEmpty()) {
            return;
        }
        body.append("<table><thead><tr><th>Directive<th>Uses<th>Verdict<th>Why</thead>\n");
        for (DirectiveUse use : uses) {
            body.append("<tr><td><code>")
                    .append(html(use.name()))
                    .append("</code><td>")
                    .append(use.lines().size())
                    .append("<td>")
                    .append(use.word())
                    .append("<td>")
                    .append(html(use.reason()))
                    .append("</tr>\n");
        }
        body.append("</table>\n");
    }

    private static String html(String bytes) {
        return SourceFile.utf8(bytes)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
