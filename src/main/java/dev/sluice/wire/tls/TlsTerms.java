package dev.sluice.wire.tls;

import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a host agrees to in a handshake.
 *
 * @param protocols as JSSE calls them ({@code TLSv1.3}); empty leaves the engine's own
 * @param cipherSuites JSSE's names in order of preference, or for {@link TlsEngine#OPENSSL} one OpenSSL cipher string
 *     and any TLS 1.3 suites; empty leaves the engine's own
 * @param honorCipherOrder the server's order of suites decides (SSLHonorCipherOrder)
 * @param applicationProtocols what ALPN may choose, most wanted first (Protocols)
 * @param honorProtocolsOrder the order above decides, else the client's (ProtocolsHonorOrder)
 */
public record TlsTerms(
        List<String> protocols,
        List<String> cipherSuites,
        boolean honorCipherOrder,
        ClientAuth clientAuth,
        List<String> applicationProtocols,
        boolean honorProtocolsOrder) {
    private static final String FALLBACK = "http/1.1";

    public TlsTerms {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** The engine's own protocols and suites, no client certificates, {@code http/1.1}. */
    public static TlsTerms plain() {
        return new TlsTerms(List.of(), List.of(), false, ClientAuth.NONE, List.of("http/1.1"), true);
    }

    /**
     * The protocol for a client that offers these: where none fits http/1.1, whether Protocols has it or not
     * (ssl_callback_alpn_select). Null where the client does not offer that either, and the handshake fails (RFC 7301, 3.2);
     * httpd answers http/1.1 even then, and clients fail for it.
     */
    @Nullable
    String choose(List<String> offered) {
        List<String> first = honorProtocolsOrder ? applicationProtocols : offered;
        List<String> second = honorProtocolsOrder ? offered : applicationProtocols;
        for (String protocol : first) {
            if (second.contains(protocol)) {
                return protocol;
            }
        }
        return offered.contains(FALLBACK) ? FALLBACK : null;
    }

    void applyTo(SSLEngine engine, TlsEngine kind) {
        if (kind == TlsEngine.JSSE) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setUseCipherSuitesOrder(honorCipherOrder);
            if (!protocols.isEmpty()) {
                parameters.setProtocols(protocols.toArray(String[]::new));
            }
            if (!cipherSuites.isEmpty()) {
                parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
            }
            engine.setSSLParameters(parameters);
        } else {
            // Its setSSLParameters switches TLS 1.3 off (WFSSL-46), and knows no order of suites.
            if (!protocols.isEmpty()) {
                engine.setEnabledProtocols(protocols.toArray(String[]::new));
            }
            if (!cipherSuites.isEmpty()) {
                engine.setEnabledCipherSuites(cipherSuites.toArray(String[]::new));
            }
        }
        switch (clientAuth) {
            case NONE -> {}
            case OPTIONAL -> engine.setWantClientAuth(true);
            case REQUIRE -> engine.setNeedClientAuth(true);
        }
        engine.setHandshakeApplicationProtocolSelector((self, offered) -> choose(offered));
    }
}
