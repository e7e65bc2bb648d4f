package dev.sluice.wire.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.InterimSender;
import dev.sluice.wire.Refused;
import dev.sluice.wire.http2.Http2OpenListener;
import dev.sluice.wire.http2.Http2Options;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.OptionMap;

/** What becomes of a connection between and behind its requests. */
class ConnectionsTest {
    private static final int LARGE = 10 * 1024 * 1024;
    private static final String GET = "GET / HTTP/1.1~Host: h~~";
    private static final HttpHandler HELLO =
            exchange -> TestServer.send(exchange, "hello".getBytes(StandardCharsets.US_ASCII));

    @Test
    void aThousandPipelinedRequestsAreAnsweredInOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            requests.append("GET /").append(i).append(" HTTP/1.1~Host: h~~");
            expected.append('<').append(i).append('>');
        }
        HttpHandler shows = exchange -> {
            HttpHandler answer = answered -> answered.getResponseSender()
                    .send("<" + answered.getRequestURI().substring(1) + ">");
            if (exchange.getRequestURI().endsWith("7")) {
                exchange.dispatch(answer);
            } else {
                answer.handleRequest(exchange);
            }
        };

        try (TestServer server = new TestServer(shows);
                RawClient client = server.connect()) {
            client.send(requests.toString());
            String all = client.until("<999>");

            assertEquals(
                    expected.toString(), all.replaceAll("HTTP/1.1 200 OK\r\n|[A-Z][-A-Za-z]+: [^\r]*\r\n|\r\n", ""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET / HTTP/1.1~Host: h~~                                    | false | ''
            GET / HTTP/1.1~Host: h~Connection: close~~                  | true  | close
            GET / HTTP/1.1~Host: h~Connection: x, Close~~               | true  | close
            GET / HTTP/1.1~Host: h~Connection: close, keep-alive~~      | true  | close
            GET / HTTP/1.1~Host: h~Connection: foo~~                    | false | ''
            GET / HTTP/1.0~~                                            | true  | close
            GET / HTTP/1.0~Connection: Keep-Alive~~                     | false | ''
            GET / HTTP/1.1~Host: h~Expect: 100-continue~~               | true  | close
            """)
    void aConnectionIsKeptAsTheClientAsks(String request, boolean closed, String said) throws IOException {
        try (TestServer server = new TestServer(HELLO)) {
            RawClient.Answers answers = server.ask(request);

            assertEquals(closed, answers.closed());
            assertTrue(answers.text().endsWith("\r\n\r\nhello"), answers.text());
            assertEquals(!said.isEmpty(), answers.text().contains("Connection: close"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET / HTTP/1.1~Host: h~~                    | false | 5~hello~0~~
            GET / HTTP/1.1~Host: h~Connection: close~~  | true  | 5~hello~0~~
            GET / HTTP/1.0~Connection: keep-alive~~     | true  | hello
            HEAD / HTTP/1.1~Host: h~~                   | false | ''
            """)
    void aBodyOfUnknownLengthHasAnEnd(String request, boolean closed, String body) throws IOException {
        HttpHandler withoutLength = new BlockingHandler(exchange -> {
            exchange.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            exchange.getOutputStream().flush();
        });

        try (TestServer server = new TestServer(withoutLength)) {
            RawClient.Answers answers = server.ask(request);

            assertEquals(new String(RawClient.bytes(body), StandardCharsets.ISO_8859_1), answers.body());
            assertEquals(closed, answers.closed());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLargeBodyComesBackWhole(boolean chunked) throws Exception {
        byte[] body = new byte[LARGE];
        new Random(1).nextBytes(body);
        HttpHandler echo = new BlockingHandler(exchange -> {
            if (!chunked) {
                exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, Integer.toString(LARGE));
            }
            exchange.getInputStream().transferTo(exchange.getOutputStream());
        });

        try (TestServer server = new TestServer(echo);
                RawClient client = server.connect()) {
            for (int round = 0; round < 2; round++) {
                Thread writer = new Thread(() -> write(client, body, chunked));
                writer.start();
                client.until("\r\n\r\n");
                byte[] back = chunked ? dechunked(client) : client.exactly(LARGE);
                writer.join();

                assertTrue(Arrays.equals(back, body));
            }
        }
    }

    private static void write(RawClient client, byte[] body, boolean chunked) {
        try {
            if (!chunked) {
                client.send("POST / HTTP/1.1~Host: h~Content-Length: " + body.length + "~~");
                client.send(body);
                return;
            }
            client.send("POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~");
            int size = 77_777;
            for (int from = 0; from < body.length; from += size) {
                int to = Math.min(body.length, from + size);
                client.send(Integer.toHexString(to - from) + "~");
                client.send(Arrays.copyOfRange(body, from, to));
                client.send("~");
            }
            client.send("0~~");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] dechunked(RawClient client) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        int size = Integer.parseInt(client.until("\r\n").strip(), 16);
        while (size > 0) {
            all.write(client.exactly(size));
            client.exactly(2);
            size = Integer.parseInt(client.until("\r\n").strip(), 16);
        }
        client.exactly(2);
        return all.toByteArray();
    }

    @Test
    void aFileIsSentBehindItsHead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("file");
        byte[] body = new byte[LARGE];
        new Random(2).nextBytes(body);
        Files.write(file, body);
        HttpHandler sends = new BlockingHandler(exchange -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, Integer.toString(LARGE));
            exchange.getResponseSender().transferFrom(channel, IoCallback.END_EXCHANGE);
        });

        try (TestServer server = new TestServer(sends);
                RawClient client = server.connect()) {
            client.send(GET + GET);
            client.until("\r\n\r\n");
            byte[] first = client.exactly(LARGE);
            client.until("\r\n\r\n");
            byte[] second = client.exactly(LARGE);

            assertTrue(Arrays.equals(first, body));
            assertTrue(Arrays.equals(second, body));
        }
    }

    @Test
    void aBodyThatNobodyReadsIsNoRequest() throws IOException {
        try (TestServer server = new TestServer(HELLO)) {
            RawClient.Answers fixed =
                    server.ask("POST / HTTP/1.1~Host: h~Content-Length: 26~~" + "GET /x HTTP/1.1~Host: h~~~" + GET);
            RawClient.Answers broken = server.ask("POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~x~" + GET);

            assertEquals(List.of(200, 200), fixed.statuses());
            assertEquals(List.of(200), broken.statuses());
            assertTrue(broken.closed());
        }
    }

    @Test
    void aBodyIsAskedForWhenItIsRead() throws IOException {
        try (TestServer server = new TestServer(TestServer.ECHO);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1~Host: h~Content-Length: 3~Expect: 100-continue~~");
            String interim = client.until("\r\n\r\n");
            client.send("abc");
            String answer = client.until("abc");

            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", interim);
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        }
    }

    @Test
    void aBodyThatIsNotAskedForEndsTheConnection() throws IOException {
        try (TestServer server = new TestServer(HELLO)) {
            RawClient.Answers answers = server.ask("POST / HTTP/1.1~Host: h~Content-Length: 3~Expect: 100-continue~~");

            assertEquals(List.of(200), answers.statuses());
            assertTrue(answers.closed());
        }
    }

    @Test
    void interimResponsesComeBeforeTheFinalOne() throws IOException {
        HttpHandler hints = exchange -> {
            HeaderMap links = new HeaderMap();
            links.put(new HttpString("Link"), "</x>");
            ((InterimSender) exchange.getConnection()).sendInterim(103, "", links);
            HELLO.handleRequest(exchange);
        };

        try (TestServer server = new TestServer(hints)) {
            RawClient.Answers modern = server.ask(GET);
            RawClient.Answers old = server.ask("GET / HTTP/1.0~~");

            assertTrue(
                    modern.text().startsWith("HTTP/1.1 103 Unknown\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n"),
                    modern.text());
            assertEquals(List.of(200), old.statuses());
        }
    }

    @Test
    void trailersGoBothWays() throws IOException {
        HttpHandler trailers = exchange -> exchange.getRequestReceiver().receiveFullBytes((answered, body) -> {
            HeaderMap sent = new HeaderMap();
            sent.put(
                    new HttpString("X-Back"),
                    answered.getAttachment(HttpAttachments.REQUEST_TRAILERS).getFirst("X-There"));
            answered.putAttachment(HttpAttachments.RESPONSE_TRAILERS, sent);
            answered.getResponseHeaders().put(Headers.TRANSFER_ENCODING, "chunked");
            answered.getResponseSender().send(ByteBuffer.wrap(body), new Closes());
        });

        try (TestServer server = new TestServer(trailers)) {
            String body = server.ask("POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~3~abc~0~X-There: a~~")
                    .body();

            assertEquals("3\r\nabc\r\n0\r\nX-Back: a\r\n\r\n", body);
        }
    }

    private static final class Closes implements IoCallback {
        @Override
        public void onComplete(HttpServerExchange done, io.undertow.io.Sender sender) {
            done.endExchange();
        }

        @Override
        public void onException(HttpServerExchange done, io.undertow.io.Sender sender, IOException e) {
            done.endExchange();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\0b", "a\u010d\u010ab"})
    void aHeaderThatWouldBeTwoIsNotSent(String value) throws IOException {
        HttpHandler splits = exchange -> {
            exchange.getResponseHeaders().put(new HttpString("X-Split"), value);
            HELLO.handleRequest(exchange);
        };

        try (TestServer server = new TestServer(splits)) {
            RawClient.Answers answers = server.ask(GET);

            assertTrue(answers.text().startsWith("HTTP/1.1 500 "), answers.text());
            assertFalse(answers.text().contains("X-Split"));
            assertFalse(answers.text().contains("Set-Cookie"));
            assertFalse(answers.text().contains("hello"));
            assertTrue(answers.closed());
        }
    }

    @Test
    void theHeadBeginsWithDateAndServerAndEndsWithTheBodysFields() throws IOException {
        HttpHandler answers = exchange -> {
            exchange.getResponseHeaders()
                    .put(Headers.CONTENT_TYPE, "text/plain")
                    .put(Headers.SERVER, "s")
                    .put(Headers.ETAG, "e")
                    .put(Headers.DATE, "d");
            exchange.setReasonPhrase("Fine");
            HELLO.handleRequest(exchange);
        };

        try (TestServer server = new TestServer(answers)) {
            String text = server.ask("GET / HTTP/1.0~~").text();

            assertEquals(
                    "HTTP/1.1 200 Fine\r\nDate: d\r\nServer: s\r\nETag: e\r\nContent-Length: 5\r\n"
                            + "Connection: close\r\nContent-Type: text/plain\r\n\r\nhello",
                    text);
        }
    }

    @ParameterizedTest
    @CsvSource({"204", "304"})
    void aStatusWithoutBodyHasNone(int status) throws IOException {
        HttpHandler empty = exchange -> {
            exchange.setStatusCode(status);
            exchange.endExchange();
        };

        try (TestServer server = new TestServer(empty)) {
            RawClient.Answers answers = server.ask(GET + GET);

            assertEquals(List.of(status, status), answers.statuses());
            assertFalse(answers.text().contains("Content-Length"));
            assertFalse(answers.text().contains("Transfer-Encoding"));
        }
    }

    @Test
    void aHandlerOnAWorkerAnswersABrokenBody() throws IOException {
        HttpHandler reads = new BlockingHandler(exchange -> {
            try {
                exchange.getInputStream().readAllBytes();
            } catch (Refused e) {
                exchange.setStatusCode(e.refusal().status());
            }
            exchange.getOutputStream().write("read".getBytes(StandardCharsets.US_ASCII));
        });

        try (TestServer server = new TestServer(reads)) {
            String head = "POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~";
            RawClient.Answers whole = server.ask(head + "3~abc~0~~");
            RawClient.Answers broken = server.ask(head + "3~abc^");
            RawClient.Answers large = server.ask(head + "ffffffffffffffff~abc");

            assertEquals(200, whole.status());
            assertFalse(whole.closed());
            assertEquals(400, broken.status());
            assertTrue(broken.closed());
            assertEquals(413, large.status());
        }
    }

    @Test
    void anUpgradedConnectionSpeaksFreely() throws IOException {
        HttpHandler upgrades = exchange -> {
            exchange.upgradeChannel((connection, upgraded) -> {
                connection.getSourceChannel().setReadListener(source -> {
                    try {
                        ByteBuffer bytes = ByteBuffer.allocate(100);
                        while (source.read(bytes) > 0) {
                            connection.getSinkChannel().write(bytes.flip());
                            bytes.clear();
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                connection.getSourceChannel().resumeReads();
            });
            exchange.getResponseHeaders().put(Headers.UPGRADE, "echo");
            exchange.endExchange();
        };

        try (TestServer server = new TestServer(upgrades);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1~Host: h~Connection: Upgrade~Upgrade: echo~~early");
            String head = client.until("early");
            client.send("late");
            String late = client.until("late");

            assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
            assertTrue(head.contains("Upgrade: echo"), head);
            assertTrue(head.contains("Connection: Upgrade"), head);
            assertFalse(head.contains("Content-Length"));
            assertEquals("late", late);
        }
    }

    @Test
    void aSlowHeadIsAnsweredAndSilenceIsNot() throws IOException {
        Http1Options hasty = TestServer.timeouts(Duration.ofMillis(300), Duration.ofMillis(300));
        try (TestServer server = new TestServer(hasty, HELLO)) {
            RawClient.Answers head = server.ask("GET / HTTP/1.1~Hos");
            RawClient.Answers line = server.ask("GET / HT");
            RawClient.Answers nothing = server.ask("");
            RawClient idle = server.connect();
            idle.send(GET);
            RawClient.Answers kept = idle.answers(2000);
            idle.close();

            assertEquals(408, head.status());
            assertEquals(new RawClient.Answers("", true), line);
            assertEquals(new RawClient.Answers("", true), nothing);
            assertEquals(List.of(200), kept.statuses());
            assertTrue(kept.closed());
        }
    }

    @Test
    void aHeadThatDripsDoesNotLiveOn() throws Exception {
        Http1Options hasty = TestServer.timeouts(Duration.ofMillis(400), Duration.ofSeconds(20));
        try (TestServer server = new TestServer(hasty, HELLO);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1~X: ");
            for (int i = 0; i < 8; i++) {
                Thread.sleep(100);
                client.send("a");
            }

            assertEquals(408, client.answers().status());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSlowBodyIsAnswered(boolean onWorker) throws IOException {
        Http1Options hasty = TestServer.timeouts(Duration.ofMillis(300), Duration.ofSeconds(20));
        HttpHandler blocking = new BlockingHandler(exchange -> {
            try {
                exchange.getInputStream().readAllBytes();
            } catch (Refused e) {
                exchange.setStatusCode(e.refusal().status());
            }
        });

        try (TestServer server = new TestServer(hasty, onWorker ? blocking : TestServer.ECHO)) {
            RawClient.Answers answers = server.ask("POST / HTTP/1.1~Host: h~Content-Length: 10~~abc");

            assertEquals(408, answers.status(), answers.text());
            assertTrue(answers.closed());
        }
    }

    @Test
    void aClientThatDoesNotReadIsGivenUp() throws Exception {
        Http1Options hasty = TestServer.timeouts(Duration.ofMillis(500), Duration.ofSeconds(20));
        byte[] body = new byte[4 * LARGE];
        try (TestServer server = new TestServer(hasty, exchange -> TestServer.send(exchange, body));
                RawClient client = server.connect()) {
            client.send(GET);
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            Thread.sleep(200);
            while (server.listener.activeConnections() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }

            assertEquals(0, server.listener.activeConnections());
        }
    }

    @Test
    void anAnswerSurvivesWhatTheClientStillSends() throws IOException {
        try (TestServer server = new TestServer(HELLO);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1~Host: a/b~~");
            client.send(new byte[LARGE]);

            assertEquals(400, client.answers().status());
        }
    }

    @Test
    void thePrefaceOfHttp2IsHandedOn() throws Exception {
        try (TestServer server = new TestServer(HELLO);
                RawClient client = server.connect()) {
            server.listener.setHttp2(
                    new Http2OpenListener(TestServer.POOL, HELLO, OptionMap.EMPTY, () -> Http2Options.DEFAULT));
            client.send("PRI * HTTP/2.0~~S");
            Thread.sleep(50);
            client.send("M~~{00}{00}{00}{04}{00}{00}{00}{00}{00}");

            byte[] frame = client.exactly(9);

            assertEquals(4, frame[3], "SETTINGS");
        }
    }

    @Test
    void aRetiredListenerEndsItsConnections() throws Exception {
        try (TestServer server = new TestServer(HELLO);
                RawClient idle = server.connect()) {
            idle.send(GET);
            idle.until("hello");
            server.listener.shutdownGracefully();
            RawClient.Answers late = server.ask(GET);

            assertEquals(new RawClient.Answers("", true), idle.answers());
            assertTrue(late.text().contains("Connection: close"), late.text());
            assertTrue(late.closed());
        }
    }

    @Test
    void anyBytesEndInAnAnswerOrAClosedConnection() throws IOException {
        String[] pieces = {
            "GET / HTTP/1.1~",
            "Host: h~",
            "~",
            "Content-Length: 5~",
            "Transfer-Encoding: chunked~",
            "POST /x HTTP/1.1~",
            "5~hello~",
            "0~~",
            "abc",
            "{00}",
            "^",
            "{ff}",
            " ",
            ":",
            "Expect: 100-continue~",
            "HTTP/1.0~",
            "HEAD /"
        };
        Random random = new Random(42);
        try (TestServer server = new TestServer(TestServer.ECHO)) {
            for (int i = 0; i < 2000; i++) {
                StringBuilder input = new StringBuilder();
                for (int n = random.nextInt(12); n >= 0; n--) {
                    input.append(pieces[random.nextInt(pieces.length)]);
                }
                byte[] noise = new byte[random.nextInt(20)];
                random.nextBytes(noise);
                try (RawClient client = server.connect()) {
                    client.send(input.toString());
                    client.send(noise);
                    client.socket.shutdownOutput();

                    RawClient.Answers answers = client.answers(5000);

                    assertTrue(answers.closed(), input.toString());
                    assertFalse(answers.statuses().contains(500));
                }
            }
        }
    }
}
