package dev.sluice.wire.http1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes bytes and reads what comes of them. */
final class RawClient implements AutoCloseable {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d\\d\\d)[^\\r\\n]*\\r\\n");

    final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
    }

    /**
     * @param text what came, one char a byte
     * @param closed whether the connection ended with it
     */
    record Answers(String text, boolean closed) {
        List<Integer> statuses() {
            List<Integer> found = new ArrayList<>();
            Matcher matcher = STATUS.matcher(text);
            while (matcher.find()) {
                found.add(Integer.valueOf(matcher.group(1)));
            }
            return found;
        }

        int status() {
            List<Integer> found = statuses();
            return found.isEmpty() ? 0 : found.get(0);
        }

        /** What follows the first head. */
        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }
    }

    /** {@code ~} stands for CR LF, {@code ^} for LF, {@code {0d}} for a byte. */
    static byte[] bytes(String shorthand) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < shorthand.length(); i++) {
            char c = shorthand.charAt(i);
            if (c == '~') {
                out.write('\r');
                out.write('\n');
            } else if (c == '^') {
                out.write('\n');
            } else if (c == '{' && i + 3 < shorthand.length() && shorthand.charAt(i + 3) == '}') {
                out.write(Integer.parseInt(shorthand.substring(i + 1, i + 3), 16));
                i += 3;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }

    void send(String shorthand) throws IOException {
        send(bytes(shorthand));
    }

    void send(byte[] bytes) throws IOException {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (SocketException ignored) {
            // The server has said what it had to say already.
        }
    }

    Answers answers() throws IOException {
        return answers(150);
    }

    Answers answers(int pauseMillis) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[64 * 1024];
        boolean closed = false;
        try {
            int count = in.read(buffer);
            socket.setSoTimeout(pauseMillis);
            while (count >= 0) {
                all.write(buffer, 0, count);
                count = in.read(buffer);
            }
            closed = true;
        } catch (SocketTimeoutException e) {
            closed = false;
        } catch (SocketException e) {
            closed = true;
        }
        return new Answers(all.toString(StandardCharsets.ISO_8859_1), closed);
    }

    /** Reads until {@code text} was the last to come. */
    String until(String text) throws IOException {
        StringBuilder all = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (all.indexOf(text) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the connection ended after: " + all);
            }
            all.append((char) octet);
        }
        return all.toString();
    }

    /** Reads {@code count} bytes. */
    byte[] exactly(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
