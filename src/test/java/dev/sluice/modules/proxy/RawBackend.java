package dev.sluice.modules.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend of bare sockets: a script reads and writes bytes on each connection. */
final class RawBackend implements AutoCloseable {
    /** What one connection does; the socket is closed when it returns. */
    interface Script {
        void run(Peer peer) throws Exception;
    }

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    RawBackend(Script script) throws IOException {
        server = new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1"));
        start("backend", () -> {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                start("backend-connection", () -> {
                    try (socket) {
                        script.run(new Peer(socket));
                    }
                });
            }
        });
    }

    private interface Task {
        void run() throws Exception;
    }

    private static void start(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (Exception e) {
                        // A peer that went away ends its script; tests look at what was sent.
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers every request of every connection with {@code response}. */
    static RawBackend answering(String response) throws IOException {
        return new RawBackend(peer -> {
            while (peer.readHead() != null) {
                peer.write(response);
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections accepted so far. */
    int connections() {
        return connections.get();
    }

    /** The heads of all requests, in order of their coming. */
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One connection, seen from the backend. */
    final class Peer {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        Socket socket() {
            return socket;
        }

        /** The next request's head with its empty line; null at the end of the stream. */
        String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int matched = 0;
            while (matched < 4) {
                int octet = in.read();
                if (octet < 0) {
                    return null;
                }
                head.write(octet);
                matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            heads.add(text);
            return text;
        }

        String read(int length) throws IOException {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }

        String readAll() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        /** Reads a chunked body to its end and hands it back as it stands on the wire. */
        String readChunked() throws IOException {
            StringBuilder wire = new StringBuilder();
            while (!wire.toString().endsWith("0\r\n\r\n")) {
                int octet = in.read();
                if (octet < 0) {
                    break;
                }
                wire.append((char) octet);
            }
            return wire.toString();
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void write(byte[] octets) throws IOException {
            out.write(octets);
            out.flush();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
