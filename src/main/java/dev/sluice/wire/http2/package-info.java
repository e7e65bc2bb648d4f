/**
 * HTTP/2 (RFC 9113) in both roles over an XNIO connection. A session lives on the I/O thread of its connection and takes no lock; a worker
 * thread hands its bytes over at the border of a stream. Knows the JDK, XNIO, Undertow's public exchange API and {@code dev.sluice.wire};
 * no module and no configuration. Read {@link dev.sluice.wire.http2.Http2Session} first.
 */
@NullMarked
package dev.sluice.wire.http2;

import org.jspecify.annotations.NullMarked;
