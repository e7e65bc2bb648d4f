package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers and variables that are not what they look like. */
final class HeaderRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "header-without-always",
                    Severity.WARNING,
                    "A header for safety that answers with an error lack",
                    HeaderRules::withoutAlways),
            text("header-obsolete", Severity.NOTE, "A header that no browser heeds any more", HeaderRules::obsolete),
            text(
                    "setenv-equals",
                    Severity.WARNING,
                    "SetEnv with '=', which becomes a part of the name",
                    HeaderRules::setEnv));

    private static final Set<String> SAFETY = Set.of(
            "strict-transport-security",
            "content-security-policy",
            "x-frame-options",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy");

    private static final Set<String> OBSOLETE =
            Set.of("public-key-pins", "expect-ct", "x-xss-protection", "feature-policy", "x-ua-compatible", "p3p");

    private HeaderRules() {}

    private static void withoutAlways(LintSubject subject, Report report) {
        for (Standing line : subject.lines("Header")) {
            String action = line.word(0).toLowerCase(Locale.ROOT);
            String name = line.word(1).toLowerCase(Locale.ROOT);
            if (!action.matches("set|setifempty|add|append|merge") || !SAFETY.contains(name) || isSetAlways(line)) {
                continue;
            }
            report.at(
                    line.wordSpan(0),
                    "answers that httpd makes itself, redirects and errors, lack '" + line.word(1)
                            + "': without 'always' only what was found gets it",
                    line.ifVerbatim(Fix.replace(
                                    "send it always",
                                    line.wordSpan(0),
                                    "always " + line.wordSpan(0).text())
                            .unsure()));
        }
    }

    /** Whether the same section has it with always as well. */
    private static boolean isSetAlways(Standing line) {
        return line.siblings().stream()
                .anyMatch(each -> each.name().equalsIgnoreCase("Header")
                        && each.words().size() > 2
                        && each.words().get(0).text().equalsIgnoreCase("always")
                        && each.words().get(2).text().equalsIgnoreCase(line.word(1)));
    }

    private static void obsolete(LintSubject subject, Report report) {
        for (Standing line : subject.lines("Header")) {
            int at = line.word(0).equalsIgnoreCase("always") || line.word(0).equalsIgnoreCase("onsuccess") ? 1 : 0;
            String action = line.word(at).toLowerCase(Locale.ROOT);
            String name = line.word(at + 1);
            if (action.matches("set|setifempty|add|append|merge") && OBSOLETE.contains(name.toLowerCase(Locale.ROOT))) {
                report.at(line.wordSpan(at + 1), "no browser of today heeds '" + name + "'");
            }
        }
    }

    private static void setEnv(LintSubject subject, Report report) {
        for (Standing line : subject.lines("SetEnv")) {
            String word = line.word(0);
            int equals = word.indexOf('=');
            if (equals <= 0 || line.words().size() > 1) {
                continue;
            }
            String raw = line.wordSpan(0).text();
            boolean plain = raw.equals(word);
            report.at(
                    line.wordSpan(0),
                    "the variable is called '" + word + "' and has no value: a blank stands between name and value",
                    plain && word.length() > equals + 1
                            ? line.ifVerbatim(Fix.replace(
                                    "put a blank there",
                                    line.wordSpan(0),
                                    word.substring(0, equals) + " " + word.substring(equals + 1)))
                            : null);
        }
    }
}
