package dev.sluice.compat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A socket in the file system that leads to a backend's port: bytes are carried both ways. */
final class UnixSocketDoor implements AutoCloseable {
    private final ServerSocketChannel listening;
    private final Path path;
    private final int port;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    UnixSocketDoor(Path path, int port) throws IOException {
        this.path = path;
        this.port = port;
        this.listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(path));
        // The server serves with another user's rights.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        startThread(this::accept);
    }

    private static void startThread(Runnable work) {
        Thread thread = new Thread(work, "door");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                SocketChannel outside = listening.accept();
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), port);
                inside.setTcpNoDelay(true);
                open.add(outside);
                open.add(inside);
                startThread(() -> carryIn(inside, outside));
                startThread(() -> carryOut(inside, outside));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Channels as streams would lock each other out. */
    private void carryIn(Socket inside, SocketChannel outside) {
        ByteBuffer buffer = ByteBuffer.allocate(16_384);
        try {
            while (outside.read(buffer) >= 0) {
                inside.getOutputStream().write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            inside.shutdownOutput();
        } catch (IOException ended) {
            close(inside, outside);
        }
    }

    private void carryOut(Socket inside, SocketChannel outside) {
        byte[] bytes = new byte[16_384];
        try {
            int count;
            while ((count = inside.getInputStream().read(bytes)) >= 0) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
                while (buffer.hasRemaining()) {
                    outside.write(buffer);
                }
            }
        } catch (IOException reset) {
            // A socket of this kind cannot be reset: it is closed.
            close(inside, outside);
            return;
        }
        close(inside, outside);
    }

    private void close(Socket inside, SocketChannel outside) {
        try {
            outside.close();
            inside.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        open.remove(outside);
        open.remove(inside);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        Files.deleteIfExists(path);
        for (Closeable each : open) {
            each.close();
        }
    }
}
