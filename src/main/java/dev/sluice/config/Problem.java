package dev.sluice.config;

import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import org.jspecify.annotations.Nullable;

/** A finding and the executed line it is about, from which httpd's messages take file and line. */
public record Problem(Diagnostic finding, @Nullable Line line) {
    public boolean isError() {
        return finding.severity() == Severity.ERROR;
    }

    /** An error that httpd does not have. */
    public boolean isRefusal() {
        return finding.rule().equals(Findings.NOT_SUPPORTED);
    }
}
