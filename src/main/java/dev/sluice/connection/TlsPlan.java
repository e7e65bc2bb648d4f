package dev.sluice.connection;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The TLS of a virtual host.
 *
 * @param protocols as JSSE names them, {@code TLSv1.3}
 * @param ciphers as JSSE names them, in order of preference
 * @param context the server's own, shared with no other
 * @param honorCipherOrder true where the server's order decides
 * @param preferOpenSsl true where {@code context} is OpenSSL's; {@code ciphers} then are OpenSSL's strings
 */
public record TlsPlan(
        SSLContext context,
        List<String> protocols,
        List<String> ciphers,
        boolean honorCipherOrder,
        ClientCertificate clientCertificate,
        boolean preferOpenSsl) {
    /** Whether the client is asked for a certificate in the handshake. */
    public enum ClientCertificate {
        NONE,
        WANTED,
        NEEDED
    }
}
