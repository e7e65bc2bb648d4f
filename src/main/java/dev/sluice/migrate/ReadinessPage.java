package dev.sluice.migrate;

import dev.sluice.migrate.Readiness.OfSite;
import dev.sluice.migrate.Readiness.State;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Span;
import java.util.List;

/** A {@link Readiness} as one HTML page that needs nothing else: styles inline, lines linked by {@code file:} addresses. */
public final class ReadinessPage {
    private final StringBuilder body = new StringBuilder();

    private ReadinessPage() {}

    /** The page, in characters. */
    public static String of(List<Readiness> all) {
        ReadinessPage page = new ReadinessPage();
        all.forEach(page::add);
        return Page.of("Ready to move?", page.body.toString());
    }

    private void add(Readiness readiness) {
        body.append("<h1>").append(Page.html(readiness.file())).append("</h1>\n<div class=\"counts\">\n");
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
        body.append("<details")
                .append(open ? " open" : "")
                .append("><summary><span class=\"badge ")
                .append(ReadinessReport.key(site.state()))
                .append("\">")
                .append(site.state().words())
                .append("</span> <strong>")
                .append(Page.html(site.site().name()))
                .append("</strong> <span class=\"address\">")
                .append(Page.html(String.join(" ", site.site().addresses())))
                .append("</span></summary>\n");
        findings(site.errors(), "error");
        findings(site.differences(), "difference");
        findings(site.advice(), "advice");
        if (site.errors().isEmpty()
                && site.differences().isEmpty()
                && site.advice().isEmpty()) {
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
                        .append(Page.html(file))
                        .append("\">")
                        .append(Page.html(file))
                        .append(':')
                        .append(span.line())
                        .append("</a> ");
            }
            body.append(Page.html(finding.message()))
                    .append(" <code>")
                    .append(finding.rule().id())
                    .append("</code>");
            if (span != null && !span.file().text().isEmpty()) {
                body.append("<pre>")
                        .append(Page.html(span.file().lineText(span.line()).strip()))
                        .append("</pre>");
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
                    .append(Page.html(use.name()))
                    .append("</code><td>")
                    .append(use.lines().size())
                    .append("<td>")
                    .append(use.word())
                    .append("<td>")
                    .append(Page.html(use.reason()))
                    .append("</tr>\n");
        }
        body.append("</table>\n");
    }
}
