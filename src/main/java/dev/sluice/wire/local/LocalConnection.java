package dev.sluice.wire.local;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/** A connected socket of the file system. Belongs to one I/O thread. */
final class LocalConnection extends StreamConnection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final LocalSource source;
    private final LocalSink sink;
    private int awaited;

    LocalConnection(XnioIoThread thread, SocketChannel channel) throws IOException {
        super(thread);
        this.channel = channel;
        this.key = LocalSockets.register(channel, this);
        this.source = new LocalSource(this, channel);
        this.sink = new LocalSink(this, channel);
        setSourceConduit(source);
        setSinkConduit(sink);
    }

    /** Asks to be told once of {@code operation}. */
    void await(int operation) {
        if ((awaited & operation) != 0) {
            return;
        }
        awaited |= operation;
        try {
            key.interestOpsOr(operation);
            LocalSockets.wake();
        } catch (CancelledKeyException e) {
            // It was closed meanwhile, and whoever uses it is told so.
            awaited = 0;
        }
    }

    void ready(int operations) {
        awaited &= ~operations;
        if ((operations & SelectionKey.OP_READ) != 0) {
            source.ready();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            sink.ready();
        }
    }

    boolean endReads() {
        return readClosed();
    }

    boolean endWrites() {
        return writeClosed();
    }

    @Override
    protected void notifyReadClosed() {
        source.terminated();
    }

    @Override
    protected void notifyWriteClosed() {
        sink.terminated();
    }

    @Override
    protected void closeAction() throws IOException {
        key.cancel();
        channel.close();
        // The kernel lets the other side know only once the selector has let go of the key.
        LocalSockets.wake();
    }

    @Override
    public @Nullable SocketAddress getPeerAddress() {
        return address(true);
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
        return address(false);
    }

    private @Nullable SocketAddress address(boolean peer) {
        try {
            return peer ? channel.getRemoteAddress() : channel.getLocalAddress();
        } catch (IOException closed) {
            return null;
        }
    }
}
