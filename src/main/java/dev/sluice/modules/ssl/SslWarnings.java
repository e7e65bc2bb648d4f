package dev.sluice.modules.ssl;

import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ServerName;
import dev.sluice.modules.ssl.SslServer.Verify;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** What mod_ssl warns of when it starts. */
final class SslWarnings {
    private SslWarnings() {}

    static void log(Server server, ErrorLog log) {
        Settings settings = server.settings();
        if (settings.get(SslServer.VERIFY) == Verify.REQUIRE
                && settings.get(SslServer.CLIENTS.files()).isEmpty()) {
            log.log(
                    Level.WARN,
                    "ssl",
                    "AH01897: Init: Oops, you want to request client authentication, but no CAs are known for "
                            + "verification!?  [Hint: SSLCACertificate*]");
        }
        List<Path> files = settings.get(SslServer.CERTIFICATES);
        for (int i = 0; i < files.size(); i++) {
            List<X509Certificate> chain = Trust.certificates(List.of(files.get(i)));
            if (!chain.isEmpty()) {
                log(server, chain.get(0), ServerTls.id(server) + ":" + i, log);
            }
        }
    }

    private static void log(Server server, X509Certificate certificate, String id, ErrorLog log) {
        if (certificate.getBasicConstraints() >= 0) {
            log.log(
                    Level.WARN,
                    "ssl",
                    "AH01906: " + id + " server certificate is a CA certificate (BasicConstraints: CA == TRUE !?)");
        }
        String host = server.settings()
                .get(CoreModule.SERVER_NAME)
                .map(ServerName::host)
                .orElse("");
        if (!CertificateNames.match(certificate, host)) {
            log.log(
                    Level.WARN,
                    "ssl",
                    "AH01909: " + id + " server certificate does NOT include an ID which matches the server name");
        }
    }
}
