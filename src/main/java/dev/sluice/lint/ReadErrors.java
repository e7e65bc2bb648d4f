package dev.sluice.lint;

import dev.sluice.config.ConfigError;
import dev.sluice.config.Problem;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.module.LintSubject;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Rule;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import dev.sluice.syntax.Statement;
import java.io.File;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    static final Rule DEFINE_LATE = new Rule(
            "define-after-use", Severity.WARNING, "A ${variable} that is used before the line that defines it");

    static final Rule REGEX = new Rule(
            "regex-unsupported", Severity.ERROR, "A pattern with something that Java's regular expressions cannot do");

    /** Where httpd's warnings say a line is, which the finding says itself. */
    private static final String AT_END = "( in line \\d+ of \\S+| /\\S+:\\d+)$";

    private static final Pattern PROVIDER = Pattern.compile("Unknown Auth[nz] provider: (\\S+)");
    private static final Pattern MISSED = Pattern.compile("Could not open configuration file ([^:]+): ");

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
        String hint = error.hint();
        if (rule.equals(MODULE) && hint != null) {
            return new Diagnostic(rule, error.span(), hint).noting("httpd would say: " + own, null);
        }
        Diagnostic finding = new Diagnostic(rule, error.span(), own);
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
    static Diagnostic sorted(Diagnostic finding, LintSubject subject) {
        String message = finding.message();
        if (!finding.rule().equals(Findings.HTTPD_WARNING) || !message.startsWith(UNSET)) {
            String bare = message.replaceFirst("^AH\\d{5}: ", "").replaceFirst(AT_END, "");
            boolean warning = finding.rule().equals(Findings.HTTPD_WARNING) && !bare.equals(message);
            return warning ? new Diagnostic(finding.rule(), finding.span(), bare) : finding;
        }
        String name = message.substring(UNSET.length(), message.indexOf('}'));
        Statement define = subject.statements()
                .filter(each -> each.words().size() > 1
                        && each.words().get(0).text().equalsIgnoreCase("Define")
                        && each.words().get(1).text().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
        if (define != null) {
            return new Diagnostic(
                            DEFINE_LATE,
                            finding.span(),
                            "'" + name + "' has no value yet, so '${" + name + "}' stays as it is")
                    .noting("it gets one here, which may come later or be skipped", define.span());
        }
        return new Diagnostic(
                VARIABLE, finding.span(), "'" + name + "' has no value, so '${" + name + "}' stays as it is");
    }

    /** Whether {@code finding} says something about this machine rather than about the configuration. */
    static boolean isOfMachine(Diagnostic finding) {
        Rule rule = finding.rule();
        String message = finding.message();
        if (rule.equals(Findings.HTTPD_WARNING)) {
            return message.startsWith("Warning: DocumentRoot [") || message.startsWith("PassEnv variable ");
        }
        Span span = finding.span();
        boolean unknown =
                rule.equals(Findings.ARGUMENTS) && span != null && span.text().contains("${");
        boolean library = rule.equals(MODULE) && finding.notes().isEmpty();
        boolean elsewhere = rule.equals(INCLUDE) && (isAbsolute(span) || !isBesideOthers(message));
        return unknown || library || elsewhere || rule.equals(Findings.MACHINE) || rule.equals(VARIABLE);
    }

    /** Whether the folder is here in which a file is missed: with none of it here it is in another place on another machine. */
    private static boolean isBesideOthers(String message) {
        Matcher file = MISSED.matcher(message);
        File folder = file.find() ? new File(SourceFile.utf8(file.group(1))).getParentFile() : null;
        return folder != null && folder.isDirectory();
    }

    static boolean isOfInclude(Diagnostic finding) {
        return finding.rule().equals(INCLUDE);
    }

    /** Whether {@code problem} is that a section has no requirements, since those that it has are in error. */
    static boolean followsFromAnother(Problem problem, List<Problem> all) {
        Line section = problem.line();
        return section != null
                && problem.finding().message().endsWith("contains no authorization directives")
                && all.stream()
                        .anyMatch(other ->
                                other.line() != null && section.children().contains(other.line()));
    }

    /** Whether {@code problem} is that a provider is unknown which other lines name, and are in error themselves. */
    static boolean isOfNamedProvider(Problem problem, LintSubject subject) {
        Matcher unknown = PROVIDER.matcher(problem.finding().message());
        return unknown.find()
                && subject
                        .lines(
                                "AuthnProviderAlias",
                                "AuthzProviderAlias",
                                "AuthnzFcgiDefineProvider",
                                "LuaAuthzProvider")
                        .stream()
                        .anyMatch(line ->
                                line.word(line.is("LuaAuthzProvider") ? 0 : 1).equalsIgnoreCase(unknown.group(1)));
    }

    /** Whether {@code finding} says that a file is not there whose path is relative to a ServerRoot that nobody named. */
    static boolean isOfRoot(Diagnostic finding) {
        return finding.rule().equals(INCLUDE) && !isAbsolute(finding.span());
    }

    /** Whether the line names a file by a whole path, which is another machine's. */
    private static boolean isAbsolute(@Nullable Span span) {
        return span != null && span.text().matches("(?is)\\S+\\s+[\"']?/.*");
    }
}
