package dev.sluice.modules.ssl;

import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
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
    private final ErrorLog log;

    /** @param log of the server whose backends they are: a handshake that fails does not tell its reason itself */
    BackendTrust(
            @Nullable X509ExtendedTrustManager chains,
            boolean checksChain,
            boolean checksExpiry,
            Names names,
            ErrorLog log) {
        this.chains = chains;
        this.checksChain = checksChain;
        this.checksExpiry = checksExpiry;
        this.names = names;
        this.log = log;
    }

    @Override
    void check(X509Certificate[] chain, String authType, @Nullable String host, int port) throws CertificateException {
        if (checksChain) {
            try {
                checkChain(chain, authType);
            } catch (CertificateException e) {
                log(
                        Level.ERROR,
                        host,
                        port,
                        "AH02039: Certificate Verification: "
                                + ChainFault.of(List.of(chain), e).text());
                throw e;
            }
        }
        try {
            checkItself(chain, host);
        } catch (CertificateException e) {
            log(Level.INFO, host, port, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** By the name of the backend: which of its addresses it was is not known here. */
    private void log(Level level, @Nullable String host, int port, String message) {
        if (log.keeps(level, "ssl")) {
            log.log(level, "ssl", "[remote " + host + ":" + port + "] " + message);
        }
    }

    private void checkChain(X509Certificate[] chain, String authType) throws CertificateException {
        if (chains == null) {
            throw new CertificateException("no authority is known (SSLProxyCACertificateFile)");
        }
        chains.checkServerTrusted(chain, authType);
    }

    private void checkItself(X509Certificate[] chain, @Nullable String host) throws CertificateException {
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
