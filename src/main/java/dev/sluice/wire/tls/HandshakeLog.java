package dev.sluice.wire.tls;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Who hears of handshakes that came to nothing. Called on the I/O thread. */
public interface HandshakeLog {
    /** Hears nothing. */
    HandshakeLog SILENT = new HandshakeLog() {
        @Override
        public void failed(@Nullable TlsHost host, @Nullable SocketAddress peer, Throwable why) {}

        @Override
        public void timedOut(@Nullable TlsHost host, @Nullable SocketAddress peer) {}

        @Override
        public void spokePlainHttp(@Nullable SocketAddress peer) {}
    };

    /** {@code host} is null where the handshake ended before one was chosen. */
    void failed(@Nullable TlsHost host, @Nullable SocketAddress peer, Throwable why);

    void timedOut(@Nullable TlsHost host, @Nullable SocketAddress peer);

    /** httpd's AH01996. */
    void spokePlainHttp(@Nullable SocketAddress peer);
}
