package dev.sluice.modules.ssl;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Judges the certificates of backends: SSLProxyVerify, SSLProxyCheckPeerExpire and SSLProxyCheckPeerName, each on its own. */
final class BackendTrust extends PeerTrust {
    /** Which names of a certificate may be the backend's. */
    enum Names {
        ANY,
        COMMON,
        ALL
    }

    private final @Nullable X509ExtendedTrustManager chains;
    private final boolean checksChain;
    private final boolean checksExpiry;
    private final Names names;

    BackendTrust(@Nullable X509ExtendedTrustManager chains, boolean checksChain, boolean checksExpiry, Names names) {
        this.chains = chains;
        this.checksChain = checksChain;
        this.checksExpiry = checksExpiry;
        this.names = names;
    }

    @Override
    void check(X509Certificate[] chain, String authType, @Nullable String host) throws CertificateException {
        if (checksChain) {
            if (chains == null) {
                throw new CertificateException("no authority is known (SSLProxyCACertificateFile)");
            }
            chains.checkServerTrusted(chain, authType);
        }
        if (checksExpiry) {
            try {
                chain[0].checkValidity();
            } catch (CertificateException e) {
                throw new CertificateException("AH02004: SSL Proxy: Peer certificate is expired", e);
            }
        }
        if (names == Names.ALL && (host == null || !CertificateNames.match(chain[0], host))) {
            throw new CertificateException("AH02411: SSL Proxy: Peer certificate does not match for hostname " + host);
        }
        if (names == Names.COMMON && (host == null || !CertificateNames.matchCommon(chain[0], host))) {
            throw new CertificateException("AH02005: SSL Proxy: Peer certificate CN mismatch: Certificate CN: "
                    + CertificateNames.common(chain[0]) + " Requested hostname: " + host);
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains == null ? new X509Certificate[0] : chains.getAcceptedIssuers();
    }
}
