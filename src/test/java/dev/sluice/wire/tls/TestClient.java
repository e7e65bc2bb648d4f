package dev.sluice.wire.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TLS connection that has shaken hands. */
final class TestClient implements AutoCloseable {
    final SSLSocket socket;

    TestClient(SSLContext context, int port, @Nullable String serverName, List<String> alpn, String... protocols)
            throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(10_000);
        socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(serverName == null ? List.of() : List.of(new SNIHostName(serverName)));
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
    }

    static TestClient of(int port, @Nullable String serverName, String... alpn)
            throws IOException, GeneralSecurityException {
        return new TestClient(Certificates.trustingAll(), port, serverName, List.of(alpn));
    }

    String certificateName() throws IOException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    /** The body of the answer to one request. */
    String get() throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return bodyOf(socket.getInputStream());
    }

    static String bodyOf(InputStream in) throws IOException {
        String whole = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        return whole.substring(whole.indexOf("\r\n\r\n") + 4);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
