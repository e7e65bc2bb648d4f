/**
 * Codecs at Undertow's seams, in server and client role. Knows the JDK, XNIO and Undertow, and no module.
 * Read {@link dev.sluice.wire.http1.Http1ClientConnection} first.
 */
@NullMarked
package dev.sluice.wire;

import org.jspecify.annotations.NullMarked;
