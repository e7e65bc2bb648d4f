package dev.sluice.compat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS towards the server under test: trusts any certificate, and tells which one it was shown. */
final class TlsClient {
    private TlsClient() {}

    /** Connects, tells what was agreed on; {@code sni} may be empty, or {@code name protocol[,protocol]} for ALPN. */
    static Socket connect(int port, String sni, List<String> lines) throws IOException {
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        String[] words = sni.split(" ", 3);
        parameters.setServerNames(words[0].isEmpty() ? List.of() : List.of(new SNIHostName(words[0])));
        if (words.length > 1) {
            parameters.setApplicationProtocols(words[1].split(","));
        }
        socket.setSSLParameters(parameters);
        if (words.length > 2) {
            socket.setEnabledProtocols(new String[] {words[2]});
        }
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            lines.add("[handshake failed]");
            throw e;
        }
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        lines.add("[" + socket.getSession().getProtocol() + ", "
                + shown.getSubjectX500Principal().getName() + " "
                + shown.getPublicKey().getAlgorithm()
                + ", ALPN '" + socket.getApplicationProtocol() + "']");
        return socket;
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The extended kind, so that the JDK does not check the name of the host either. */
    private static final class TrustsAll extends X509ExtendedTrustManager {
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
