package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a server listens, and what it is called. */
final class AddressRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "server-name-main",
                    Severity.NOTE,
                    "A main server without ServerName, which is looked up at each start",
                    AddressRules::unnamed),
            text(
                    "vhost-not-listened",
                    Severity.WARNING,
                    "A virtual host of a port that no Listen opens",
                    AddressRules::notListened),
            text("listen-overlap", Severity.WARNING, "Two Listens for one address and port", AddressRules::overlaps));

    private AddressRules() {}

    private static void unnamed(LintSubject subject, Report report) {
        boolean named = subject.lines("ServerName").stream().anyMatch(line -> line.outer() == null);
        List<Standing> listens = subject.lines("Listen");
        if (subject.facts().isWhole() && !named && !listens.isEmpty()) {
            report.at(
                    listens.get(0).span(),
                    "no ServerName stands outside of virtual hosts: the name is looked up when the server starts, and where"
                            + " it is not found httpd warns (AH00558) and takes an address for it");
        }
    }

    private static void notListened(LintSubject subject, Report report) {
        List<Standing> listens = subject.lines("Listen");
        if (!subject.facts().isWhole() || listens.isEmpty()) {
            return;
        }
        Set<String> ports = new HashSet<>();
        listens.forEach(line -> ports.add(port(line.word(0))));
        for (Standing host : subject.lines("VirtualHost")) {
            for (Word word : host.words()) {
                String port = word.text().matches(".*[^:]:\\d+|\\[.*\\]:\\d+") ? port(word.text()) : "";
                if (!port.isEmpty() && !ports.contains(port)) {
                    report.at(word.span(), "no Listen opens port " + port + ": nothing can ask this virtual host");
                }
            }
        }
    }

    private static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    private static void overlaps(LintSubject subject, Report report) {
        List<Standing> earlier = new ArrayList<>();
        for (Standing line : subject.lines("Listen")) {
            for (Standing other : earlier) {
                if (overlap(line.word(0), other.word(0))) {
                    boolean same = host(line.word(0)).equals(host(other.word(0)));
                    report.at(
                            line.span(),
                            "'" + line.word(0) + "' is open already by '" + other.word(0)
                                    + "': the server does not start, since the address is in use",
                            "the earlier one",
                            other.span(),
                            same ? line.ifVerbatim(Fix.deleteLines("drop it", line.span())) : null);
                    break;
                }
            }
            earlier.add(line);
        }
    }

    private static boolean overlap(String a, String b) {
        boolean every = host(a).equals("*") || host(b).equals("*");
        boolean six = host(a).startsWith("[") || host(b).startsWith("[");
        return port(a).equals(port(b)) && (host(a).equals(host(b)) || (every && !six));
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "*" : address.substring(0, colon);
        return host.equals("0.0.0.0") ? "*" : host;
    }
}
