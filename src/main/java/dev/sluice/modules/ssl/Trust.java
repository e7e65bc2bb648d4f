package dev.sluice.modules.ssl;

import dev.sluice.model.Settings;
import dev.sluice.modules.ssl.SslServer.Revocation;
import dev.sluice.modules.ssl.SslServer.RevocationCheck;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the judge of a peer's chain from the SSLCA* directives, or the SSLProxyCA* ones. */
final class Trust {
    private Trust() {}

    /** Null where no authority is known: then no chain is good. */
    static @Nullable X509ExtendedTrustManager of(SslServer.Authorities from, Settings settings) throws TlsFault {
        Set<TrustAnchor> anchors = certificates(settings.get(from.files())).stream()
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            if (settings.get(from.files()).isEmpty()) {
                return null;
            }
            throw new TlsFault(
                    "AH01895: Unable to configure verify locations for client authentication",
                    "no certificate or crl found in " + settings.get(from.files()));
        }
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
            // Depth counts the steps from the leaf to the root, PKIX the authorities between them.
            parameters.setMaxPathLength(Math.max(0, settings.get(from.depth()) - 1));
            parameters.setRevocationEnabled(false);
            Revocation revocation = settings.get(from.revocation());
            if (revocation.check() != RevocationCheck.NONE) {
                revoke(parameters, revocation, settings.get(from.revocationFiles()));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
            throw new IllegalStateException("PKIX without a trust manager for X.509");
        } catch (GeneralSecurityException e) {
            throw new TlsFault(
                    "AH01895: Unable to configure verify locations for client authentication",
                    String.valueOf(e.getMessage()));
        }
    }

    /** The certificates of all files that have any; what else is in a directory of them does not count. */
    static List<X509Certificate> certificates(List<Path> files) {
        return files.stream().flatMap(file -> certificates(file).stream()).toList();
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return Pem.read(file).certificates();
        } catch (PemFault e) {
            return List.of();
        }
    }

    private static void revoke(PKIXBuilderParameters parameters, Revocation revocation, List<Path> files)
            throws GeneralSecurityException, TlsFault {
        List<CRL> lists = new ArrayList<>();
        for (Path file : files) {
            try {
                lists.addAll(Pem.read(file).revocations());
            } catch (PemFault e) {
                throw new TlsFault(
                        "AH01900: Unable to configure X.509 CRL storage for certificate revocation",
                        file + ": " + e.message());
            }
        }
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        Set<PKIXRevocationChecker.Option> options =
                EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK);
        if (revocation.check() == RevocationCheck.LEAF) {
            options.add(PKIXRevocationChecker.Option.ONLY_END_ENTITY);
        }
        if (revocation.lenient()) {
            options.add(PKIXRevocationChecker.Option.SOFT_FAIL);
        }
        checker.setOptions(options);
        parameters.addCertPathChecker(checker);
    }
}
