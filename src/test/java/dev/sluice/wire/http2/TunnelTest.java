package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** WebSockets over a stream (RFC 8441): handlers see an HTTP/1.1 upgrade. */
final class TunnelTest {
    private static final Http2Options OFFERED = Http2Options.DEFAULT.withOutput(Http2Output.DEFAULT, true);

    /** Sends back what it reads, in turn. */
    private static final HttpHandler ECHO = exchange -> {
        String asked =
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst(Headers.UPGRADE) + " "
                        + exchange.getRequestHeaders()
                                .getFirst(Headers.SEC_WEB_SOCKET_KEY)
                                .length();
        if (exchange.getRequestURI().equals("/no")) {
            exchange.setStatusCode(403);
            exchange.getResponseSender().send(asked);
            return;
        }
        exchange.upgradeChannel("websocket", (connection, ended) -> echo(connection));
        exchange.endExchange();
    };

    private static void echo(StreamConnection connection) {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        connection.getSourceChannel().setReadListener(source -> {
            try {
                pass(connection, buffer, source);
            } catch (IOException e) {
                IoUtils.safeClose(connection);
            }
        });
        connection.getSourceChannel().wakeupReads();
    }

    private static void pass(StreamConnection connection, ByteBuffer buffer, ConduitStreamSourceChannel source)
            throws IOException {
        int read = source.read(buffer);
        if (read > 0) {
            buffer.flip();
            connection.getSinkChannel().write(buffer);
            connection.getSinkChannel().flush();
            buffer.clear();
        } else if (read < 0) {
            connection.getSinkChannel().shutdownWrites();
            connection.getSinkChannel().flush();
            source.suspendReads();
        } else {
            source.resumeReads();
        }
    }

    private static void connect(RawClient client, int stream, String path) throws IOException {
        client.headers(
                stream,
                false,
                ":method",
                "CONNECT",
                ":protocol",
                "websocket",
                ":scheme",
                "http",
                ":authority",
                "a",
                ":path",
                path,
                "sec-websocket-version",
                "13");
    }

    @Test
    void aTunnelCarriesBothWaysAndEnds() throws Exception {
        try (TestServer server = new TestServer(OFFERED, ECHO);
                RawClient client = server.greet()) {
            connect(client, 1, "/");
            RawClient.Received head = client.await(Frame.HEADERS, 1);
            client.data(1, "hello".getBytes(StandardCharsets.US_ASCII), false);
            String first = client.await(Frame.DATA, 1).text();
            client.data(1, "world".getBytes(StandardCharsets.US_ASCII), true);
            String second = client.await(Frame.DATA, 1).text();

            assertEquals(":status: 200", head.fields().get(0));
            assertTrue(head.fields().stream().noneMatch(field -> field.startsWith("upgrade")), head.toString());
            assertEquals("hello world", first + " " + second);
            assertTrue(client.await(each -> each.stream() == 1 && each.ends()).ends());
        }
    }

    @Test
    void aRefusalIsAnAnswer() throws Exception {
        try (TestServer server = new TestServer(OFFERED, ECHO);
                RawClient client = server.greet()) {
            connect(client, 1, "/no");

            assertEquals("403 GET websocket 24", client.response(1));
        }
    }

    @Test
    void itIsNotThereUnlessOffered() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, ECHO);
                RawClient client = server.greet()) {
            connect(client, 1, "/");

            assertEquals("PROTOCOL_ERROR", client.awaitReset(1));
        }
    }

    @Test
    void silenceDoesNotEndIt() throws Exception {
        Duration brief = Duration.ofMillis(200);
        try (TestServer server = new TestServer(OFFERED.withTimeouts(brief, brief, brief), ECHO);
                RawClient client = server.greet()) {
            connect(client, 1, "/");
            client.await(Frame.HEADERS, 1);
            Thread.sleep(800);
            client.data(1, "still".getBytes(StandardCharsets.US_ASCII), false);

            assertEquals("still", client.await(Frame.DATA, 1).text());
        }
    }

    @Test
    void aClientThatGoesAwayTakesItAlong() throws Exception {
        try (TestServer server = new TestServer(OFFERED, ECHO)) {
            try (RawClient client = server.greet()) {
                connect(client, 1, "/");
                client.await(Frame.HEADERS, 1);
            }
            long limit = System.nanoTime() + 5_000_000_000L;
            while (server.listener.activeSessions() > 0 && System.nanoTime() < limit) {
                Thread.sleep(10);
            }

            assertEquals(0, server.listener.activeSessions());
        }
    }
}
