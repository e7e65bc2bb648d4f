package dev.sluice.modules.proxy;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates of a backend are good: SSLProxyVerify, SSLProxyCheckPeerExpire and SSLProxyCheckPeerName, each on its
 * own, which JSSE's endpoint identification cannot do.
 */
final class BackendTrust extends X509ExtendedTrustManager {
    private final @Nullable X509ExtendedTrustManager chain;
    private final boolean checksExpiry;
    private final boolean checksName;

    /** @param chain judges the chain under SSLProxyVerify require; null for none */
    BackendTrust(@Nullable X509ExtendedTrustManager chain, boolean checksExpiry, boolean checksName) {
        this.chain = chain;
        this.checksExpiry = checksExpiry;
        this.checksName = checksName;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        if (chain != null) {
            chain.checkServerTrusted(certificates, authType);
        }
        if (checksExpiry) {
            certificates[0].checkValidity();
        }
        if (checksName) {
            checkName(certificates[0], engine.getPeerHost());
        }
    }

    private static void checkName(X509Certificate certificate, @Nullable String host) throws CertificateException {
        if (host == null) {
            return;
        }
        String wanted = host.toLowerCase(Locale.ROOT);
        Collection<List<?>> names = alternativeNames(certificate);
        if (names != null) {
            for (List<?> name : names) {
                int kind = (Integer) name.get(0);
                if ((kind == 2 || kind == 7) && matches(String.valueOf(name.get(1)), wanted)) {
                    return;
                }
            }
        }
        String common = commonName(certificate);
        if (common != null && matches(common, wanted)) {
            return;
        }
        throw new CertificateException("AH02411: SSL Proxy: Peer certificate does not match for hostname " + host);
    }

    private static @Nullable Collection<List<?>> alternativeNames(X509Certificate certificate)
            throws CertificateParsingException {
        return certificate.getSubjectAlternativeNames();
    }

    private static @Nullable String commonName(X509Certificate certificate) {
        try {
            LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn part : subject.getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            return null;
        }
        return null;
    }

    /** A wildcard stands for one whole leftmost label. */
    private static boolean matches(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(pattern.substring(1));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a socket without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType) throws CertificateException {
        throw new CertificateException("a chain without an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType) throws CertificateException {
        throw new CertificateException("for backends only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain == null ? new X509Certificate[0] : chain.getAcceptedIssuers();
    }
}
