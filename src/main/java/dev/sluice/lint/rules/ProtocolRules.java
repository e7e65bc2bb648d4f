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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** HTTP/2 and TLS: protocols that cannot be spoken where they are asked for, and old ones that still can. */
final class ProtocolRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "http2-prefork",
                    Severity.WARNING,
                    "HTTP/2 beside the prefork MPM, with which httpd does not speak it",
                    ProtocolRules::prefork),
            text("http2-without-tls", Severity.WARNING, "h2 for a virtual host without TLS", ProtocolRules::withoutTls),
            text("http2-push", Severity.NOTE, "Server push, which browsers do not take any more", ProtocolRules::push),
            text(
                    "tls-protocol-old",
                    Severity.WARNING,
                    "SSLProtocol lets in a protocol that is out of use",
                    ProtocolRules::oldProtocols),
            text(
                    "tls-cipher-weak",
                    Severity.WARNING,
                    "SSLCipherSuite lets in ciphers that are broken",
                    ProtocolRules::weakCiphers),
            text(
                    "tls-port-80",
                    Severity.WARNING,
                    "SSLEngine on for a virtual host of port 80",
                    ProtocolRules::plainPort));

    private static final Set<String> OLD = Set.of("sslv2", "sslv3", "tlsv1", "tlsv1.1");
    private static final Set<String> WEAK = Set.of(
            "RC4", "RC2", "DES", "3DES", "MD5", "EXP", "EXPORT", "NULL", "eNULL", "aNULL", "ADH", "LOW", "IDEA",
            "SEED");

    /** For TLSv1.2, in the order of the profile; those of TLSv1.3 are all good. */
    private static final String INTERMEDIATE = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
            + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
            + "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305";

    private ProtocolRules() {}

    private static void prefork(LintSubject subject, Report report) {
        if (!subject.isLoaded("mpm_prefork_module")) {
            return;
        }
        for (Standing line : subject.lines("Protocols")) {
            for (int i = 0; i < line.words().size(); i++) {
                if (isHttp2(line.word(i))) {
                    report.at(
                            line.wordSpan(i),
                            "httpd does not speak HTTP/2 with the prefork MPM (AH10034): '" + line.word(i)
                                    + "' has an effect here, and none there");
                    break;
                }
            }
        }
    }

    private static boolean isHttp2(String protocol) {
        return protocol.equalsIgnoreCase("h2") || protocol.equalsIgnoreCase("h2c");
    }

    private static void withoutTls(LintSubject subject, Report report) {
        for (Standing line : subject.lines("Protocols")) {
            Line host = line.hostLine();
            List<String> names = line.words().stream()
                    .map(word -> word.text().toLowerCase(Locale.ROOT))
                    .toList();
            int at = names.indexOf("h2");
            if (host != null && at >= 0 && !names.contains("h2c") && !hasTls(subject, host)) {
                report.at(
                        line.wordSpan(at),
                        "h2 is spoken over TLS alone, and this host has no SSLEngine on: without TLS the name is h2c");
            }
        }
    }

    /** What the main server says counts for a host that says nothing itself. */
    private static boolean hasTls(LintSubject subject, Line host) {
        @Nullable Boolean own = null;
        boolean main = false;
        for (Standing line : subject.lines("SSLEngine")) {
            boolean on = !line.word(0).equalsIgnoreCase("off");
            if (Objects.equals(line.hostLine(), host)) {
                own = on;
            } else if (line.hostLine() == null) {
                main = on;
            }
        }
        return own == null ? main : own;
    }

    private static void push(LintSubject subject, Report report) {
        for (Standing line : subject.lines("H2Push", "H2PushResource", "H2PushPriority", "H2PushDiarySize")) {
            if (!line.word(0).equalsIgnoreCase("off")) {
                report.at(
                        line.span(),
                        "no current browser takes pushed responses: a Link header with rel=preload, or H2EarlyHints, does"
                                + " what it was for");
            }
        }
    }

    private static void oldProtocols(LintSubject subject, Report report) {
        for (Standing line : subject.lines("SSLProtocol", "SSLProxyProtocol")) {
            Set<String> on = new TreeSet<>();
            for (Word word : line.words()) {
                apply(word.text(), on);
            }
            on.retainAll(OLD);
            if (!on.isEmpty()) {
                report.at(
                        line.span(),
                        line.line().name() + " lets in "
                                + String.join(", ", on).replace("tls", "TLS").replace("ssl", "SSL")
                                + ": " + (line.is("SSLProtocol") ? "clients" : "backends")
                                + " of the last ten years speak TLSv1.2 and TLSv1.3, which Mozilla's"
                                + " intermediate profile has",
                        line.ifVerbatim(Fix.replace(
                                        "let in what the profile has",
                                        line.span(),
                                        line.line().name() + " -all +TLSv1.2 +TLSv1.3")
                                .unsure()));
            }
        }
    }

    /** A name alone replaces what stands before it, as httpd reads these lines. */
    private static void apply(String word, Set<String> on) {
        char sign = word.isEmpty() ? ' ' : word.charAt(0);
        String name = (sign == '+' || sign == '-' ? word.substring(1) : word).toLowerCase(Locale.ROOT);
        Set<String> named = name.equals("all") ? Set.of("tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3") : Set.of(name);
        if (sign == '-') {
            on.removeAll(named);
            return;
        }
        if (sign != '+') {
            on.clear();
        }
        on.addAll(named);
    }

    private static void weakCiphers(LintSubject subject, Report report) {
        for (Standing line : subject.lines("SSLCipherSuite", "SSLProxyCipherSuite")) {
            int at = line.words().size() - 1;
            for (String part : line.word(at).split("[:, ]", -1)) {
                if (WEAK.contains(part)) {
                    report.at(
                            line.wordSpan(at),
                            "'" + part + "' lets in ciphers that are broken: '!" + part + "' leaves them out",
                            line.ifVerbatim(Fix.replace(
                                            "name the ciphers of Mozilla's intermediate profile (5.7)",
                                            line.wordSpan(at),
                                            INTERMEDIATE)
                                    .unsure()));
                    break;
                }
            }
        }
    }

    private static void plainPort(LintSubject subject, Report report) {
        for (Standing line : subject.lines("SSLEngine")) {
            Standing host = line.host();
            if (host == null || !line.word(0).equalsIgnoreCase("on")) {
                continue;
            }
            boolean plain = host.words().stream().anyMatch(word -> word.text().endsWith(":80"));
            if (plain) {
                report.at(
                        line.span(),
                        "this host is on port 80, where clients speak without TLS: they get an error",
                        "the addresses of the host",
                        host.span(),
                        null);
            }
        }
    }
}
