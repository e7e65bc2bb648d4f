/**
 * mod_ssl: certificates, keys, protocols and suites from the configuration to the terms of a handshake. The handshake
 * itself is {@link dev.sluice.wire.tls}'s. Read {@link dev.sluice.modules.ssl.SslModule} first.
 */
@NullMarked
package dev.sluice.modules.ssl;

import org.jspecify.annotations.NullMarked;
