package dev.sluice.wire.http2;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.xnio.Option;
import org.xnio.StreamConnection;

/** A stream behind an extended CONNECT (RFC 8441), as the connection that an HTTP/1.1 upgrade would have left. */
final class StreamTunnel extends StreamConnection {
    private final ServerSession session;
    private final ServerStream stream;

    StreamTunnel(ServerSession session, ServerStream stream, StreamSource source) {
        super(session.ioThread);
        this.session = session;
        this.stream = stream;
        setSourceConduit(source);
        setSinkConduit(stream.sink);
    }

    @Override
    protected void notifyWriteClosed() {}

    @Override
    protected void notifyReadClosed() {}

    /** A tunnel that ends before both sides have is cut off, as a TCP connection is reset. */
    @Override
    protected void closeAction() throws IOException {
        session.execute(() -> session.reset(stream, Http2Error.CANCEL, new IOException("the tunnel was closed")));
        super.closeAction();
    }

    @Override
    public SocketAddress getPeerAddress() {
        return session.connection.getPeerAddress();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return session.connection.getLocalAddress();
    }

    @Override
    public boolean supportsOption(Option<?> option) {
        return false;
    }

    @Override
    public <T> @Nullable T getOption(Option<T> option) {
        return null;
    }

    @Override
    public <T> @Nullable T setOption(Option<T> option, T value) {
        return null;
    }
}
