package dev.sluice.lint;

import dev.sluice.config.ConfigError;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Rule;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import org.jspecify.annotations.Nullable;

/** Tells apart what httpd says while it reads. It has one kind of error for all of it; the words are fixed. */
final class ReadErrors {
    static final Rule NESTING =
            new Rule("section-nesting", Severity.ERROR, "A section that is not closed, or closed as another one");
    static final Rule MODULE =
            new Rule("module-missing", Severity.ERROR, "LoadModule of a module that Sluice does not have");
    static final Rule INCLUDE = new Rule("include-missing", Severity.ERROR, "Include of a file that is not there");
    static final Rule VARIABLE =
            new Rule("variable-not-set", Severity.WARNING, "A ${variable} that nothing gives a value");

    private static final String UNSET = "Config variable ${";

    private ReadErrors() {}

    /** The message without the places that httpd puts in front of it: the diagnostic has its own. */
    static Diagnostic finding(ConfigError error) {
        String message = error.message();
        Line.At at = error.at();
        String place = at == null ? "" : "Syntax error on " + at + ": ";
        int behind = place.isEmpty() ? -1 : message.lastIndexOf(place);
        String bare = behind < 0 ? message : message.substring(behind + place.length());
        Rule rule = rule(bare);
        String own = rule.equals(NESTING) ? bare.replaceAll("(?m)^.*:\\d+: (?=<)", "") : bare;
        Diagnostic finding = new Diagnostic(rule, error.span(), own);
        String hint = error.hint();
        return hint == null ? finding : finding.noting(hint, null);
    }

    private static Rule rule(String message) {
        if (message.contains("was not closed")
                || message.contains("without matching <")
                || message.startsWith("Expected </")) {
            return NESTING;
        }
        if (message.startsWith("Cannot load ") || message.startsWith("Can't locate API module")) {
            return MODULE;
        }
        if (message.startsWith("Include/IncludeOptional: ")
                || message.startsWith("Could not open configuration file")) {
            return INCLUDE;
        }
        return message.contains("must be a valid directory") ? Findings.MACHINE : Findings.ARGUMENTS;
    }

    /** {@code finding} under the rule of its own that it has, if any. */
    static Diagnostic sorted(Diagnostic finding) {
        String message = finding.message();
        if (!finding.rule().equals(Findings.HTTPD_WARNING) || !message.startsWith(UNSET)) {
            return finding;
        }
        String name = message.substring(UNSET.length(), message.indexOf('}'));
        return new Diagnostic(
                VARIABLE, finding.span(), "'" + name + "' has no value, so '${" + name + "}' stays as it is");
    }

    /** Whether {@code finding} says something about this machine rather than about the configuration. */
    static boolean isOfMachine(Diagnostic finding) {
        Rule rule = finding.rule();
        return rule.equals(Findings.MACHINE)
                || rule.equals(INCLUDE) && isAbsolute(finding.span())
                || rule.equals(Findings.HTTPD_WARNING) && finding.message().startsWith("Warning: DocumentRoot [")
                || rule.equals(Findings.HTTPD_WARNING) && finding.message().startsWith("AH00112")
                || rule.equals(VARIABLE);
    }

    /** Whether the line names a file by a whole path, which is another machine's. */
    private static boolean isAbsolute(@Nullable Span span) {
        return span != null && span.text().matches("(?is)\\S+\\s+[\"']?/.*");
    }
}
