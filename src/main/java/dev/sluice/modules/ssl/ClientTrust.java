package dev.sluice.modules.ssl;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Judges the certificates of clients: in the handshake, or later where only some sections ask for one. */
final class ClientTrust extends PeerTrust {
    private final @Nullable X509ExtendedTrustManager chains;
    private final boolean inHandshake;
    private final List<X509Certificate> requested;

    /**
     * @param chains null where no authority is known
     * @param inHandshake false lets every certificate through: {@link #isGood} then decides for each request
     * @param requested whose names clients are told; empty for all authorities (SSLCADNRequestFile)
     */
    ClientTrust(@Nullable X509ExtendedTrustManager chains, boolean inHandshake, List<X509Certificate> requested) {
        this.chains = chains;
        this.inHandshake = inHandshake;
        this.requested = requested;
    }

    @Override
    void check(X509Certificate[] chain, String authType, @Nullable String host, int port) throws CertificateException {
        if (inHandshake) {
            judge(chain, authType);
        }
    }

    boolean isGood(X509Certificate[] chain) {
        try {
            judge(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private void judge(X509Certificate[] chain, String authType) throws CertificateException {
        if (chains == null) {
            throw new CertificateException("no authority is known (SSLCACertificateFile)");
        }
        chains.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        if (!requested.isEmpty()) {
            return requested.toArray(X509Certificate[]::new);
        }
        return chains == null ? new X509Certificate[0] : chains.getAcceptedIssuers();
    }
}
