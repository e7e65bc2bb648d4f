package dev.sluice.migrate;

import dev.sluice.directive.Line;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** The certificates that a site shows. */
final class Certificates {
    private Certificates() {}

    /** When the first of them to expire does; empty where none can be read. {@code root} is the ServerRoot. */
    static Optional<Instant> until(Site site, Path root) {
        return site.hosts().stream()
                .filter(Host::isTls)
                .flatMap(host -> host.lines("SSLCertificateFile").stream())
                .flatMap(line -> until(line, root).stream())
                .min(Instant::compareTo);
    }

    private static Optional<Instant> until(Line line, Path root) {
        if (line.words().isEmpty()) {
            return Optional.empty();
        }
        Path file = root.resolve(SourceFile.utf8(line.words().get(0).text()));
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return Optional.of(first.getNotAfter().toInstant());
        } catch (IOException | CertificateException e) {
            return Optional.empty();
        }
    }
}
