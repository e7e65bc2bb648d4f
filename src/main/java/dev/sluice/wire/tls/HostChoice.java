package dev.sluice.wire.tls;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The virtual host for a ClientHello: by SNI among those of the address, the first of them where none matches, as httpd does. */
@FunctionalInterface
public interface HostChoice {
    /**
     * Called on the I/O thread.
     *
     * @param local the address that the client reached
     * @return null refuses the client with the alert unrecognized_name
     */
    @Nullable
    TlsHost choose(ClientHello hello, SocketAddress local);
}
