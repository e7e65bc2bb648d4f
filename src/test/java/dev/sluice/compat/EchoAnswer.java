package dev.sluice.compat;

import static dev.sluice.compat.EchoBackend.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** One answer of the HTTP/1.1 backend, sound or broken as the request's query asks for. */
final class EchoAnswer {
    private final String method;
    private final List<String> requestHeaders;
    private final Socket connection;
    private final OutputStream out;
    private final Instructions told;
    private final byte[] body;

    EchoAnswer(String method, String target, List<String> requestHeaders, Socket connection) throws IOException {
        this.method = method;
        this.requestHeaders = requestHeaders;
        this.connection = connection;
        this.out = connection.getOutputStream();
        this.told = new Instructions(target);
        this.body = told.body(method, target);
    }

    /** Whatever happens before the request's body is read; true where that is the answer already. */
    boolean beforeBody() throws IOException {
        if (told.has("early")) {
            write(InputStream.nullInputStream());
            return true;
        }
        if (!Wire.header(requestHeaders, "Expect").isEmpty() && !told.has("no-continue")) {
            out.write(bytes("HTTP/1.1 100 Continue\r\n\r\n"));
        }
        return false;
    }

    /** Writes the answer; true where the connection may carry another request. */
    boolean write(InputStream in) throws IOException {
        pause(told.number("delay", 0));
        if (told.has("break") && breaks(told.text("break", ""))) {
            return false;
        }
        for (String interim : told.all("interim")) {
            out.write(bytes("HTTP/1.1 " + interim + " Interim\r\nX-Interim: " + interim + "\r\n\r\n"));
        }
        if (told.has("upgrade") && !Wire.header(requestHeaders, "Upgrade").isEmpty()) {
            return tunnel(in);
        }
        out.write(head());
        if (!"HEAD".equals(method) && mayHaveBody()) {
            writeBody();
        }
        return !"close".equals(framing()) && !told.has("close");
    }

    private boolean mayHaveBody() {
        int status = told.number("status", 200);
        return status != 204 && status != 304;
    }

    private String framing() {
        return told.text("framing", "length");
    }

    private byte[] head() {
        String version = told.has("http10") ? "HTTP/1.0 " : "HTTP/1.1 ";
        StringBuilder head = new StringBuilder(version)
                .append(told.number("status", 200))
                .append(told.has("no-reason") ? "" : " " + told.text("reason", "Told"))
                .append("\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nServer: backend\r\n");
        if (!told.has("no-type")) {
            head.append("Content-Type: ")
                    .append(told.text("type", "text/plain"))
                    .append("\r\n");
        }
        told.all("header").forEach(header -> head.append(header).append("\r\n"));
        if ("chunked".equals(framing())) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if ("length".equals(framing()) && told.number("status", 200) != 204) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        if (told.has("close")) {
            head.append("Connection: close\r\n");
        }
        return bytes(head.append("\r\n").toString());
    }

    private void writeBody() throws IOException {
        boolean chunked = "chunked".equals(framing());
        int half = body.length / 2;
        out.write(chunked && half > 0 ? Wire.chunk(body, 0, half) : Arrays.copyOf(body, half));
        if (told.has("delay-body")) {
            out.flush();
            pause(told.number("delay-body", 0));
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        if (chunked) {
            rest.writeBytes(half < body.length ? Wire.chunk(body, half, body.length) : new byte[0]);
            rest.writeBytes(bytes("0\r\n"));
            told.all("trailer").forEach(trailer -> rest.writeBytes(bytes(trailer + "\r\n")));
            rest.writeBytes(bytes("\r\n"));
        } else {
            rest.write(body, half, body.length - half);
        }
        out.write(rest.toByteArray());
    }

    private void half(String framing) throws IOException {
        out.write(bytes("HTTP/1.1 200 Told\r\n" + framing + "half body\n"));
        out.flush();
        pause(told.number("delay-body", 0));
    }

    /** True where the connection is to be closed now; false for an answer that goes on. */
    private boolean breaks(String how) throws IOException {
        switch (how) {
            case "close" -> {}
            case "reset" -> connection.setSoLinger(true, 0);
            case "garbage" -> out.write(bytes("this is not HTTP\r\nat all\r\n\r\n"));
            case "half-head" -> out.write(bytes("HTTP/1.1 200 Told\r\nContent-Type: te"));
            case "bad-status" -> out.write(bytes("HTTP/1.1 999999 Told\r\nContent-Length: 0\r\n\r\n"));
            case "bad-header" -> out.write(bytes("HTTP/1.1 200 Told\r\nno colon here\r\nContent-Length: 2\r\n\r\nok"));
            case "half-body" -> half("Content-Length: 20\r\n\r\n");
            case "half-chunk" -> half("Transfer-Encoding: chunked\r\n\r\n14\r\n");
            case "bad-chunk" ->
                out.write(bytes("HTTP/1.1 200 Told\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf body\n"));
            default -> throw new IllegalArgumentException("break: " + how);
        }
        return true;
    }

    /** After the 101: every line comes back, until the peer closes or says bye. */
    private boolean tunnel(InputStream in) throws IOException {
        String protocol = Wire.header(requestHeaders, "Upgrade");
        out.write(
                bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: " + protocol + "\r\nConnection: Upgrade\r\n\r\n"));
        for (String line = Wire.line(in); line != null && !"bye".equals(line); line = Wire.line(in)) {
            out.write(bytes("echo " + line + "\n"));
        }
        out.write(bytes("goodbye\n"));
        return false;
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
