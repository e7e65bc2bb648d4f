package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.server.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets the connection's window when several want it. */
final class PriorityTest {
    private static final int LARGE = 1 << 20;
    private static final HttpHandler LONG =
            exchange -> exchange.getResponseSender().send(ByteBuffer.allocate(LARGE));

    /** Has the connection's window used up, so that what is asked for next must wait. */
    private static RawClient withoutWindow(TestServer server) throws IOException {
        RawClient client = server.connect();
        client.preface(Frame.SETTINGS_INITIAL_WINDOW_SIZE, 4 * LARGE);
        client.get(1, "/");
        int left = 65535;
        while (left > 0) {
            left -= client.await(Frame.DATA, 1).size();
        }
        client.send(Frame.RST_STREAM, 0, 1, new byte[4]);
        return client;
    }

    private static void get(RawClient client, int stream, int dependency, int weight, String... more)
            throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(ByteBuffer.allocate(4).putInt(dependency).array());
        payload.write(weight - 1);
        payload.writeBytes(RawClient.block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/"));
        payload.writeBytes(RawClient.block(more));
        int flags = Frame.END_HEADERS | Frame.END_STREAM | Frame.PRIORITIZED;
        client.send(Frame.HEADERS, flags, stream, payload.toByteArray());
    }

    private static void getBy(RawClient client, int stream, String priority) throws IOException {
        client.headers(
                stream,
                true,
                ":method",
                "GET",
                ":scheme",
                "http",
                ":authority",
                "a",
                ":path",
                "/",
                "priority",
                priority);
    }

    /** Bytes by stream of the next {@code total}. */
    private static Map<Integer, Integer> share(RawClient client, int total) throws IOException {
        // What was asked for has arrived when a PING has made the round.
        client.send(Frame.PING, 0, 0, new byte[8]);
        client.await(Frame.PING, 0);
        client.sendNumber(Frame.WINDOW_UPDATE, 0, total);
        Map<Integer, Integer> bytes = new HashMap<>();
        int left = total;
        while (left > 0) {
            RawClient.Received frame = client.await(each -> each.type() == Frame.DATA);
            bytes.merge(frame.stream(), frame.size(), Integer::sum);
            left -= frame.size();
        }
        return bytes;
    }

    @Test
    void weightsShareTheConnection() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, LONG);
                RawClient client = withoutWindow(server)) {
            get(client, 3, 0, 200);
            get(client, 5, 0, 50);

            Map<Integer, Integer> bytes = share(client, 800_000);

            double ratio = bytes.getOrDefault(3, 0) / (double) bytes.getOrDefault(5, 1);
            assertTrue(ratio > 3 && ratio < 5, bytes::toString);
        }
    }

    @Test
    void whatAnotherDependsOnGoesFirst() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, LONG);
                RawClient client = withoutWindow(server)) {
            get(client, 3, 0, 16);
            get(client, 5, 3, 256);

            assertEquals(Map.of(3, 500_000), share(client, 500_000));
            assertEquals(Map.of(3, LARGE - 500_000, 5, 800_000 - LARGE + 500_000), share(client, 800_000));
        }
    }

    @Test
    void anExclusiveOnePushesItselfInBetween() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, LONG);
                RawClient client = withoutWindow(server)) {
            get(client, 3, 0, 256);
            get(client, 5, Integer.MIN_VALUE, 1);

            assertEquals(Map.of(5, 500_000), share(client, 500_000));
        }
    }

    @Test
    void aPriorityFrameChangesTheOrder() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, LONG);
                RawClient client = withoutWindow(server)) {
            get(client, 3, 0, 16);
            get(client, 5, 3, 16);
            client.send(
                    Frame.PRIORITY,
                    0,
                    3,
                    ByteBuffer.allocate(5).putInt(5).put((byte) 15).array());

            assertEquals(Map.of(5, 500_000), share(client, 500_000));
        }
    }

    @Test
    void urgencyGoesFirst() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, LONG);
                RawClient client = withoutWindow(server)) {
            client.get(3, "/");
            getBy(client, 5, "u=5");
            getBy(client, 7, "u=1, i");

            assertEquals(Map.of(7, 500_000), share(client, 500_000));
            assertEquals(Map.of(7, LARGE - 500_000, 3, 800_000 - LARGE + 500_000), share(client, 800_000));
        }
    }

    @Test
    void oneAfterTheOtherUnlessIncremental() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, LONG);
                RawClient client = withoutWindow(server)) {
            getBy(client, 3, "u=2");
            getBy(client, 5, "u=2");
            getBy(client, 7, "u=4, i");
            getBy(client, 9, "u=4, i");

            assertEquals(Map.of(3, 600_000), share(client, 600_000));
            assertEquals(Map.of(3, LARGE - 600_000, 5, LARGE), share(client, 2 * LARGE - 600_000));
            Map<Integer, Integer> rest = share(client, 320_000);
            assertTrue(Math.abs(rest.getOrDefault(7, 0) - rest.getOrDefault(9, 0)) <= 1 << 14, rest::toString);
        }
    }

    @Test
    void aPriorityUpdateChangesUrgency() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, LONG);
                RawClient client = withoutWindow(server)) {
            getBy(client, 3, "u=1");
            getBy(client, 5, "u=4");
            byte[] update = ByteBuffer.allocate(7)
                    .putInt(5)
                    .put("u=0".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    .array();
            client.send(Frame.PRIORITY_UPDATE, 0, 0, update);

            assertEquals(Map.of(5, 500_000), share(client, 500_000));
        }
    }

    /** Trees of thousands are cheap to ask for, and cost little here. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whoeverPlaysWithTheTreeIsServedInTheEnd(int seed) throws Exception {
        java.util.Random random = new java.util.Random(seed);
        try (TestServer server = new TestServer(Http2Options.DEFAULT, LONG);
                RawClient client = withoutWindow(server)) {
            for (int i = 0; i < 3000; i++) {
                int id = 2 * random.nextInt(200) + 3;
                int on = 2 * random.nextInt(200) + 2 + random.nextInt(2);
                int exclusive = random.nextInt(3) == 0 ? Integer.MIN_VALUE : 0;
                if (on != id) {
                    byte[] payload = ByteBuffer.allocate(5)
                            .putInt(exclusive | on)
                            .put((byte) random.nextInt())
                            .array();
                    client.send(Frame.PRIORITY, 0, id, payload);
                }
            }
            get(client, 403, 401, 3);
            get(client, 405, 0, 256);
            get(client, 407, 403 | Integer.MIN_VALUE, 1);

            Map<Integer, Integer> bytes = share(client, 3 * LARGE);

            assertEquals(Map.of(403, LARGE, 405, LARGE, 407, LARGE), bytes);
        }
    }
}
