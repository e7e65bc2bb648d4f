package dev.sluice.wire;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.SSLSessionInfo;
import java.security.cert.Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.xnio.SslClientAuthMode;

/** The TLS session beneath an exchange. There is no renegotiation: HTTP/2 forbids it (RFC 9113 section 9.2.1), TLS 1.3 has none. */
public final class TlsSession implements SSLSessionInfo {
    private final SSLSession session;

    public TlsSession(SSLSession session) {
        this.session = session;
    }

    @Override
    public byte[] getSessionId() {
        return session.getId();
    }

    @Override
    public String getCipherSuite() {
        return session.getCipherSuite();
    }

    @Override
    public String getSecureProtocol() {
        return session.getProtocol();
    }

    @Override
    public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
        return session.getPeerCertificates();
    }

    @Override
    @SuppressWarnings({"removal", "deprecation"})
    public javax.security.cert.X509Certificate[] getPeerCertificateChain() throws SSLPeerUnverifiedException {
        return session.getPeerCertificateChain();
    }

    @Override
    public void renegotiate(HttpServerExchange exchange, SslClientAuthMode mode) {
        throw new UnsupportedOperationException("renegotiation: the handshake asks for all there is to ask");
    }

    @Override
    public SSLSession getSSLSession() {
        return session;
    }
}
