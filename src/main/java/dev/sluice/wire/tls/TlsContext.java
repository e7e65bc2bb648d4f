package dev.sluice.wire.tls;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.wildfly.openssl.OpenSSLProvider;

/**
 * The context of one host, and the engine that it is of.
 *
 * @param fallback why it is JSSE's although OpenSSL was asked for, as a sentence for the error log; else null
 */
public record TlsContext(SSLContext context, TlsEngine engine, @Nullable String fallback) {
    /**
     * A context of the engine that is wanted, or of JSSE where that engine cannot serve.
     *
     * @param keyAlgorithm of the host's private key as the JDK calls it: RSA, EC, EdDSA
     * @param trust who judges the certificates of clients; null where none is asked for
     * @throws GeneralSecurityException where not even JSSE takes the keys
     */
    public static TlsContext of(
            TlsEngine wanted, String keyAlgorithm, KeyManager[] keys, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        if (wanted == TlsEngine.JSSE) {
            return jsse(keys, trust, null);
        }
        if (!keyAlgorithm.equals("RSA")) {
            return jsse(keys, trust, "OpenSSL serves RSA keys alone here, and this key is " + keyAlgorithm + ".");
        }
        try {
            OpenSslLibraries.find();
            SSLContext context = SSLContext.getInstance("openssl.TLS", OpenSSLProvider.INSTANCE);
            context.init(keys, trust, null);
            return new TlsContext(context, TlsEngine.OPENSSL, null);
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
            return jsse(keys, trust, "OpenSSL does not load: " + reason(e) + ".");
        }
    }

    private static TlsContext jsse(KeyManager[] keys, TrustManager @Nullable [] trust, @Nullable String fallback)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return new TlsContext(context, TlsEngine.JSSE, fallback);
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
