package dev.sluice.modules.ssl;

import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.module.LintRule;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Rule;
import dev.sluice.source.Severity;
import java.util.function.Consumer;

/**
 * Reads every certificate and key as the start will. {@code httpd -t} only looks whether the files are there and not empty,
 * hence a warning.
 */
final class CertificateLint implements LintRule {
    private static final Rule RULE =
            new Rule("ssl-certificate", Severity.WARNING, "A certificate or key that keeps the server from starting");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(Configuration configuration, Consumer<Diagnostic> findings) {
        for (Server server : configuration.servers().toList()) {
            if (server.settings().get(SslServer.ENGINE)) {
                try {
                    new Credentials(ServerTls.id(server), server.settings()).read();
                } catch (TlsFault e) {
                    findings.accept(new Diagnostic(RULE, server.settings().origin(SslServer.ENGINE), e.whole()));
                }
            }
        }
    }
}
