package dev.sluice.config;

import dev.sluice.directive.Findings;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Collects what httpd warns of, in order. */
final class Warnings {
    private final List<HttpdWarning> all = new ArrayList<>();

    /** A warning of {@code module}; {@code text} has its AH number in front. */
    void add(String module, String text, Span span) {
        add(module, "warn", text, span);
    }

    void add(String module, String level, String text, Span span) {
        String message = text.startsWith("AH") ? text.substring(text.indexOf(": ") + 2) : text;
        all.add(new HttpdWarning(module, level, text, new Diagnostic(Findings.HTTPD_WARNING, span, message)));
    }

    List<HttpdWarning> all() {
        return List.copyOf(all);
    }
}
