package dev.sluice.modules.ssl;

import static dev.sluice.module.LintRule.text;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.modules.ssl.SslProtocols.Protocol;
import dev.sluice.source.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** TLS that HTTP/2 cannot be spoken over, or that hosts of one connection do not share. */
final class Http2Lint {
    static final List<LintRule> RULES = List.of(
            text(
                    "http2-tls-forbidden",
                    Severity.WARNING,
                    "h2 with protocols or cipher suites that HTTP/2 forbids",
                    Http2Lint::forbidden),
            text(
                    "http2-shared-certificate",
                    Severity.WARNING,
                    "Virtual hosts with one certificate and different TLS settings: clients get 421",
                    Http2Lint::shared));

    /** What has to be the same for a request to one host on a connection to another (SSLVHostSNIPolicy secure). */
    private static final List<String> AGREED = List.of(
            "SSLProtocol",
            "SSLCipherSuite",
            "SSLVerifyClient",
            "SSLVerifyDepth",
            "SSLCACertificateFile",
            "SSLCACertificatePath",
            "SSLCARevocationFile",
            "SSLCARevocationCheck",
            "SSLCertificateKeyFile");

    private Http2Lint() {}

    private static boolean speaksHttp2(LintSubject subject, @Nullable Line host) {
        Standing protocols = subject.inForce("Protocols", host);
        return protocols != null
                && protocols.words().stream().anyMatch(word -> word.text().equalsIgnoreCase("h2"));
    }

    private static boolean hasTls(LintSubject subject, @Nullable Line host) {
        Standing engine = subject.inForce("SSLEngine", host);
        return engine != null && engine.word(0).equalsIgnoreCase("on");
    }

    private static void forbidden(LintSubject subject, Report report) {
        for (Standing engine : subject.lines("SSLEngine")) {
            Line host = engine.hostLine();
            Standing modern = subject.inForce("H2ModernTLSOnly", host);
            boolean lenient = modern != null && modern.word(0).equalsIgnoreCase("off");
            if (!engine.word(0).equalsIgnoreCase("on") || !speaksHttp2(subject, host) || lenient) {
                continue;
            }
            Standing protocolLine = subject.inForce("SSLProtocol", host);
            Set<Protocol> protocols = protocols(protocolLine);
            boolean has12 = protocols.contains(Protocol.TLS_1_2);
            boolean has13 = protocols.contains(Protocol.TLS_1_3);
            if (protocolLine != null && !protocols.isEmpty() && !has12 && !has13) {
                report.at(
                        protocolLine.span(),
                        "HTTP/2 is for TLSv1.2 and later alone (RFC 9113, 9.2): this host never speaks h2");
            } else if (has12) {
                ciphers(subject, host, has13, report);
            }
        }
    }

    private static Set<Protocol> protocols(@Nullable Standing line) {
        if (line == null) {
            return new TreeSet<>(SslProtocols.ALL);
        }
        try {
            return new TreeSet<>(SslProtocols.read("SSLProtocol", line.line().args(), warning -> {}));
        } catch (BadArgument e) {
            return Set.of();
        }
    }

    private static void ciphers(LintSubject subject, @Nullable Line host, boolean has13, Report report) {
        Standing line = subject.inForce("SSLCipherSuite", host);
        int at = line == null ? 0 : line.words().size() - 1;
        if (line == null || (at > 0 && !line.word(0).equalsIgnoreCase("SSL"))) {
            return;
        }
        List<String> names = CipherString.jsseNames(line.word(at));
        if (names.isEmpty()) {
            return;
        }
        boolean none = names.stream().noneMatch(Http2Lint::isGood);
        Standing order = subject.inForce("SSLHonorCipherOrder", host);
        Standing ordering = order != null && order.word(0).equalsIgnoreCase("on") ? order : null;
        if (none) {
            report.at(
                    line.wordSpan(at),
                    "HTTP/2 forbids every cipher suite that this names for TLSv1.2 (RFC 9113, appendix A): "
                            + (has13
                                    ? "only clients of TLSv1.3 speak h2 with this host"
                                    : "this host never speaks h2"));
        } else if (ordering != null && !isGood(names.get(0))) {
            report.at(
                    line.wordSpan(at),
                    "HTTP/2 forbids '" + names.get(0)
                            + "' (RFC 9113, appendix A), and SSLHonorCipherOrder On takes it before those that it allows:"
                            + " over TLSv1.2 clients do not get h2",
                    "the order is the server's by this",
                    ordering.span(),
                    null);
        }
    }

    /** Ephemeral keys and authenticated encryption: all that RFC 9113's list leaves. */
    private static boolean isGood(String suite) {
        return suite.matches("TLS_(ECDHE|DHE)_.*(_GCM_|_CCM|CHACHA20_POLY1305).*");
    }

    /** @param values what the directives of {@link #AGREED} say, each as it is written */
    private record Host(Standing section, List<String> values, Map<String, Standing> lines) {}

    private static void shared(LintSubject subject, Report report) {
        Map<String, List<Host>> byCertificate = new HashMap<>();
        for (Standing section : subject.lines("VirtualHost")) {
            Line host = section.line();
            Standing certificate = subject.inForce("SSLCertificateFile", host);
            if (certificate != null && hasTls(subject, host) && speaksHttp2(subject, host)) {
                String key = address(section) + " " + certificate.word(0);
                byCertificate.computeIfAbsent(key, k -> new ArrayList<>()).add(host(subject, section));
            }
        }
        for (List<Host> hosts : byCertificate.values()) {
            for (Host each : hosts) {
                if (!each.values.equals(hosts.get(0).values)) {
                    tell(hosts.get(0), each, report);
                }
            }
        }
    }

    /** Browsers share connections between names of one address. */
    private static String address(Standing section) {
        return section.word(0).toLowerCase(Locale.ROOT).replace("_default_", "*");
    }

    private static Host host(LintSubject subject, Standing section) {
        List<String> values = new ArrayList<>();
        Map<String, Standing> lines = new HashMap<>();
        for (String name : AGREED) {
            Standing line = subject.inForce(name, section.line());
            values.add(value(name, line));
            if (line != null) {
                lines.put(name, line);
            }
        }
        return new Host(section, values, lines);
    }

    /** What is in force, however it is written. */
    private static String value(String name, @Nullable Standing line) {
        if (name.equals("SSLProtocol")) {
            return protocols(line).toString();
        }
        String text = line == null ? "" : line.line().args().strip().toLowerCase(Locale.ROOT);
        return name.equals("SSLVerifyClient") && text.equals("none") ? "" : text;
    }

    private static void tell(Host first, Host other, Report report) {
        for (int i = 0; i < AGREED.size(); i++) {
            if (!first.values.get(i).equals(other.values.get(i))) {
                String name = AGREED.get(i);
                Standing own = other.lines.get(name);
                Standing firsts = first.lines.get(name);
                report.at(
                        own == null || own.hostLine() != other.section.line() ? other.section.span() : own.span(),
                        name
                                + " differs from that of a host with the same certificate: a browser asks for both over one"
                                + " connection of HTTP/2, and is answered with 421",
                        "the other host",
                        firsts == null || firsts.hostLine() != first.section.line()
                                ? first.section.span()
                                : firsts.span(),
                        null);
                return;
            }
        }
    }
}
