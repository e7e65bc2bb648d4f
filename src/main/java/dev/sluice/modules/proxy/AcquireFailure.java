package dev.sluice.modules.proxy;

/**
 * Why a worker's pool has no connection.
 *
 * @param kind what happened
 * @param reason as it goes into the log, with its errno before it
 */
record AcquireFailure(Kind kind, String reason) {
    enum Kind {
        /** The name of the backend has no address. */
        UNRESOLVED,
        /** No address could be connected to. */
        CONNECT,
        /** The TLS handshake failed. */
        HANDSHAKE,
        /** It is spoken to over TLS, and SSLProxyEngine is off. */
        NO_TLS,
        /** No connection became free in the time of {@code acquire}. */
        EXHAUSTED,
        /** The pool is closed: its configuration is no longer served. */
        CLOSED
    }
}
