/**
 * HTTP/1.1 (RFC 9112) as a client speaks it: strict in what it writes, tolerant in what it reads, with limits on both.
 * Read {@link dev.sluice.wire.http1.Http1ClientConnection} first.
 */
@NullMarked
package dev.sluice.wire.http1;

import org.jspecify.annotations.NullMarked;
