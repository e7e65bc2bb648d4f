package dev.sluice.modules.aaa.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates a directory may show: LDAPTrustedGlobalCert, LDAPTrustedClientCert and LDAPVerifyServerCert. */
final class DirectoryTrust {
    private DirectoryTrust() {}

    /** @param certificates those of certificate authorities count; where there are none Java's own do */
    static SSLSocketFactory sockets(List<LdapCertificate> certificates, boolean verify) throws LdapFailure {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, verify ? authorities(certificates) : new TrustManager[] {new Anybody()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new LdapFailure(LdapFailure.OPERATIONS_ERROR, "LDAP: certificates cannot be read: " + e);
        }
    }

    private static TrustManager @Nullable [] authorities(List<LdapCertificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        CertificateFactory reader = CertificateFactory.getInstance("X.509");
        for (LdapCertificate certificate : certificates) {
            if (certificate.type().equals("CA_BASE64") || certificate.type().equals("CA_DER")) {
                try (InputStream in = Files.newInputStream(certificate.file())) {
                    for (Certificate each : reader.generateCertificates(in)) {
                        store.setCertificateEntry("ca" + store.size(), each);
                    }
                }
            }
        }
        if (store.size() == 0) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** LDAPVerifyServerCert Off. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
