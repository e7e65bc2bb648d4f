package dev.sluice.wire.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TLS connection that has shaken hands; names that begin with TLS_ are suites, others protocols. */
public final class TestClient implements AutoCloseable {
    public final SSLSocket socket;

    public TestClient(
            SSLContext context, int port, @Nullable String serverName, List<String> alpn, String... protocolsAndSuites)
            throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(10_000);
        socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(serverName == null ? List.of() : List.of(new SNIHostName(serverName)));
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        String[] suites =
                Stream.of(protocolsAndSuites).filter(n -> n.startsWith("TLS_")).toArray(String[]::new);
        String[] protocols =
                Stream.of(protocolsAndSuites).filter(n -> !n.startsWith("TLS_")).toArray(String[]::new);
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        if (suites.length > 0) {
            parameters.setCipherSuites(suites);
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
    }

    public static TestClient of(int port, @Nullable String serverName, String... alpn)
            throws IOException, GeneralSecurityException {
        return new TestClient(Certificates.trustingAll(), port, serverName, List.of(alpn));
    }

    public String certificateName() throws IOException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    /** The body of the answer to one request. */
    String get() throws IOException {
        return get("x", "/");
    }

    public String get(String host, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
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
