/** Tests of HTTP/2 over real sockets. */
@NullMarked
package dev.sluice.wire.http2;

import org.jspecify.annotations.NullMarked;
