package dev.sluice.modules.ssl;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a chain is not trusted, by the number and in the words of OpenSSL (X509_verify_cert_error_string). */
enum ChainFault {
    NO_REVOCATION_LIST(3, "unable to get certificate CRL"),
    BAD_SIGNATURE(7, "certificate signature failure"),
    NOT_YET_VALID(9, "certificate is not yet valid"),
    EXPIRED(10, "certificate has expired"),
    SELF_SIGNED(18, "self-signed certificate"),
    SELF_SIGNED_IN_CHAIN(19, "self-signed certificate in certificate chain"),
    NO_ISSUER(20, "unable to get local issuer certificate"),
    TOO_LONG(22, "certificate chain too long"),
    REVOKED(23, "certificate revoked");

    private final int number;
    private final String words;

    ChainFault(int number, String words) {
        this.number = number;
        this.words = words;
    }

    static ChainFault of(List<X509Certificate> chain, CertificateException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            ChainFault known = of(cause);
            if (known != null) {
                return known;
            }
        }
        X509Certificate last = chain.get(chain.size() - 1);
        if (!last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
            return NO_ISSUER;
        }
        return chain.size() == 1 ? SELF_SIGNED : SELF_SIGNED_IN_CHAIN;
    }

    private static @Nullable ChainFault of(Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return EXPIRED;
        }
        if (cause instanceof CertificateNotYetValidException) {
            return NOT_YET_VALID;
        }
        if (!(cause instanceof CertPathValidatorException path)) {
            return null;
        }
        if (path.getReason() instanceof BasicReason reason) {
            return switch (reason) {
                case EXPIRED -> EXPIRED;
                case NOT_YET_VALID -> NOT_YET_VALID;
                case REVOKED -> REVOKED;
                case UNDETERMINED_REVOCATION_STATUS -> NO_REVOCATION_LIST;
                case INVALID_SIGNATURE -> BAD_SIGNATURE;
                default -> null;
            };
        }
        return path.getReason() == java.security.cert.PKIXReason.PATH_TOO_LONG ? TOO_LONG : null;
    }

    /** {@code Error (18): self-signed certificate}. */
    String text() {
        return "Error (" + number + "): " + words;
    }
}
