package dev.sluice.wire.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * Opens sockets of the file system. One thread of the process waits for all of them, and tells the I/O thread that a
 * connection belongs to when it may go on: reading and writing happen there alone.
 */
public final class LocalSockets {
    private LocalSockets() {}

    /**
     * Connects at once or not at all: the kernel makes no connection wait. Does not block.
     *
     * @param path of the socket, at most about 108 bytes
     * @throws IOException with the system's words; {@code Resource temporarily unavailable} where the queue of the one who
     *     listens is full
     */
    public static StreamConnection connect(XnioIoThread thread, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(path))) {
                throw new IOException("Resource temporarily unavailable");
            }
            return new LocalConnection(thread, channel);
        } catch (IllegalArgumentException e) {
            channel.close();
            throw new IOException("Invalid argument", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Has {@code connection} told once of what {@code channel} is ready for. */
    static SelectionKey register(SocketChannel channel, LocalConnection connection) throws ClosedChannelException {
        return channel.register(Waiting.SELECTOR, 0, connection);
    }

    static void wake() {
        Waiting.SELECTOR.wakeup();
    }

    /** Made with the first connection. */
    private static final class Waiting {
        static final Selector SELECTOR = start();

        private static Selector start() {
            try {
                Selector selector = Selector.open();
                Thread thread = new Thread(() -> run(selector), "local-sockets");
                thread.setDaemon(true);
                thread.start();
                return selector;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void run(Selector selector) {
            while (true) {
                try {
                    selector.select(Waiting::tell);
                } catch (IOException | ClosedSelectorException e) {
                    throw new IllegalStateException("local sockets: nobody waits for them any more", e);
                }
            }
        }

        private static void tell(SelectionKey key) {
            LocalConnection connection = (LocalConnection) key.attachment();
            if (!key.isValid()) {
                return;
            }
            int ready = key.readyOps();
            key.interestOpsAnd(~ready);
            try {
                connection.getIoThread().execute(() -> connection.ready(ready));
            } catch (RejectedExecutionException e) {
                // The server has stopped; the process ends soon.
                key.cancel();
            }
        }
    }
}
