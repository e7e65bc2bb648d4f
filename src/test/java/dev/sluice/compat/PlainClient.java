package dev.sluice.compat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on a socket, in clear or over TLS: sends exactly what the step says, keeps exactly what comes back. */
final class PlainClient implements AutoCloseable {
    /** Longer than any answer of a case takes, timeouts of the server included. */
    private static final int ANSWER_MILLIS = 8_000;

    private static final int CONTINUE_MILLIS = 500;
    /** How long a connection is watched for being closed after an answer that did not announce it. */
    private static final int LINGER_MILLIS = 15;

    private final Site site;
    private @Nullable Socket connection;
    private InputStream in = InputStream.nullInputStream();

    PlainClient(Site site) {
        this.site = site;
    }

    Result perform(Step step) {
        List<String> lines = new ArrayList<>();
        try {
            Socket socket = connect(step, lines);
            String outcome = step.has("raw") ? exchangeRaw(socket, step, lines) : exchange(socket, step, lines);
            return new Result(outcome, lines);
        } catch (IOException e) {
            lines.add(e instanceof SocketTimeoutException ? "no answer" : "connection broken");
            return new Result(e instanceof SocketTimeoutException ? "no answer" : "broken", lines);
        }
    }

    private Socket connect(Step step, List<String> lines) throws IOException {
        if (step.has("again") && connection != null) {
            return connection;
        }
        close();
        Socket opened = step.has("tls")
                ? TlsClient.connect(site.port(step.option("port", "TLS_PORT")), step.option("tls"), lines)
                : new Socket(InetAddress.getLoopbackAddress(), site.port(step.option("port", "PORT")));
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(ANSWER_MILLIS);
        in = new BufferedInputStream(opened.getInputStream());
        connection = opened;
        return opened;
    }

    private String exchange(Socket socket, Step step, List<String> lines) throws IOException {
        PlainRequest request = PlainRequest.of(step, site);
        OutputStream out = socket.getOutputStream();
        out.write(request.head());
        if (step.has("continue")) {
            out.flush();
            readInterim(socket, lines);
        }
        sendBody(out, request.body());
        return readAnswer(socket, request.method(), step.has("gunzip"), lines);
    }

    /** A server that has answered already may have closed: its answer is what counts then. */
    private static void sendBody(OutputStream out, byte[] body) {
        try {
            out.write(body);
            out.flush();
        } catch (IOException answeredEarly) {
            return;
        }
    }

    /** A client that waits for 100 sends its body after a while without one, too (RFC 9110, 10.1.1). */
    private void readInterim(Socket socket, List<String> lines) throws IOException {
        in.mark(4096);
        socket.setSoTimeout(CONTINUE_MILLIS);
        try {
            String status = Wire.line(in);
            if (status != null && status.startsWith("HTTP/1.1 1")) {
                lines.add(status);
                lines.addAll(Wire.headers(in));
            } else {
                in.reset();
            }
        } catch (SocketTimeoutException e) {
            lines.add("[no 100]");
        }
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    private String readAnswer(Socket socket, String method, boolean gunzips, List<String> lines) throws IOException {
        String status = Wire.line(in);
        if (status == null) {
            lines.add("closed without an answer");
            return "closed";
        }
        List<String> headers = Wire.headers(in);
        while (status.startsWith("HTTP/1.1 1")) {
            lines.add(status);
            lines.addAll(headers);
            status = String.valueOf(Wire.line(in));
            headers = Wire.headers(in);
        }
        lines.add(status);
        boolean gunzipped = gunzips && Wire.header(headers, "Content-Encoding").equals("gzip");
        lines.addAll(Wire.byName(gunzipped ? Wire.unframed(headers) : headers));
        lines.add("");
        String[] words = status.split(" ", 3);
        String code = words.length > 1 ? words[1] : status;
        readBody(method, code, gunzipped, headers, lines);
        tellEnd(socket, headers, lines);
        return code;
    }

    private void readBody(String method, String code, boolean gunzips, List<String> headers, List<String> lines)
            throws IOException {
        if ("HEAD".equals(method) || "204".equals(code) || "304".equals(code)) {
            return;
        }
        List<String> trailers = new ArrayList<>();
        try {
            String length = Wire.header(headers, "Content-Length");
            byte[] body = Wire.chunked(headers)
                    ? Wire.chunks(in, trailers)
                    : length.isEmpty() ? in.readAllBytes() : Wire.exactly(in, Long.parseLong(length));
            lines.addAll(
                    Bodies.told(gunzips ? Bodies.gunzipped(body) : body).lines().toList());
            trailers.forEach(trailer -> lines.add("trailer: " + trailer));
        } catch (Wire.CutShort e) {
            lines.addAll(Bodies.told(e.received()).lines().toList());
            lines.add("body cut short " + e.getMessage());
        }
    }

    private void tellEnd(Socket socket, List<String> headers, List<String> lines) throws IOException {
        boolean announced =
                Wire.header(headers, "Connection").toLowerCase(Locale.ROOT).contains("close");
        socket.setSoTimeout(announced ? ANSWER_MILLIS : LINGER_MILLIS);
        in.mark(1);
        try {
            int next = in.read();
            lines.add(next < 0 ? "[connection closed]" : "[more bytes follow]");
            if (next >= 0) {
                in.reset();
            }
        } catch (SocketTimeoutException e) {
            lines.add("[connection open]");
        } catch (IOException e) {
            lines.add("[connection reset]");
        }
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    /** The bytes of the step as they are, then all that comes until the server closes. */
    private String exchangeRaw(Socket socket, Step step, List<String> lines) throws IOException {
        OutputStream out = socket.getOutputStream();
        List<byte[]> parts = RawText.parts(site.fill(String.join("", step.lines())));
        sendBody(out, parts.get(0));
        for (byte[] part : parts.subList(1, parts.size())) {
            RawText.pause();
            sendBody(out, part);
        }
        if (step.has("half-close")) {
            socket.shutdownOutput();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                all.write(b);
            }
        } catch (SocketTimeoutException e) {
            lines.add("[not closed]");
        } catch (IOException e) {
            lines.add("[reset]");
        }
        return tellRaw(all.toString(StandardCharsets.ISO_8859_1), lines);
    }

    /** Heads within the stream have their headers sorted, as those of other answers are. */
    private static String tellRaw(String text, List<String> lines) {
        List<String> headers = new ArrayList<>();
        boolean inHead = false;
        for (String line : text.split("\r?\n", -1)) {
            boolean starts = line.startsWith("HTTP/1.");
            if (inHead && !line.isEmpty() && !starts) {
                headers.add(line);
                continue;
            }
            lines.addAll(Wire.byName(headers));
            headers.clear();
            lines.add(line);
            inHead = starts;
        }
        lines.addAll(headers);
        return text.startsWith("HTTP/1.") ? text.substring(9, 12) : text.isEmpty() ? "closed" : "bytes";
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
