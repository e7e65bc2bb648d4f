package dev.sluice.modules.ssl;

import static dev.sluice.module.LintRule.text;

import dev.sluice.directive.Line;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What certificates say of themselves: until when they hold, for which names, and who vouches for them. */
final class CertificateRules {
    static final List<LintRule> RULES = List.of(
            text(
                    "ssl-certificate-expiry",
                    Severity.WARNING,
                    "A certificate that has expired, soon will, or does not hold yet",
                    (subject, report) -> all(subject).forEach(found -> expiry(found, report))),
            text(
                    "ssl-certificate-names",
                    Severity.WARNING,
                    "A name of a virtual host that its certificate does not cover",
                    (subject, report) -> all(subject).forEach(found -> names(found, subject, report))),
            text(
                    "ssl-chain-incomplete",
                    Severity.WARNING,
                    "A certificate without the intermediate one that vouches for it",
                    (subject, report) -> all(subject).forEach(found -> chain(found, subject, report))));

    /** When a certificate of 90 days should long have been renewed. */
    private static final Duration SOON = Duration.ofDays(20);

    private static final String AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private CertificateRules() {}

    /** @param chain of its file, its own certificate first */
    private record Found(Standing line, List<X509Certificate> chain) {
        X509Certificate own() {
            return chain.get(0);
        }

        Span place() {
            return line.wordSpan(0);
        }
    }

    /** Those of the lines whose files are here and can be read. */
    private static List<Found> all(LintSubject subject) {
        List<Found> all = new ArrayList<>();
        if (subject.facts().isOffline()) {
            return all;
        }
        for (Standing line : subject.lines("SSLCertificateFile")) {
            Path file = path(subject, line);
            List<X509Certificate> chain = file == null ? List.of() : certificates(file);
            if (!chain.isEmpty() && file != null) {
                all.add(new Found(line, chain));
            }
        }
        return all;
    }

    private static @Nullable Path path(LintSubject subject, Standing line) {
        for (Path file : subject.configuration()
                .servers()
                .flatMap(server -> server.settings().get(SslServer.CERTIFICATES).stream())
                .toList()) {
            if (file.endsWith(line.word(0).replaceFirst("^/+", "")) && Files.isReadable(file)) {
                return file;
            }
        }
        return null;
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return Pem.read(file).certificates();
        } catch (PemFault e) {
            return List.of();
        }
    }

    private static void expiry(Found found, Report report) {
        Instant now = Instant.now();
        for (X509Certificate each : found.chain) {
            Instant from = each.getNotBefore().toInstant();
            Instant until = each.getNotAfter().toInstant();
            String whose =
                    each.equals(found.own()) ? "the certificate" : "the certificate of '" + common(each) + "' in it";
            if (now.isBefore(from)) {
                report.at(found.place(), whose + " does not hold before " + DAY.format(from));
            } else if (now.isAfter(until)) {
                report.at(found.place(), whose + " has expired on " + DAY.format(until) + ": clients refuse it");
            } else if (now.plus(SOON).isAfter(until)) {
                long days = Duration.between(now, until).toDays();
                report.at(
                        found.place(),
                        whose + " expires on " + DAY.format(until) + ", in " + days + (days == 1 ? " day" : " days"));
            }
        }
    }

    private static String common(X509Certificate certificate) {
        return Objects.requireNonNullElse(
                CertificateNames.common(certificate),
                certificate.getSubjectX500Principal().getName());
    }

    /** Names are looked for in every certificate of the host: there may be one for RSA and one for EC. */
    private static void names(Found found, LintSubject subject, Report report) {
        Line host = found.line.hostLine();
        boolean first = subject.lines("SSLCertificateFile").stream()
                .filter(line -> line.hostLine() == host)
                .findFirst()
                .map(line -> line.line() == found.line.line())
                .orElse(false);
        if (!first || host == null) {
            return;
        }
        for (Standing line : subject.lines("ServerName", "ServerAlias")) {
            for (Word word : line.hostLine() == host ? line.words() : List.<Word>of()) {
                String name = word.text().replaceFirst("^[a-zA-Z]+://", "").replaceFirst(":\\d+$", "");
                boolean wild = name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
                if (!wild && name.indexOf('.') > 0 && !CertificateNames.match(found.own(), name)) {
                    report.at(
                            word.span(),
                            "the certificate is not for '" + name + "': a browser that asks for it shows a warning",
                            "it is for " + covered(found.own()),
                            found.place(),
                            null);
                }
            }
        }
    }

    private static String covered(X509Certificate certificate) {
        List<String> names = CertificateNames.all(certificate);
        int most = 5;
        return String.join(", ", names.subList(0, Math.min(most, names.size())))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    /**
     * Where a certificate names a place to fetch its issuer's from, that issuer is an intermediate one, or at least not a
     * root that every client has.
     */
    private static void chain(Found found, LintSubject subject, Report report) {
        X509Certificate last = found.chain.get(found.chain.size() - 1);
        for (int i = 1; i < found.chain.size(); i++) {
            X509Certificate one = found.chain.get(i - 1);
            if (!one.getIssuerX500Principal().equals(found.chain.get(i).getSubjectX500Principal())) {
                report.at(
                        found.place(),
                        "the certificates in it are in the wrong order: behind '" + common(one)
                                + "' comes not its issuer, but '" + common(found.chain.get(i)) + "'");
                return;
            }
        }
        boolean self = last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
        boolean named = last.getExtensionValue(AUTHORITY_ACCESS) != null;
        boolean alone =
                found.chain.size() == 1 && subject.inForce("SSLCertificateChainFile", found.line.hostLine()) == null;
        if (alone && !self && named) {
            String issuer = Objects.requireNonNullElse(
                    CertificateNames.part(last.getIssuerX500Principal().getName(), "CN"), "its issuer");
            report.at(
                    found.place(),
                    "the certificate of '" + issuer
                            + "', which vouches for this one, is not sent along: clients that do"
                            + " not know it refuse the connection");
        }
    }
}
