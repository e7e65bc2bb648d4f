package dev.sluice.server;

import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.wire.tls.HandshakeLog;
import dev.sluice.wire.tls.TlsHost;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Tells the error log of handshakes that came to nothing, at the levels and with the numbers of mod_ssl. */
record TlsLog(ErrorLog log) implements HandshakeLog {
    @Override
    public void failed(@Nullable TlsHost host, @Nullable SocketAddress peer, Throwable why) {
        String server = host == null ? "" : " (server " + host.name() + ")";
        log.log(Level.INFO, "ssl", "AH02008: SSL library error 1 in handshake" + server + ": " + why.getMessage());
    }

    @Override
    public void timedOut(@Nullable TlsHost host, @Nullable SocketAddress peer) {
        log.log(Level.INFO, "ssl", "AH01382: Request handshake timeout from " + peer);
    }

    @Override
    public void spokePlainHttp(@Nullable SocketAddress peer) {
        log.log(
                Level.INFO,
                "ssl",
                "AH01996: SSL handshake failed: HTTP spoken on HTTPS port; trying to send HTML error page");
    }
}
