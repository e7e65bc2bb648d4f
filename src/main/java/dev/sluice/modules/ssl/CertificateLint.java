package dev.sluice.modules.ssl;

import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.module.LintRule;
import dev.sluice.module.Report;
import dev.sluice.source.Severity;
import java.util.List;

/**
 * Reads every certificate and key as the start will. {@code httpd -t} only looks whether the files are there and not empty,
 * hence a warning.
 */
final class CertificateLint {
    static final LintRule RULE = LintRule.meaning(
            "ssl-certificate",
            Severity.WARNING,
            "A certificate or key that keeps the server from starting",
            (subject, report) -> {
                if (!subject.facts().isOffline()) {
                    check(subject.configuration(), report);
                }
            });

    private CertificateLint() {}

    static void check(Configuration configuration, Report report) {
        for (Server server : configuration.servers().toList()) {
            if (server.settings().get(SslServer.ENGINE) && !isManaged(configuration, server)) {
                try {
                    new Credentials(ServerTls.id(server), server.settings(), List.of()).read();
                } catch (TlsFault e) {
                    report.at(server.settings().origin(SslServer.ENGINE), e.whole());
                }
            }
        }
    }

    /** Its certificates may be mod_md's. */
    private static boolean isManaged(Configuration configuration, Server server) {
        return server.settings().get(SslServer.CERTIFICATES).isEmpty()
                && configuration.modules().contains("md_module");
    }
}
