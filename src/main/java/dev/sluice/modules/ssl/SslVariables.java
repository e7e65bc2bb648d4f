package dev.sluice.modules.ssl;

import dev.sluice.request.TlsVariables;
import dev.sluice.wire.tls.TlsHost;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The variables SSL_* of a session, by the names and in the forms of ssl_var_lookup (ssl_engine_vars.c). */
final class SslVariables {
    /** What SSLOptions StdEnvVars sets, but for those that are empty. */
    static final List<String> STANDARD = List.of(
            "SSL_PROTOCOL",
            "SSL_CIPHER",
            "SSL_CIPHER_EXPORT",
            "SSL_CIPHER_USEKEYSIZE",
            "SSL_CIPHER_ALGKEYSIZE",
            "SSL_SESSION_ID",
            "SSL_CLIENT_VERIFY",
            "SSL_CLIENT_S_DN",
            "SSL_CLIENT_S_DN_CN",
            "SSL_CLIENT_I_DN",
            "SSL_CLIENT_I_DN_CN",
            "SSL_CLIENT_M_SERIAL",
            "SSL_SERVER_S_DN",
            "SSL_SERVER_S_DN_CN",
            "SSL_SERVER_I_DN",
            "SSL_SERVER_I_DN_CN",
            "SSL_SERVER_M_SERIAL");

    private static final String CLIENT = "SSL_CLIENT_";
    private static final String SERVER = "SSL_SERVER_";

    private static final Map<String, CipherSuite> BY_JSSE_NAME =
            CipherSuite.ALL.stream().collect(Collectors.toUnmodifiableMap(CipherSuite::jsseName, Function.identity()));

    private SslVariables() {}

    /** What can be said of a connection without TLS. */
    static final TlsVariables IN_THE_CLEAR = name -> switch (name) {
        case "HTTPS" -> "off";
        case "REQUEST_SCHEME" -> "http";
        default -> null;
    };

    /** {@link #of}, and what says that there is TLS at all. */
    static @Nullable String lookUp(SSLSession session, String name) {
        return switch (name) {
            case "HTTPS" -> "on";
            case "REQUEST_SCHEME" -> "https";
            default -> of(session, name);
        };
    }

    /** Null where there is no such variable, or nothing to say. */
    static @Nullable String of(SSLSession session, String name) {
        return switch (name) {
            case "SSL_PROTOCOL" -> session.getProtocol();
            case "SSL_CIPHER" -> cipher(session.getCipherSuite());
            case "SSL_CIPHER_EXPORT" -> "false";
            case "SSL_CIPHER_USEKEYSIZE", "SSL_CIPHER_ALGKEYSIZE" ->
                session.getCipherSuite().contains("128") ? "128" : "256";
            case "SSL_SESSION_ID" -> hex(session.getId());
            case "SSL_TLS_SNI" -> TlsHost.serverName(session);
            case "SSL_CLIENT_VERIFY" -> client(session) == null ? "NONE" : "SUCCESS";
            default -> ofCertificate(session, name);
        };
    }

    /** The client's certificate; null where it sent none. */
    static X509Certificate @Nullable [] clientChain(SSLSession session) {
        try {
            Certificate[] sent = session.getPeerCertificates();
            X509Certificate[] chain = new X509Certificate[sent.length];
            for (int i = 0; i < sent.length; i++) {
                chain[i] = (X509Certificate) sent[i];
            }
            return chain;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static @Nullable X509Certificate client(SSLSession session) {
        X509Certificate[] chain = clientChain(session);
        return chain == null || chain.length == 0 ? null : chain[0];
    }

    private static @Nullable String ofCertificate(SSLSession session, String name) {
        X509Certificate certificate = null;
        if (name.startsWith(CLIENT)) {
            certificate = client(session);
        } else if (name.startsWith(SERVER)) {
            Certificate[] own = session.getLocalCertificates();
            certificate = own == null || own.length == 0 ? null : (X509Certificate) own[0];
        }
        return certificate == null ? null : part(certificate, name.substring(CLIENT.length()));
    }

    private static @Nullable String part(X509Certificate certificate, String part) {
        String subject = certificate.getSubjectX500Principal().getName();
        String issuer = certificate.getIssuerX500Principal().getName();
        if (part.startsWith("S_DN_")) {
            return CertificateNames.part(subject, part.substring(5));
        }
        if (part.startsWith("I_DN_")) {
            return CertificateNames.part(issuer, part.substring(5));
        }
        return switch (part) {
            case "S_DN" -> subject;
            case "I_DN" -> issuer;
            case "M_SERIAL" -> hex(certificate.getSerialNumber().toByteArray());
            default -> null;
        };
    }

    private static String cipher(String jsseName) {
        CipherSuite suite = BY_JSSE_NAME.get(jsseName);
        return suite == null ? jsseName : suite.name();
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
    }
}
