package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm: their connection ends, or costs next to nothing; others do not notice. */
final class AttackTest {
    private static final HttpHandler HELLO =
            exchange -> exchange.getResponseSender().send("hello");

    /** Takes requests and never answers. */
    private static final class Busy implements HttpHandler {
        final AtomicInteger taken = new AtomicInteger();

        @Override
        public void handleRequest(HttpServerExchange exchange) {
            exchange.dispatch(Runnable::run, () -> taken.incrementAndGet());
        }
    }

    /** MadeYouReset (CVE-2025-8671): the client has the server reset each stream, and the work goes on behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "window update of nothing",
                "window overflow",
                "data after the end",
                "headers after the end",
                "priority of wrong length",
                "self-dependent",
                "too long a body"
            })
    void whoHasUsResetStreamsIsEnded(String kind) throws Exception {
        Busy busy = new Busy();
        try (TestServer server = new TestServer(Http2Options.DEFAULT, busy);
                RawClient client = server.greet()) {
            Thread sender = new Thread(() -> provoke(client, kind));
            sender.start();

            assertEquals("ENHANCE_YOUR_CALM", client.awaitGoAway());
            assertTrue(client.closed());
            sender.join(5000);
            assertTrue(busy.taken.get() <= 20, () -> busy.taken.get() + " requests were worked on");
        }
    }

    private static void provoke(RawClient client, String kind) {
        try {
            for (int stream = 1; stream < 2000; stream += 2) {
                boolean withBody = kind.equals("too long a body");
                if (withBody) {
                    client.post(stream, "/", "content-length", "1");
                } else {
                    client.get(stream, "/");
                }
                switch (kind) {
                    case "window update of nothing" -> client.sendNumber(Frame.WINDOW_UPDATE, stream, 0);
                    case "window overflow" -> client.sendNumber(Frame.WINDOW_UPDATE, stream, Integer.MAX_VALUE);
                    case "data after the end" -> client.data(stream, new byte[1], true);
                    case "headers after the end" -> client.headers(stream, true, "x", "y");
                    case "priority of wrong length" -> client.send(Frame.PRIORITY, 0, stream, new byte[4]);
                    case "self-dependent" ->
                        client.send(
                                Frame.PRIORITY,
                                0,
                                stream,
                                ByteBuffer.allocate(5).putInt(stream).array());
                    default -> client.data(stream, new byte[2], false);
                }
            }
        } catch (IOException e) {
            // The server has closed, as the test expects.
        }
    }

    @Test
    void fiveThousandResetsOnASlowHandlerEndTheConnection() throws Exception {
        Busy busy = new Busy();
        try (TestServer server = new TestServer(Http2Options.DEFAULT, busy);
                RawClient client = server.greet()) {
            Thread sender = new Thread(() -> reset(client));
            sender.start();

            assertEquals("ENHANCE_YOUR_CALM", client.awaitGoAway());
            sender.join(5000);
            assertTrue(busy.taken.get() <= 300, () -> busy.taken.get() + " requests were worked on");
        }
    }

    private static void reset(RawClient client) {
        try {
            for (int i = 0; i < 5000; i++) {
                client.get(2 * i + 1, "/");
                client.send(Frame.RST_STREAM, 0, 2 * i + 1, new byte[4]);
            }
        } catch (IOException e) {
            // The server has closed, as the test expects.
        }
    }

    /** One long entry of the table, named thousands of times: 16 kB that would be 60 MB. */
    @Test
    void aHeaderBombIsAnsweredAndCostsNoMemory() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, HELLO);
                RawClient client = server.greet()) {
            for (int stream = 1; stream < 101; stream += 2) {
                ByteArrayOutputStream block = new ByteArrayOutputStream();
                block.writeBytes(RawClient.block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/"));
                byte[] entry = RawClient.block("x", "v".repeat(4000));
                entry[0] = 0x40;
                block.writeBytes(entry);
                for (int i = 0; i < 12_000; i++) {
                    block.write(0x80 | 62);
                }
                client.send(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, stream, block.toByteArray());

                assertEquals("431", client.response(stream));
            }
            client.get(101, "/");
            assertEquals("200 hello", client.response(101));
        }
    }

    @Test
    void aWindowOfNothingIsNotWaitedForForever() throws Exception {
        Duration brief = Duration.ofMillis(500);
        HttpHandler large = exchange -> exchange.getResponseSender().send(ByteBuffer.allocate(1 << 20));
        Http2Options options = Http2Options.DEFAULT.withTimeouts(Duration.ofSeconds(20), brief, brief);
        try (TestServer server = new TestServer(options, large);
                RawClient client = server.connect()) {
            client.preface(Frame.SETTINGS_INITIAL_WINDOW_SIZE, 0);
            for (int stream = 1; stream < 200; stream += 2) {
                client.get(stream, "/");
            }
            int resets = 0;
            while (resets < 100) {
                RawClient.Received frame = client.await(each -> each.type() == Frame.RST_STREAM);
                assertEquals("CANCEL", Http2Error.name(frame.number(0)));
                resets++;
            }

            assertTrue(client.closed());
            server.greet().close();
        }
    }

    /** The window opens by a byte every now and then: progress, but not for ever at the cost of others. */
    @Test
    void aTricklingReaderDoesNotHoldOthersUp() throws Exception {
        HttpHandler large = exchange -> exchange.getResponseSender().send(ByteBuffer.allocate(1 << 18));
        try (TestServer server = new TestServer(Http2Options.DEFAULT, large);
                RawClient client = server.connect()) {
            client.preface(Frame.SETTINGS_INITIAL_WINDOW_SIZE, 1);
            client.get(1, "/");
            client.settings(Frame.SETTINGS_INITIAL_WINDOW_SIZE, 1 << 20);
            client.get(3, "/");
            client.sendNumber(Frame.WINDOW_UPDATE, 0, 1 << 20);
            int left = 1 << 18;
            while (left > 0) {
                left -= client.await(Frame.DATA, 3).size();
            }

            assertEquals(0, left);
        }
    }
}
