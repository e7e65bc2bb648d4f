/** mod_http2: what its directives make of HTTP/2 connections. The engine itself is {@code wire.http2}. */
@NullMarked
package dev.sluice.modules.http2;

import org.jspecify.annotations.NullMarked;
