package dev.sluice.wire.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Writes given bytes and closes, whatever the client says. What it still sends is read and dropped for up to two seconds
 * (httpd's MAX_SECS_TO_LINGER is longer): closing on unread bytes would reset the connection and take the answer along.
 */
final class PlainAnswer implements ChannelListener<StreamConnection> {
    private static final long LINGER_SECONDS = 2;

    private final Supplier<byte[]> answer;

    /** @param answer a whole response; asked for on the I/O thread */
    PlainAnswer(Supplier<byte[]> answer) {
        this.answer = answer;
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        ByteBuffer bytes = ByteBuffer.wrap(answer.get());
        connection.getIoThread().executeAfter(() -> IoUtils.safeClose(connection), LINGER_SECONDS, TimeUnit.SECONDS);
        connection.getSourceChannel().setReadListener(source -> drop(connection, source));
        connection.getSourceChannel().wakeupReads();
        connection.getSinkChannel().setWriteListener(sink -> write(connection, sink, bytes));
        write(connection, connection.getSinkChannel(), bytes);
    }

    private static void write(StreamConnection connection, ConduitStreamSinkChannel sink, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                if (sink.write(bytes) == 0) {
                    sink.resumeWrites();
                    return;
                }
            }
            sink.shutdownWrites();
            if (sink.flush()) {
                sink.suspendWrites();
            } else {
                sink.resumeWrites();
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }

    private static void drop(StreamConnection connection, ConduitStreamSourceChannel source) {
        ByteBuffer dropped = ByteBuffer.allocate(512);
        try {
            int count = source.read(dropped);
            while (count > 0) {
                dropped.clear();
                count = source.read(dropped);
            }
            if (count < 0) {
                source.suspendReads();
                if (!connection.getSinkChannel().isOpen()) {
                    IoUtils.safeClose(connection);
                }
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }
}
