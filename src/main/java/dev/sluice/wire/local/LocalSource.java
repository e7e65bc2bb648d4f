package dev.sluice.wire.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/** What comes from a socket of the file system. */
final class LocalSource implements StreamSourceConduit {
    private final LocalConnection connection;
    private final SocketChannel channel;
    private @Nullable ReadReadyHandler handler;
    private boolean resumed;
    private boolean shutDown;

    LocalSource(LocalConnection connection, SocketChannel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    void ready() {
        if (resumed && handler != null) {
            handler.readReady();
        }
        if (resumed) {
            connection.await(SelectionKey.OP_READ);
        }
    }

    void terminated() {
        shutDown = true;
        resumed = false;
        if (handler != null) {
            handler.terminated();
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        return shutDown ? -1 : channel.read(dst);
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        return shutDown ? -1 : channel.read(dsts, offset, length);
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target) throws IOException {
        return Conduits.transfer(this, count, throughBuffer, target);
    }

    @Override
    public void terminateReads() {
        if (connection.endReads()) {
            terminated();
        }
    }

    @Override
    public boolean isReadShutdown() {
        return shutDown;
    }

    @Override
    public void resumeReads() {
        if (!resumed && !shutDown) {
            resumed = true;
            connection.await(SelectionKey.OP_READ);
        }
    }

    @Override
    public void suspendReads() {
        resumed = false;
    }

    @Override
    public void wakeupReads() {
        resumed = true;
        connection.getIoThread().execute(this::ready);
    }

    @Override
    public boolean isReadResumed() {
        return resumed;
    }

    /** Nobody waits on an I/O thread. */
    @Override
    public void awaitReadable() throws IOException {
        throw new IOException("socket of the file system: waited for (expected: a read listener)");
    }

    @Override
    public void awaitReadable(long time, TimeUnit unit) throws IOException {
        awaitReadable();
    }

    @Override
    public XnioIoThread getReadThread() {
        return connection.getIoThread();
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler changed) {
        handler = changed;
    }

    @Override
    public XnioWorker getWorker() {
        return connection.getWorker();
    }
}
