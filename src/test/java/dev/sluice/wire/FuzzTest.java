package dev.sluice.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http2.Http2Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random bytes, and random sequences of what is nearly right. Whatever they are, the connection ends, nothing escapes, and no buffer is
 * lost. A failure names its seed and connection: the same bytes come again.
 */
class FuzzTest {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Long enough for a good answer, short enough that what hangs is noticed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final List<String> PIECES = List.of(
            "GET / HTTP/1.1\r\n",
            "GET /w HTTP/1.1\r\n",
            "POST /w/x HTTP/1.1\r\n",
            "POST /0 HTTP/1.1\r\n",
            "POST /p HTTP/1.0\r\n",
            "PUT http://a/b?c HTTP/1.1\r\n",
            "CONNECT a:1 HTTP/1.1\r\n",
            "Host: a\r\n",
            "Host: a\r\n",
            "Host: a\r\n",
            "Connection: close\r\n",
            "Connection: keep-alive\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Content-Length: 70000\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Expect: 100-continue\r\n",
            "X: y\r\n",
            " folded\r\n",
            "\r\n",
            "\r\n",
            "\r\n",
            "hello",
            "5\r\nhello\r\n",
            "5;a=b\r\nhello\r\n",
            "0\r\n\r\n",
            "0\r\nT: u\r\n\r\n",
            "ffffffffffffffff\r\n",
            "GET /\r\n",
            "\n",
            "\0");

    @ParameterizedTest
    @CsvSource({"1, 700", "2, 700", "3, 700"})
    void http1EndsWhateverComes(long seed, int connections) throws Exception {
        Random random = new Random(seed);
        try (Port port = new Port(Port.ANSWER, Http2Options.DEFAULT, PATIENCE)) {
            for (int i = 0; i < connections; i++) {
                byte[] bytes = i % 10 == 0 ? noise(random, 3000) : flip(random, pieces(random));
                ends(port, bytes, random, "seed " + seed + " connection " + i);
            }

            settled(port, seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 500", "3, 500", "4, 500"})
    void http2EndsWhateverComes(long seed, int connections) throws Exception {
        Random random = new Random(seed);
        Http2Options options = Http2Options.DEFAULT.withTimeouts(PATIENCE, PATIENCE, PATIENCE);
        Http2Options small = options.withStreams(3, 1024).withFrames(100, 4, false);
        try (Port port = new Port(Port.ANSWER, seed % 2 == 0 ? small : options, PATIENCE)) {
            for (int i = 0; i < connections; i++) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(PREFACE);
                bytes.writeBytes(i % 10 == 0 ? noise(random, 2000) : frames(random));
                ends(port, bytes.toByteArray(), random, "seed " + seed + " connection " + i);
            }

            settled(port, seed);
        }
    }

    private static void settled(Port port, long seed) throws InterruptedException {
        assertEquals(0, port.stillOpen(), "connections of seed " + seed);
        assertEquals(0, port.pool.leaked(), () -> "buffers of seed " + seed + ": " + port.pool.lenders());
        assertEquals(List.of(), port.escaped);
    }

    /** Sends it in a few pieces, says no more, and hears the connection out. */
    private static void ends(Port port, byte[] bytes, Random random, String which) throws IOException {
        try (Socket socket = port.connect()) {
            int at = 0;
            while (at < bytes.length) {
                int piece = random.nextInt(4) == 0 ? 1 + random.nextInt(40) : bytes.length;
                int end = Math.min(bytes.length, at + piece);
                socket.getOutputStream().write(bytes, at, end - at);
                at = end;
            }
            if (random.nextInt(8) == 0) {
                // Gone without a word, whatever is under way.
                socket.setSoLinger(true, 0);
                return;
            }
            socket.shutdownOutput();
            long start = System.nanoTime();
            long read = socket.getInputStream().readAllBytes().length;
            long seconds = (System.nanoTime() - start) / 1_000_000_000L;
            assertTrue(seconds < 15, () -> which + ": it took " + seconds + " s");
            assertTrue(read < 4_000_000, () -> which + ": " + read + " bytes");
        } catch (SocketException e) {
            // Closed while we were still sending, or with bytes unread: an end as well.
            return;
        }
    }

    private static byte[] noise(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(14); n > 0; n--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] flip(Random random, byte[] bytes) {
        for (int n = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0; n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] frames(Random random) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frame(4, 0, 0, settings(random)));
        int next = 1;
        for (int n = random.nextInt(25); n > 0; n--) {
            int stream = random.nextInt(3) == 0 ? 2 * random.nextInt(8) + random.nextInt(2) : next;
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3, 4 -> {
                    all.writeBytes(frame(1, 4 | random.nextInt(2), next, head(random)));
                    next += 2;
                }
                case 5, 6 -> all.writeBytes(frame(0, random.nextInt(2), Math.max(1, next - 2), noise(random, 3000)));
                case 7 -> all.writeBytes(frame(8, 0, random.nextBoolean() ? 0 : stream, number(random.nextInt(70000))));
                case 8 -> all.writeBytes(frame(3, 0, Math.max(1, next - 2), number(random.nextInt(14))));
                case 9 -> all.writeBytes(frame(2, 0, stream, noise(random, 7)));
                case 10 -> all.writeBytes(frame(6, random.nextInt(2), 0, new byte[8]));
                case 11 -> all.writeBytes(frame(4, random.nextInt(2), 0, settings(random)));
                case 12 -> all.writeBytes(frame(16, 0, 0, (stream + "aaau=3").getBytes(StandardCharsets.US_ASCII)));
                default -> all.writeBytes(frame(random.nextInt(12), random.nextInt(64), stream, noise(random, 200)));
            }
        }
        return random.nextInt(4) == 0 ? flip(random, all.toByteArray()) : all.toByteArray();
    }

    private static byte[] settings(Random random) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int n = random.nextInt(3); n > 0; n--) {
            all.write(0);
            all.write(random.nextInt(10));
            all.writeBytes(number(random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(70000)));
        }
        return all.toByteArray();
    }

    private static byte[] head(Random random) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        boolean post = random.nextBoolean();
        field(block, ":method", post ? "POST" : "GET");
        field(block, ":scheme", "http");
        field(block, ":authority", "a");
        field(block, ":path", List.of("/", "/w", "/0", "/x?y", "*").get(random.nextInt(5)));
        for (int n = random.nextInt(4); n > 0; n--) {
            switch (random.nextInt(6)) {
                case 0 -> block.writeBytes(noise(random, 20));
                case 1 -> field(block, "content-length", Integer.toString(random.nextInt(3000)));
                case 2 -> field(block, "priority", "u=" + random.nextInt(9) + ", i");
                case 3 -> block.write(0x80 | random.nextInt(128));
                case 4 -> block.write(0x20 | random.nextInt(32));
                default -> field(block, "x", "y".repeat(random.nextInt(200)));
            }
        }
        return block.toByteArray();
    }

    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(random0x40(value));
        string(block, name);
        string(block, value);
    }

    /** Some into the table, some not. */
    private static int random0x40(String value) {
        return value.length() % 2 == 0 ? 0x40 : 0;
    }

    private static void string(ByteArrayOutputStream block, String text) {
        int rest = text.length() - 127;
        if (rest < 0) {
            block.write(text.length());
        } else {
            block.write(127);
            for (; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(payload.length >>> 16);
        all.write(payload.length >>> 8);
        all.write(payload.length);
        all.write(type);
        all.write(flags);
        all.writeBytes(number(stream));
        all.writeBytes(payload);
        return all.toByteArray();
    }
}
