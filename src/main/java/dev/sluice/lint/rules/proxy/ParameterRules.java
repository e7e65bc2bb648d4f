package dev.sluice.lint.rules.proxy;

import static dev.sluice.module.LintRule.text;

import dev.sluice.directive.Line;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Edit;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters and timeouts that are read and change nothing. */
final class ParameterRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "proxy-parameter-ineffective",
                    Severity.WARNING,
                    "A parameter of a backend that has no effect beside the others",
                    ParameterRules::parameters),
            text(
                    "proxy-retry-alone",
                    Severity.NOTE,
                    "retry= of a backend that is not in a balancer, which is asked again at once anyway",
                    ParameterRules::retries),
            text(
                    "timeout-ineffective",
                    Severity.WARNING,
                    "A timeout that cannot take effect",
                    ParameterRules::timeouts));

    private static final Set<String> OF_MEMBERS = Set.of("loadfactor", "lbset", "route", "redirect");
    private static final Set<String> HTTP = Set.of("http", "https");

    private ParameterRules() {}

    private static void parameters(LintSubject subject, Report report) {
        for (PassLine pass : PassLine.all(subject)) {
            if (!pass.excludes() && !pass.scheme().equals("balancer")) {
                pass.parameters().forEach(word -> {
                    String key = PassLine.key(word);
                    String why = OF_MEMBERS.contains(key)
                            ? "it is for the members of a balancer, and this backend is in none"
                            : why(key, pass.scheme(), pass.parameters());
                    tell(pass.line(), word, why, report);
                });
            }
        }
        for (Standing member : subject.lines("BalancerMember")) {
            int url = member.word(0).startsWith("balancer:") ? 1 : 0;
            List<Word> all = PassLine.parameters(member, url + 1);
            all.forEach(word ->
                    tell(member, word, why(PassLine.key(word), WorkerRules.scheme(member.word(url)), all), report));
        }
    }

    private static void tell(Standing line, Word word, @Nullable String why, Report report) {
        if (why != null) {
            report.at(word.span(), "'" + word.text() + "' has no effect: " + why, without(line, word));
        }
    }

    /** Takes the word away and the blank before it. */
    private static @Nullable Fix without(Standing line, Word word) {
        Span span = word.span();
        int start = span.start();
        String text = span.file().text();
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        return line.ifVerbatim(
                new Fix("leave it out", List.of(new Edit(span.file().span(start, span.end()), ""))));
    }

    /** Why a parameter changes nothing for a backend of that scheme; null where it does. */
    private static @Nullable String why(String key, String scheme, List<Word> all) {
        return switch (key) {
            case "secret" -> scheme.equals("ajp") ? null : "it is for AJP, and this is " + scheme;
            case "upgrade" -> HTTP.contains(scheme) || scheme.startsWith("ws") ? null : "it is for http and https";
            case "responsefieldsize" -> HTTP.contains(scheme) ? null : "it is for http and https";
            case "flushwait" ->
                isSet(all, "flushpackets", "auto") ? null : "it is how long flushpackets=auto waits, which is not set";
            case "smax", "ttl" -> {
                boolean once = isSet(all, "disablereuse", "on") || isSet(all, "enablereuse", "off");
                yield once ? "no connection is kept that it could be about" : null;
            }
            default -> null;
        };
    }

    private static boolean isSet(List<Word> all, String key, String value) {
        Word word = PassLine.parameter(all, key);
        return word != null && PassLine.value(word).equalsIgnoreCase(value);
    }

    private static void retries(LintSubject subject, Report report) {
        for (PassLine pass : PassLine.all(subject)) {
            Word retry = pass.parameter("retry");
            if (retry != null && !pass.scheme().equals("balancer") && pass.parameter("status") == null) {
                report.at(
                        retry.span(),
                        "a backend that no balancer has is never set aside after an error, so there is nothing to wait"
                                + " for",
                        without(pass.line(), retry));
            }
        }
    }

    private static void timeouts(LintSubject subject, Report report) {
        List<PassLine> passes = PassLine.all(subject);
        for (PassLine pass : passes) {
            Word timeout = pass.parameter("timeout");
            if (timeout != null && pass.scheme().equals("balancer")) {
                report.at(
                        timeout.span(),
                        "'" + timeout.text()
                                + "' of a balancer is how long a request waits for a free member: how long it"
                                + " waits for an answer is said by timeout= of the members");
            }
        }
        for (Standing line : subject.lines("ProxyTimeout")) {
            if (line.host() != null && isOverridden(subject, line.hostLine(), passes)) {
                report.at(
                        line.span(),
                        "every ProxyPass of this virtual host has a timeout= of its own, which counts for it");
            }
        }
        for (Standing line : subject.lines("KeepAliveTimeout", "MaxKeepAliveRequests")) {
            Standing keepAlive = line.isAtServerLevel() ? subject.inForce("KeepAlive", line.hostLine()) : null;
            if (keepAlive != null && keepAlive.word(0).equalsIgnoreCase("off") && isOfSameServer(keepAlive, line)) {
                report.at(
                        line.span(),
                        "no connection is kept for a second request, so there is nothing to limit",
                        "what switches it off",
                        keepAlive.span(),
                        null);
            }
        }
    }

    /** A main server's value may be meant for virtual hosts that switch it on again. */
    private static boolean isOfSameServer(Standing one, Standing other) {
        return one.hostLine() == other.hostLine();
    }

    private static boolean isOverridden(LintSubject subject, @Nullable Line host, List<PassLine> passes) {
        List<PassLine> own = passes.stream()
                .filter(pass -> pass.host() == host && !pass.excludes())
                .toList();
        boolean others = subject.lines("RewriteRule", "SetHandler", "BalancerMember", "ProxyRequests").stream()
                .anyMatch(line -> line.hostLine() == host);
        return !own.isEmpty()
                && !others
                && subject.hasAllIncludes()
                && own.stream()
                        .allMatch(pass -> pass.parameter("timeout") != null
                                && !pass.scheme().equals("balancer"));
    }
}
