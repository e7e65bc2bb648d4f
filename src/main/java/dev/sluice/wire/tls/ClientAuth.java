package dev.sluice.wire.tls;

/** Whether a client is asked for a certificate in the handshake: SSLVerifyClient. */
public enum ClientAuth {
    NONE,
    /** Asked for; one that is sent must please the context's trust manager. */
    OPTIONAL,
    REQUIRE
}
