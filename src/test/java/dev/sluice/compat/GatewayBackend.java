package dev.sluice.compat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A server of scripts on raw sockets: writes down the variables of each request, and answers as its query says. What it
 * speaks, FastCGI, SCGI or uwsgi, is its subclass's.
 */
abstract class GatewayBackend implements AutoCloseable {
    /** Those that differ between two servers of one machine, and mean nothing. */
    private static final Set<String> NOT_COMPARED = Set.of("PATH", "LD_LIBRARY_PATH", "REDIRECT_PATH");

    private final String name;
    private final ServerSocket listening;
    private final Sightings sightings;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    GatewayBackend(String name, ServerSocket listening, Sightings sightings) {
        this.name = name;
        this.listening = listening;
        this.sightings = sightings;
        startThread(this::accept);
    }

    /** What one request is: its variables, and its body, one byte a char; null where the connection ended before one came. */
    record Asked(Map<String, String> variables, String body, boolean keepsConnection) {
        Asked(Map<String, String> variables, byte[] body, boolean keepsConnection) {
            this(variables, new String(body, StandardCharsets.ISO_8859_1), keepsConnection);
        }

        String variable(String key) {
            return variables.getOrDefault(key, "");
        }
    }

    abstract @Nullable Asked read(DataInputStream in, Socket connection) throws IOException;

    /** What goes before the parts of an answer, where its head is none of them. */
    void begin(OutputStream out, Instructions told) throws IOException {}

    /** The head of an answer, in the words of the protocol. */
    byte[] head(Asked asked, Instructions told) {
        StringBuilder head = new StringBuilder();
        if (told.has("status")) {
            head.append("Status: ").append(told.text("status", "")).append("\r\n");
        }
        return fields(head, told);
    }

    static byte[] fields(StringBuilder head, Instructions told) {
        if (!told.has("no-type")) {
            head.append("Content-Type: ")
                    .append(told.text("type", "text/plain"))
                    .append("\r\n");
        }
        told.all("header").forEach(header -> head.append(header).append("\r\n"));
        return EchoBackend.bytes(head.append("\r\n").toString());
    }

    /** Sends a part of the answer. */
    abstract void send(OutputStream out, byte[] part) throws IOException;

    /** Tells the server's log. */
    void complain(OutputStream out, String message) throws IOException {
        throw new IOException("stderr: '" + message + "' (expected: a protocol that has one)");
    }

    /** The answer is whole; true where another request may follow. */
    abstract boolean finish(OutputStream out, Asked asked) throws IOException;

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

    private void serve(Socket connection, String connectionName) {
        try (connection) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
            boolean goOn = true;
            while (goOn) {
                Asked asked = read(in, connection);
                goOn = asked != null && answer(asked, connection, connectionName);
            }
        } catch (IOException ended) {
            connections.remove(connection);
        }
    }

    private boolean answer(Asked asked, Socket connection, String connectionName) throws IOException {
        List<String> lines = variables(asked);
        if (!asked.body().isEmpty()) {
            lines.add("body: " + Bodies.told(asked.body().getBytes(StandardCharsets.ISO_8859_1)));
        }
        sightings.add(name, connectionName, lines);
        Instructions told = new Instructions("?" + asked.variable("QUERY_STRING"));
        OutputStream out = connection.getOutputStream();
        pause(told.number("delay", 0));
        for (String message : told.all("stderr")) {
            complain(out, message);
        }
        if (told.has("break")) {
            breaks(told, asked, connection, out);
            return false;
        }
        begin(out, told);
        byte[] body = told.has("env")
                ? EchoBackend.bytes(String.join("\n", lines) + "\n")
                : told.body(asked.variable("REQUEST_METHOD"), asked.variable("REQUEST_URI"));
        writeAnswer(out, head(asked, told), body, told);
        return finish(out, asked);
    }

    private List<String> variables(Asked asked) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(asked.variables()).forEach((key, value) -> {
            if (!NOT_COMPARED.contains(key)) {
                lines.add(key + "=" + (key.endsWith("REMOTE_PORT") ? "<port>" : value));
            }
        });
        return lines;
    }

    private void writeAnswer(OutputStream out, byte[] head, byte[] body, Instructions told) throws IOException {
        if (told.has("delay-head")) {
            send(out, head);
            out.flush();
            pause(told.number("delay-head", 0));
        }
        if (!told.has("delay-body")) {
            send(out, told.has("delay-head") ? body : joined(head, body, body.length));
            return;
        }
        int half = body.length / 2;
        send(out, joined(head, body, half));
        out.flush();
        pause(told.number("delay-body", 0));
        byte[] rest = new byte[body.length - half];
        System.arraycopy(body, half, rest, 0, rest.length);
        send(out, rest);
    }

    private static byte[] joined(byte[] head, byte[] body, int length) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.write(body, 0, length);
        return all.toByteArray();
    }

    private void breaks(Instructions told, Asked asked, Socket connection, OutputStream out) throws IOException {
        switch (told.text("break", "")) {
            case "close" -> {}
            case "reset" -> connection.setSoLinger(true, 0);
            case "garbage" -> out.write(EchoBackend.bytes("this is nothing that\r\nanybody would say\r\n\r\n"));
            case "half-head" -> {
                byte[] head = head(asked, told);
                byte[] half = new byte[head.length / 2];
                System.arraycopy(head, 0, half, 0, half.length);
                send(out, half);
                pause(50);
            }
            case "bad-head" -> {
                send(out, EchoBackend.bytes("Content-Type: text/plain\r\nno colon here\r\n\r\nbody\n"));
                finish(out, asked);
            }
            case "bad-name" -> {
                send(out, EchoBackend.bytes("Content-Type: text/plain\r\nX y: 1\r\n\r\nbody\n"));
                finish(out, asked);
            }
            case "no-output" -> finish(out, asked);
            case "half-body" -> {
                begin(out, told);
                send(out, joined(head(asked, told), EchoBackend.bytes("half body\n"), 10));
                out.flush();
                pause(told.number("delay-body", 50));
            }
            default -> throw new IllegalArgumentException("break: " + told.text("break", ""));
        }
    }

    static byte[] all(InputStream in, int length) throws IOException {
        return Wire.exactly(in, length);
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
