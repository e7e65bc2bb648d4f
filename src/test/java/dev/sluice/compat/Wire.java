package dev.sluice.compat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 as bytes, for the client and the backends: heads and bodies just as they stand on the wire. */
final class Wire {
    private Wire() {}

    /** A line without its end, or null where the stream ended before any byte of it. */
    static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** The lines up to the empty one. */
    static List<String> headers(InputStream in) throws IOException {
        List<String> headers = new ArrayList<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            headers.add(line);
        }
        return headers;
    }

    /** The value of the first header of this name, or the empty string. */
    static String header(List<String> headers, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        for (String header : headers) {
            if (header.toLowerCase(Locale.ROOT).startsWith(start)) {
                return header.substring(start.length()).trim();
            }
        }
        return "";
    }

    /** By name; headers of one name keep their order, which alone means something (RFC 9110, 5.3). */
    static List<String> byName(List<String> headers) {
        List<String> sorted = new ArrayList<>(headers);
        sorted.sort(Comparator.comparing(header -> header.split(":", 2)[0].toLowerCase(Locale.ROOT)));
        return sorted;
    }

    static boolean chunked(List<String> headers) {
        return header(headers, "Transfer-Encoding").toLowerCase(Locale.ROOT).endsWith("chunked");
    }

    static byte[] exactly(InputStream in, long size) throws IOException {
        byte[] body = in.readNBytes((int) size);
        if (body.length < size) {
            throw new CutShort(body, "after " + body.length + " of " + size + " bytes");
        }
        return body;
    }

    /** The body of chunks; the lines of its trailer are added to {@code trailers}. */
    static byte[] chunks(InputStream in, List<String> trailers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line(in);
            if (line == null) {
                throw new CutShort(body.toByteArray(), "before the last chunk");
            }
            int size = Integer.parseInt(line.split(";", 2)[0].trim(), 16);
            if (size == 0) {
                trailers.addAll(headers(in));
                return body.toByteArray();
            }
            byte[] chunk = in.readNBytes(size);
            body.writeBytes(chunk);
            if (chunk.length < size) {
                throw new CutShort(body.toByteArray(), "within a chunk");
            }
            line(in);
        }
    }

    static byte[] chunk(byte[] data, int from, int to) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(to - from) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.write(data, from, to - from);
        chunk.writeBytes(new byte[] {'\r', '\n'});
        return chunk.toByteArray();
    }

    /** A body that ended before its framing said so. */
    static final class CutShort extends EOFException {
        private static final long serialVersionUID = 1L;

        private final transient byte[] received;

        CutShort(byte[] received, String where) {
            super(where);
            this.received = received;
        }

        byte[] received() {
            return received;
        }
    }

    /** Headers without those that say how the body ends. */
    static List<String> unframed(List<String> headers) {
        return headers.stream()
                .filter(header -> !header.matches("(?i)(Content-Length|Transfer-Encoding):.*"))
                .toList();
    }
}
