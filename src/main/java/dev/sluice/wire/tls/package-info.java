/**
 * TLS in front of the codecs: which virtual host a ClientHello asks for, the handshake with that host's terms, and the
 * connection handed to the codec that ALPN chose. Knows no module. Read {@link dev.sluice.wire.tls.TlsFront} first.
 */
@NullMarked
package dev.sluice.wire.tls;

import org.jspecify.annotations.NullMarked;
