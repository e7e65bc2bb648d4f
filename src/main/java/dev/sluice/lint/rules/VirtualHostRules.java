package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which virtual host a request gets. */
final class VirtualHostRules {
    static final List<LintRule> ALL = List.of(text(
            "server-name-duplicate",
            Severity.WARNING,
            "Two virtual hosts of one address and name: the second is never reached",
            VirtualHostRules::duplicates));

    private VirtualHostRules() {}

    private static void duplicates(LintSubject subject, Report report) {
        Map<String, Standing> first = new HashMap<>();
        for (Standing name : subject.lines("ServerName")) {
            Standing host = name.host();
            if (host == null) {
                continue;
            }
            for (var address : host.words()) {
                String key = (address.text() + " " + name.word(0)).toLowerCase(Locale.ROOT);
                Standing before = first.putIfAbsent(key, name);
                if (before != null && before.hostLine() != host.line()) {
                    report.at(
                            name.wordSpan(0),
                            "'" + name.word(0) + "' is the name of an earlier virtual host of '" + address.text()
                                    + "', which gets all its requests",
                            "the earlier one",
                            before.span(),
                            null);
                    break;
                }
            }
        }
    }
}
