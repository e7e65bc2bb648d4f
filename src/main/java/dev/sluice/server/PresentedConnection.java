package dev.sluice.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.Option;
import org.xnio.StreamConnection;

/** A connection of a trial that says it came in at another address than it did. */
final class PresentedConnection extends StreamConnection {
    private final StreamConnection real;
    private final InetSocketAddress local;

    PresentedConnection(StreamConnection real, InetSocketAddress local) {
        super(real.getIoThread());
        this.real = real;
        this.local = local;
        setSourceConduit(real.getSourceChannel().getConduit());
        setSinkConduit(real.getSinkChannel().getConduit());
        real.setCloseListener(closed -> ChannelListeners.invokeChannelListener(this, getCloseListener()));
    }

    @Override
    public SocketAddress getPeerAddress() {
        return real.getPeerAddress();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return local;
    }

    @Override
    protected void closeAction() throws IOException {
        real.close();
    }

    @Override
    public boolean isOpen() {
        return real.isOpen();
    }

    @Override
    public boolean isReadShutdown() {
        return real.isReadShutdown();
    }

    @Override
    public boolean isWriteShutdown() {
        return real.isWriteShutdown();
    }

    @Override
    public boolean supportsOption(Option<?> option) {
        return real.supportsOption(option);
    }

    @Override
    public <T> @Nullable T getOption(Option<T> option) throws IOException {
        return real.getOption(option);
    }

    @Override
    public <T> @Nullable T setOption(Option<T> option, @Nullable T value) throws IOException {
        return real.setOption(option, value);
    }
}
