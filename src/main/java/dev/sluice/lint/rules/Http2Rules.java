package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.directive.Line;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** HTTP/2 where it is not spoken, or not as the lines say. */
final class Http2Rules {
    static final List<LintRule> ALL = List.of(
            text(
                    "http2-cleartext-tls",
                    Severity.WARNING,
                    "h2c alone for a virtual host with TLS, where the name is h2",
                    Http2Rules::cleartext),
            text(
                    "http2-directive-ineffective",
                    Severity.WARNING,
                    "An H2 directive where HTTP/2 is not spoken, or not in that way",
                    Http2Rules::ineffective),
            text(
                    "http2-verify-in-section",
                    Severity.WARNING,
                    "SSLVerifyClient or SSLCipherSuite in a section of a server with HTTP/2, which cannot ask anew",
                    Http2Rules::verified));

    private static final Set<String> WITH_TLS = Set.of("h2moderntlsonly", "h2tlswarmupsize", "h2tlscooldownsecs");
    private static final Set<String> OF_CONNECTION = Set.of(
            "sslverifyclient", "sslverifydepth", "sslciphersuite", "sslcacertificatefile", "sslcacertificatepath");

    private Http2Rules() {}

    private static boolean names(@Nullable Standing protocols, String... wanted) {
        if (protocols == null) {
            return false;
        }
        for (Word word : protocols.words()) {
            if (Set.of(wanted).contains(word.text().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Standing tls(LintSubject subject, @Nullable Line host) {
        Standing engine = subject.inForce("SSLEngine", host);
        return engine == null || engine.word(0).equalsIgnoreCase("off") ? null : engine;
    }

    private static void cleartext(LintSubject subject, Report report) {
        for (Standing line : subject.lines("Protocols")) {
            Standing engine = line.host() == null ? null : tls(subject, line.hostLine());
            if (engine != null && names(line, "h2c") && !names(line, "h2")) {
                Word word = line.words().stream()
                        .filter(each -> each.text().equalsIgnoreCase("h2c"))
                        .findFirst()
                        .orElseThrow();
                report.at(
                        word.span(),
                        "h2c is HTTP/2 without TLS, and this host has TLS: clients get HTTP/1.1 here",
                        "what makes it TLS",
                        engine.span(),
                        line.ifVerbatim(
                                Fix.replace("speak h2", word.span(), "h2").unsure()));
            }
        }
    }

    private static void ineffective(LintSubject subject, Report report) {
        boolean anywhere = subject.lines("Protocols").stream().anyMatch(line -> names(line, "h2", "h2c"));
        for (Standing line : subject.lines()) {
            String name = line.name();
            if (!name.startsWith("h2")
                    || name.startsWith("h2push")
                    || line.line().isSection()) {
                continue;
            }
            String why = why(line, anywhere, subject);
            if (why != null) {
                report.at(line.span(), "'" + line.line().name() + "' has no effect: " + why);
            }
        }
    }

    /** Why it changes nothing; null where it does, or where the main file may say more. */
    private static @Nullable String why(Standing line, boolean anywhere, LintSubject subject) {
        Line host = line.hostLine();
        Standing protocols = subject.inForce("Protocols", host);
        boolean whole = subject.facts().isWhole();
        boolean known = whole || (protocols != null && protocols.hostLine() == host);
        boolean spoken = host == null ? anywhere : names(protocols, "h2", "h2c");
        if (known && !spoken) {
            return (host == null ? "no Protocols line" : "no Protocols line of this host") + " has h2 or h2c in it";
        }
        boolean tlsKnown =
                host != null && (whole || subject.lines("SSLEngine").stream().anyMatch(e -> e.hostLine() == host));
        if (!tlsKnown) {
            return null;
        }
        boolean hasTls = tls(subject, host) != null;
        if (line.is("H2Upgrade") && hasTls && line.word(0).equalsIgnoreCase("on")) {
            return "over TLS the protocol is agreed on in the handshake, and Upgrade is not heeded";
        }
        return WITH_TLS.contains(line.name()) && !hasTls ? "it is about TLS, which this host does not speak" : null;
    }

    private static void verified(LintSubject subject, Report report) {
        for (Standing line : subject.lines()) {
            Standing section = line.directory();
            if (section == null
                    || !OF_CONNECTION.contains(line.name())
                    || line.word(0).equalsIgnoreCase("none")) {
                continue;
            }
            Standing protocols = subject.inForce("Protocols", line.hostLine());
            if (protocols != null && names(protocols, "h2")) {
                report.at(
                        line.span(),
                        "a connection of HTTP/2 is one handshake for all its requests: where it did not agree on this,"
                                + " httpd answers 403",
                        "what turns HTTP/2 on",
                        protocols.span(),
                        null);
            }
        }
    }
}
