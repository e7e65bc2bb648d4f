/** HTTP/1 servers on port 0, and clients that write raw bytes. */
@NullMarked
package dev.sluice.wire.http1;

import org.jspecify.annotations.NullMarked;
