package dev.sluice.compat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as a step writes it, completed where the step leaves it to us: the version, {@code Host: localhost}, and
 * what frames the body.
 */
final class PlainRequest {
    private final String method;
    private final String target;
    private final List<String> headers;
    private final byte[] head;
    private final byte[] body;

    private PlainRequest(String method, String target, List<String> headers, byte[] head, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.head = head;
        this.body = body;
    }

    static PlainRequest of(Step step, Site site) {
        List<String> lines =
                new ArrayList<>(step.lines().stream().map(site::fill).toList());
        int blank = lines.indexOf("");
        byte[] body = body(step, blank < 0 ? List.of() : lines.subList(blank + 1, lines.size()));
        List<String> headers = new ArrayList<>(lines.subList(1, blank < 0 ? lines.size() : blank));
        String[] words = lines.get(0).split(" ", 3);
        if (Wire.header(headers, "Host").isEmpty() && !step.has("no-host")) {
            headers.add(0, "Host: localhost");
        }
        if (step.has("chunked")) {
            headers.add("Transfer-Encoding: chunked");
        } else if (body.length > 0 && Wire.header(headers, "Content-Length").isEmpty() && !step.throughCurl()) {
            headers.add("Content-Length: " + body.length);
        }
        if (step.has("continue")) {
            headers.add("Expect: 100-continue");
        }
        String version = words.length > 2 ? words[2] : "HTTP/1.1";
        String head = words[0] + " " + words[1] + " " + version + "\r\n"
                + String.join(
                        "", headers.stream().map(header -> header + "\r\n").toList()) + "\r\n";
        return new PlainRequest(
                words[0],
                words[1],
                headers,
                head.getBytes(StandardCharsets.ISO_8859_1),
                step.has("chunked") ? inChunks(body) : body);
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    List<String> headers() {
        return headers;
    }

    /** The bytes up to the body. */
    byte[] head() {
        return head;
    }

    /** The body as it goes over the wire. */
    byte[] body() {
        return body;
    }

    private static byte[] body(Step step, List<String> lines) {
        if (step.has("body-size")) {
            return Bodies.pattern(Integer.parseInt(step.option("body-size")));
        }
        return lines.isEmpty() ? new byte[0] : (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Two chunks, or one where the body is too short for two, then the last. */
    private static byte[] inChunks(byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        int half = body.length / 2;
        if (half > 0) {
            chunks.writeBytes(Wire.chunk(body, 0, half));
        }
        if (half < body.length) {
            chunks.writeBytes(Wire.chunk(body, half, body.length));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }
}
