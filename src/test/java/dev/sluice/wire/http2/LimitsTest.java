package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsTest {
    private static final HttpHandler HELLO =
            exchange -> exchange.getResponseSender().send("hello");

    /** Answers when told to. */
    private static final class Slow implements HttpHandler {
        final List<HttpServerExchange> waiting = new CopyOnWriteArrayList<>();

        @Override
        public void handleRequest(HttpServerExchange exchange) {
            exchange.dispatch(Runnable::run, () -> waiting.add(exchange));
        }

        void answer() {
            for (HttpServerExchange exchange : waiting) {
                exchange.getIoThread()
                        .execute(() -> exchange.getResponseSender().send("late"));
            }
            waiting.clear();
        }
    }

    @Test
    void aStreamAboveTheLimitIsRefusedUntilOneIsOver() throws Exception {
        Slow slow = new Slow();
        try (TestServer server = new TestServer(Http2Options.DEFAULT.withStreams(2, 65535), slow);
                RawClient client = server.greet()) {
            client.get(1, "/");
            client.get(3, "/");
            client.get(5, "/");
            String refused = client.awaitReset(5);
            slow.answer();
            String first = client.response(1);
            String second = client.response(3);
            client.get(7, "/");
            while (slow.waiting.isEmpty()) {
                Thread.onSpinWait();
            }
            slow.answer();

            assertEquals("REFUSED_STREAM", refused);
            assertEquals("200 late", first);
            assertEquals("200 late", second);
            assertEquals("200 late", client.response(7));
        }
    }

    @Test
    void aHeadTooLargeIsAnsweredNotPunished() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, HELLO);
                RawClient client = server.greet()) {
            client.headers(
                    1,
                    true,
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":authority",
                    "a",
                    ":path",
                    "/",
                    "x",
                    "v".repeat(8190));
            client.get(3, "/" + "p".repeat(8190));
            String[] many = new String[8 + 2 * 101];
            List<String> pseudo = List.of(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
            for (int i = 0; i < many.length; i++) {
                many[i] = i < 8 ? pseudo.get(i) : "x" + i;
            }
            client.headers(5, true, many);
            client.get(7, "/");

            assertEquals("431", client.response(1));
            assertEquals("414", client.response(3));
            assertEquals("431", client.response(5));
            assertEquals("200 hello", client.response(7));
        }
    }

    @Test
    void aHeaderListAboveTheAnnouncedSizeGets431() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, HELLO);
                RawClient client = server.greet()) {
            String[] fields = new String[8 + 2 * 12];
            List<String> pseudo = List.of(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
            for (int i = 0; i < fields.length; i++) {
                fields[i] = i < 8 ? pseudo.get(i) : i % 2 == 0 ? "x" + i : "v".repeat(6000);
            }
            byte[] block = RawClient.block(fields);
            int piece = 16000;
            client.send(Frame.HEADERS, Frame.END_STREAM, 1, java.util.Arrays.copyOf(block, piece));
            for (int at = piece; at < block.length; at += piece) {
                int end = Math.min(block.length, at + piece);
                int flags = end == block.length ? Frame.END_HEADERS : 0;
                client.send(Frame.CONTINUATION, flags, 1, java.util.Arrays.copyOfRange(block, at, end));
            }

            assertEquals("431", client.response(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"SETTINGS", "PING", "EMPTY_DATA", "CONTINUATION", "EMPTY_CONTINUATION", "RESET", "ERRORS", "PRIORITY"})
    void aFloodEndsTheConnection(String kind) throws Exception {
        Slow slow = new Slow();
        try (TestServer server = new TestServer(Http2Options.DEFAULT, slow);
                RawClient client = server.greet()) {
            Thread sender = new Thread(() -> flood(kind, client));
            sender.start();

            assertEquals("ENHANCE_YOUR_CALM", client.awaitGoAway());
            assertTrue(client.closed());
            sender.join(5000);
            assertTrue(slow.waiting.size() <= 300, () -> slow.waiting.size() + " requests were worked on");
        }
    }

    private static void flood(String kind, RawClient client) {
        try {
            switch (kind) {
                case "EMPTY_DATA" -> client.post(1, "/");
                case "CONTINUATION", "EMPTY_CONTINUATION" ->
                    client.send(Frame.HEADERS, Frame.END_STREAM, 1, new byte[0]);
                default -> {}
            }
            for (int i = 0; i < 200; i++) {
                client.write(hundred(kind, 200 * i + 1));
            }
        } catch (java.io.IOException e) {
            // The server has closed, as the test expects.
        }
    }

    private static byte[] hundred(String kind, int stream) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] request = RawClient.block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
        byte[] malformed =
                RawClient.block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/", "x", "a\nb");
        for (int i = 0; i < 100; i++) {
            int id = stream + 2 * i;
            all.writeBytes(
                    switch (kind) {
                        case "SETTINGS" -> RawClient.frame(Frame.SETTINGS, 0, 0, new byte[0]);
                        case "PING" -> RawClient.frame(Frame.PING, 0, 0, new byte[8]);
                        case "EMPTY_DATA" -> RawClient.frame(Frame.DATA, 0, 1, new byte[0]);
                        case "CONTINUATION" ->
                            RawClient.frame(Frame.CONTINUATION, 0, 1, RawClient.block("x", "y".repeat(9000)));
                        case "EMPTY_CONTINUATION" -> RawClient.frame(Frame.CONTINUATION, 0, 1, new byte[0]);
                        case "PRIORITY" -> RawClient.frame(Frame.PRIORITY, 0, 1, new byte[5]);
                        case "ERRORS" ->
                            RawClient.frame(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, id, malformed);
                        default -> RawClient.frame(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, id, request);
                    });
            if (kind.equals("RESET")) {
                all.writeBytes(RawClient.frame(Frame.RST_STREAM, 0, id, new byte[4]));
            }
        }
        return all.toByteArray();
    }
}
