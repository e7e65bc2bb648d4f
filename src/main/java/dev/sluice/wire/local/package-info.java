/**
 * Stream sockets of the file system as XNIO connections of an I/O thread. XNIO's own provider has none; why they are made
 * this way stands in src/docs/decisions/unix-sockets.md. {@link LocalSockets} is where to begin.
 */
@NullMarked
package dev.sluice.wire.local;

import org.jspecify.annotations.NullMarked;
