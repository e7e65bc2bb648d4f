package dev.sluice.wire.tls;

/** Who does the cryptography of a host. */
public enum TlsEngine {
    /** The JDK's own: every key, and the default. */
    JSSE,
    /** OpenSSL through wildfly-openssl: RSA keys only. Full handshakes cost about half of JSSE's, bulk data the same. */
    OPENSSL
}
