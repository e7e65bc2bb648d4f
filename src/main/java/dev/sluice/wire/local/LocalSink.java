package dev.sluice.wire.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/** What goes to a socket of the file system. */
final class LocalSink implements StreamSinkConduit {
    private final LocalConnection connection;
    private final SocketChannel channel;
    private @Nullable WriteReadyHandler handler;
    private boolean resumed;
    private boolean shutDown;

    LocalSink(LocalConnection connection, SocketChannel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    void ready() {
        if (resumed && handler != null) {
            handler.writeReady();
        }
        if (resumed) {
            connection.await(SelectionKey.OP_WRITE);
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
    public int write(ByteBuffer src) throws IOException {
        check();
        return channel.write(src);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        check();
        return channel.write(srcs, offset, length);
    }

    private void check() throws ClosedChannelException {
        if (shutDown) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        return Conduits.writeFinalBasic(this, src);
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, srcs, offset, length);
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) throws IOException {
        return src.transferTo(position, count, new ConduitWritableByteChannel(this));
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return Conduits.transfer(source, count, throughBuffer, this);
    }

    @Override
    public void terminateWrites() throws IOException {
        if (!shutDown && channel.isOpen()) {
            try {
                channel.shutdownOutput();
            } finally {
                end();
            }
        } else {
            end();
        }
    }

    private void end() {
        if (connection.endWrites()) {
            terminated();
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        terminateWrites();
    }

    @Override
    public boolean isWriteShutdown() {
        return shutDown;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void resumeWrites() {
        if (!resumed && !shutDown) {
            resumed = true;
            connection.await(SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void suspendWrites() {
        resumed = false;
    }

    @Override
    public void wakeupWrites() {
        resumed = true;
        connection.getIoThread().execute(this::ready);
    }

    @Override
    public boolean isWriteResumed() {
        return resumed;
    }

    /** Nobody waits on an I/O thread. */
    @Override
    public void awaitWritable() throws IOException {
        throw new IOException("socket of the file system: waited for (expected: a write listener)");
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        awaitWritable();
    }

    @Override
    public XnioIoThread getWriteThread() {
        return connection.getIoThread();
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler changed) {
        handler = changed;
    }

    @Override
    public XnioWorker getWorker() {
        return connection.getWorker();
    }
}
