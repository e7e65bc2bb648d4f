package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How streams and connections end, in order and out of it. */
@Timeout(30)
final class StreamEndsTest {
    private static final HttpHandler HELLO =
            exchange -> exchange.getResponseSender().send("hello");

    private static final HttpHandler READ = new BlockingHandler(exchange -> {
        int length = exchange.getInputStream().readAllBytes().length;
        HeaderMap trailers = exchange.getAttachment(HttpAttachments.REQUEST_TRAILERS);
        exchange.getResponseSender()
                .send(length + " " + exchange.getRequestHeaders().getFirst("x") + " "
                        + (trailers == null ? "" : trailers.getFirst("x")));
    });

    @Test
    void framesForAStreamWeResetAreLetPass() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, READ);
                RawClient client = server.greet()) {
            client.post(1, "/", "content-length", "3");
            client.data(1, new byte[4], false);
            String reset = client.awaitReset(1);
            client.data(1, new byte[1000], false);
            client.sendNumber(Frame.WINDOW_UPDATE, 1, 5);
            client.headers(1, true, "x", "late");
            client.get(3, "/");

            assertEquals("PROTOCOL_ERROR", reset);
            assertEquals("200 0 null", client.response(3));
        }
    }

    @Test
    void anEarlyAnswerStopsTheUploadGently() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, HELLO);
                RawClient client = server.greet()) {
            client.post(1, "/", "content-length", "1000000");
            String answer = client.response(1);
            String reset = client.awaitReset(1);
            client.data(1, new byte[16000], false);
            client.get(3, "/");

            assertEquals("200 hello", answer);
            assertEquals("NO_ERROR", reset);
            assertEquals("200 hello", client.response(3));
        }
    }

    @Test
    void bodiesAndTrailersEndRequests() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, READ);
                RawClient client = server.greet()) {
            client.post(1, "/", "x", "head", "content-length", "5");
            client.data(1, new byte[5], false);
            client.headers(1, true, "x", "trailer");
            String complete = client.response(1);
            client.post(3, "/", "content-length", "5");
            client.data(3, new byte[4], false);
            client.headers(3, true, "x", "trailer");
            String tooShort = client.awaitReset(3);
            client.post(5, "/");
            client.headers(5, true, ":path", "/");
            String pseudo = client.awaitReset(5);
            client.post(7, "/");
            client.headers(7, false, "x", "no end");
            String endless = client.awaitReset(7);

            assertEquals("200 5 head trailer", complete);
            assertEquals("PROTOCOL_ERROR", tooShort);
            assertEquals("PROTOCOL_ERROR", pseudo);
            assertEquals("PROTOCOL_ERROR", endless);
        }
    }

    @Test
    void trailersFollowTheBodyOfAResponse() throws Exception {
        HttpHandler trailing = exchange -> {
            HeaderMap trailers = new HeaderMap();
            trailers.put(new HttpString("X-Sum"), "7");
            exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, trailers);
            exchange.getResponseSender().send("body");
        };
        try (TestServer server = new TestServer(Http2Options.DEFAULT, trailing);
                RawClient client = server.greet()) {
            client.get(1, "/");
            RawClient.Received head = client.await(Frame.HEADERS, 1);
            RawClient.Received body = client.await(Frame.DATA, 1);
            RawClient.Received trailers = client.await(Frame.HEADERS, 1);

            assertEquals(":status: 200", head.fields().get(0));
            assertEquals("body false", body.text() + " " + body.ends());
            assertEquals("[x-sum: 7] true", trailers.fields() + " " + trailers.ends());
        }
    }

    @Test
    void whatHasNoBodySendsNone() throws Exception {
        HttpHandler handler = exchange -> {
            exchange.setStatusCode(exchange.getRequestURI().equals("/304") ? 304 : 200);
            exchange.getResponseHeaders().put(Headers.CONNECTION, "close").put(Headers.TRANSFER_ENCODING, "chunked");
            exchange.getResponseSender().send("body");
        };
        try (TestServer server = new TestServer(Http2Options.DEFAULT, handler);
                RawClient client = server.greet()) {
            client.headers(1, true, ":method", "HEAD", ":scheme", "http", ":authority", "a", ":path", "/");
            RawClient.Received head = client.await(Frame.HEADERS, 1);
            client.get(3, "/304");
            RawClient.Received notModified = client.await(Frame.HEADERS, 3);

            assertTrue(head.ends());
            assertTrue(notModified.ends());
            assertTrue(head.fields().stream()
                    .noneMatch(each -> each.startsWith("connection") || each.startsWith("transfer")));
        }
    }

    @Test
    void aValueOfAResponseCannotBreakOut() throws Exception {
        HttpHandler handler = exchange -> {
            exchange.getResponseHeaders().put(new HttpString("X"), "a\r\nb\0c\u010dd");
            exchange.endExchange();
        };
        try (TestServer server = new TestServer(Http2Options.DEFAULT, handler);
                RawClient client = server.greet()) {
            client.get(1, "/");

            assertTrue(client.await(Frame.HEADERS, 1).fields().contains("x: a  b c d"));
        }
    }

    @Test
    void aGoAwayOfTheClientLetsItsStreamsFinish() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        HttpHandler waits = new BlockingHandler(exchange -> {
            answer.await();
            exchange.getOutputStream().write("served".getBytes(StandardCharsets.US_ASCII));
        });
        try (TestServer server = new TestServer(Http2Options.DEFAULT, waits);
                RawClient client = server.greet()) {
            client.get(1, "/");
            client.send(Frame.GOAWAY, 0, 0, new byte[8]);
            client.send(Frame.PING, 0, 0, new byte[8]);
            client.await(Frame.PING, 0);
            answer.countDown();

            assertEquals("200 served", client.response(1));
            assertTrue(client.closed());
        }
    }

    @Test
    void aGracefulEndIsSaidTwice() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, HELLO);
                RawClient client = server.greet()) {
            server.listener.shutdownGracefully();
            RawClient.Received first = client.await(Frame.GOAWAY, 0);
            RawClient.Received ping = client.await(Frame.PING, 0);
            client.get(1, "/");
            client.send(Frame.PING, Frame.ACK, 0, ping.payload().array());
            String answer = client.response(1);
            RawClient.Received second = client.await(Frame.GOAWAY, 0);

            assertEquals(Integer.MAX_VALUE, first.number(0));
            assertEquals("200 hello", answer);
            assertEquals(1, second.number(0));
            assertEquals(Http2Error.NO_ERROR, second.number(4));
            assertTrue(client.closed());
        }
    }

    @Test
    void aResetIsSeenByAHandlerThatWrites() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        HttpHandler endless = new BlockingHandler(exchange -> {
            try {
                while (true) {
                    exchange.getOutputStream().write(new byte[10_000]);
                }
            } catch (IOException e) {
                seen.complete(String.valueOf(e.getMessage()));
            }
        });
        try (TestServer server = new TestServer(Http2Options.DEFAULT, endless);
                RawClient client = server.greet()) {
            client.get(1, "/");
            client.await(Frame.DATA, 1);
            client.sendNumber(Frame.RST_STREAM, 1, Http2Error.CANCEL);

            assertEquals("stream 1 was reset by the peer: CANCEL", seen.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void everyExchangeCompletesWhateverBecomesOfItsStream() throws Exception {
        int requests = 30;
        CountDownLatch completed = new CountDownLatch(requests);
        HttpHandler handler = exchange -> {
            exchange.addExchangeCompleteListener((done, next) -> {
                completed.countDown();
                next.proceed();
            });
            exchange.dispatch(() -> {
                exchange.startBlocking();
                try {
                    exchange.getInputStream().readAllBytes();
                    exchange.getOutputStream().write(new byte[100_000]);
                } catch (IOException e) {
                    // The stream is gone; the exchange must end all the same.
                }
                exchange.endExchange();
            });
        };
        try (TestServer server = new TestServer(Http2Options.DEFAULT, handler)) {
            try (RawClient client = server.greet()) {
                for (int i = 0; i < requests; i++) {
                    client.post(2 * i + 1, "/");
                    client.data(2 * i + 1, new byte[100], i % 3 == 0);
                    if (i % 3 == 1) {
                        client.sendNumber(Frame.RST_STREAM, 2 * i + 1, Http2Error.CANCEL);
                    }
                }
                client.send(Frame.PING, 0, 0, new byte[8]);
                client.await(Frame.PING, 0);
            }

            assertTrue(completed.await(10, TimeUnit.SECONDS), () -> completed.getCount() + " exchanges are left");
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        Http2Options hasty = Http2Options.DEFAULT.withTimeouts(
                Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(200));
        try (TestServer server = new TestServer(hasty, HELLO);
                RawClient silent = server.connect();
                RawClient greeted = server.greet();
                RawClient served = server.greet()) {
            served.get(1, "/");

            assertEquals("200 hello", served.response(1));
            assertEquals("NO_ERROR", served.awaitGoAway());
            assertTrue(served.closed());
            assertTrue(silent.closed());
            assertTrue(greeted.closed());
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswerLosesIt() throws Exception {
        Http2Options hasty =
                Http2Options.DEFAULT.withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(200));
        HttpHandler big = exchange -> exchange.getResponseSender().send("x".repeat(100_000));
        try (TestServer server = new TestServer(hasty, big);
                RawClient client = server.greet()) {
            client.get(1, "/");

            assertEquals("CANCEL", client.awaitReset(1));
        }
    }

    @Test
    void aHandlerThatTakesItsTimeIsNoStall() throws Exception {
        Http2Options hasty = Http2Options.DEFAULT.withTimeouts(
                Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(200));
        HttpHandler slow = new BlockingHandler(exchange -> {
            Thread.sleep(700);
            exchange.getOutputStream().write("slow".getBytes(StandardCharsets.US_ASCII));
        });
        try (TestServer server = new TestServer(hasty, slow);
                RawClient client = server.greet()) {
            client.get(1, "/");

            assertEquals("200 slow", client.response(1));
        }
    }

    @Test
    void somethingElseThanThePrefaceIsClosed() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, HttpServerExchange::endExchange);
                RawClient client = server.connect()) {
            client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertEquals("PROTOCOL_ERROR", client.awaitGoAway());
            assertTrue(client.closed());
        }
    }
}
