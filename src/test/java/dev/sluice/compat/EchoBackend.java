package dev.sluice.compat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** HTTP/1.1 on raw sockets: writes down each head as it stands on the wire, and answers as the query says. */
final class EchoBackend implements AutoCloseable {
    private final String name;
    private final ServerSocket listening;
    private final Sightings sightings;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    EchoBackend(String name, ServerSocket listening, Sightings sightings) {
        this.name = name;
        this.listening = listening;
        this.sightings = sightings;
        startThread(this::accept);
    }

    private void startThread(Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        for (int number = 1; !listening.isClosed(); number++) {
            try {
                Socket connection = listening.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                String connectionName = " connection " + number;
                startThread(() -> serve(connection, connectionName));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Ends where the peer, or an instruction, ends the connection: either is a normal course of a test. */
    private void serve(Socket connection, String connectionName) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean goOn = true;
            while (goOn) {
                String line = Wire.line(in);
                goOn = line != null && answer(connection, in, connectionName, line);
            }
        } catch (IOException ended) {
            connections.remove(connection);
        }
    }

    private boolean answer(Socket connection, InputStream in, String connectionName, String line) throws IOException {
        List<String> headers = Wire.headers(in);
        List<String> head = Wire.byName(headers);
        head.add(0, line);
        int sighting = sightings.add(name, connectionName, head);
        String[] words = line.split(" ", 3);
        EchoAnswer answer = new EchoAnswer(words[0], words[1], headers, connection);
        boolean answered = answer.beforeBody();
        byte[] body = body(in, headers, sighting);
        if (body.length > 0) {
            sightings.addLine(sighting, "body: " + Bodies.told(body));
        }
        return !answered && answer.write(in);
    }

    private byte[] body(InputStream in, List<String> headers, int sighting) throws IOException {
        try {
            if (Wire.chunked(headers)) {
                List<String> trailers = new ArrayList<>();
                byte[] body = Wire.chunks(in, trailers);
                trailers.forEach(trailer -> sightings.addLine(sighting, "trailer: " + trailer));
                return body;
            }
            String length = Wire.header(headers, "Content-Length");
            return length.isEmpty() ? new byte[0] : Wire.exactly(in, Long.parseLong(length));
        } catch (Wire.CutShort e) {
            sightings.addLine(sighting, "body cut short");
            throw e;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
