package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.InterimSender;
import dev.sluice.wire.NotProcessed;
import io.undertow.client.ClientConnection;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client against our server. */
@Timeout(30)
final class BothRolesTest {
    private static final HttpHandler ECHO_ON_WORKER = new BlockingHandler(exchange -> {
        try (InputStream in = exchange.getInputStream();
                OutputStream out = exchange.getOutputStream()) {
            in.transferTo(out);
        }
    });

    /** Sends back what it gets as it gets it, on the I/O thread. */
    private static void echoOnIoThread(HttpServerExchange exchange) {
        exchange.dispatch(
                Runnable::run, () -> new BodyPump(exchange.getRequestChannel(), exchange.getResponseChannel()).start());
    }

    @ParameterizedTest
    @CsvSource({"1, 65535", "1000, 1", "65535, 65535", "300000, 1024", "8000000, 65535", "8000000, 1048576"})
    void aBodyGoesThereAndBackThroughWorkerThreads(int length, int window) throws Exception {
        Http2Options options = Http2Options.DEFAULT.withStreams(100, window);
        try (TestServer server = new TestServer(options, ECHO_ON_WORKER)) {
            Http2ClientConnection client = server.client(options);

            assertEquals(length, Call.post(client, "/", length).result().echoed());
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 65535", "1000, 1", "300000, 1024", "8000000, 65535", "8000000, 1048576"})
    void aBodyGoesThereAndBackOnTheIoThread(int length, int window) throws Exception {
        Http2Options options = Http2Options.DEFAULT.withStreams(100, window);
        try (TestServer server = new TestServer(options, BothRolesTest::echoOnIoThread)) {
            Http2ClientConnection client = server.client(options);

            assertEquals(length, Call.post(client, "/", length).result().echoed());
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "100, 8, true", "1, 0, false", "16384, 1, true"})
    void framesOfEveryShapeCarryTheSameBytes(int maxData, int padding, boolean buffering) throws Exception {
        Http2Options options = Http2Options.DEFAULT.withFrames(maxData, padding, buffering);
        try (TestServer server = new TestServer(options, BothRolesTest::echoOnIoThread)) {
            Http2ClientConnection client = server.client(options);

            assertEquals(50_000, Call.post(client, "/", 50_000).result().echoed());
            client.close();
        }
    }

    @Test
    void twoHundredStreamsShareAConnection() throws Exception {
        Http2Options options = Http2Options.DEFAULT.withStreams(200, 65535);
        try (TestServer server = new TestServer(options, ECHO_ON_WORKER)) {
            Http2ClientConnection client = server.client(options);
            Call.get(client, "/").result();

            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(Call.post(client, "/" + i, 100_000));
            }

            for (Call call : calls) {
                assertEquals(100_000, call.result().echoed());
            }
            assertEquals(200, client.availableStreams());
            client.close();
        }
    }

    @Test
    void aRequestBeyondTheServersLimitIsNotProcessed() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        HttpHandler waits = new BlockingHandler(exchange -> {
            answer.await();
            exchange.getOutputStream().write(1);
        });
        try (TestServer server = new TestServer(Http2Options.DEFAULT.withStreams(1, 65535), waits)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);
            Call first = Call.get(client, "/");
            Call second = Call.get(client, "/");

            ExecutionException refused = Assertions.assertThrows(ExecutionException.class, second::result);
            answer.countDown();

            assertInstanceOf(NotProcessed.class, refused.getCause());
            assertEquals(200, first.result().status());
            client.close();
        }
    }

    @Test
    void interimResponsesArriveBeforeTheFinalOne() throws Exception {
        HttpString link = new HttpString("link");
        HttpHandler hints = exchange -> {
            HeaderMap early = new HeaderMap();
            early.put(link, "</a.css>");
            ((InterimSender) exchange.getConnection()).sendInterim(103, "", early);
            exchange.getResponseSender().send("done");
        };
        try (TestServer server = new TestServer(Http2Options.DEFAULT.withEarlyHints(true), hints)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);

            Call.Result result = Call.get(client, "/").result();

            assertEquals(List.of("103 </a.css>"), result.interim());
            assertEquals("done", result.text());
            client.close();
        }
    }

    @Test
    void continueComesWhenTheHandlerAsksForTheBody() throws Exception {
        HttpHandler reads = new BlockingHandler(exchange -> {
            io.undertow.server.protocol.http.HttpContinue.sendContinueResponseBlocking(exchange);
            String length = "" + exchange.getInputStream().readAllBytes().length;
            exchange.getOutputStream().write(length.getBytes(StandardCharsets.US_ASCII));
        });
        try (TestServer server = new TestServer(Http2Options.DEFAULT, reads)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);

            Call.Result result =
                    Call.post(client, "/", 10, Headers.EXPECT, "100-continue").result();

            assertEquals(List.of("100 null"), result.interim());
            assertEquals("10", result.text());
            client.close();
        }
    }

    @Test
    void trailersOfARequestStayApartFromItsHeaders() throws Exception {
        HttpString secret = new HttpString("authorization");
        HttpHandler shows = new BlockingHandler(exchange -> {
            exchange.getInputStream().readAllBytes();
            HeaderMap trailers = exchange.getAttachment(HttpAttachments.REQUEST_TRAILERS);
            HeaderMap answer = new HeaderMap();
            answer.put(new HttpString("x-sum"), "7");
            exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, answer);
            String text = exchange.getRequestHeaders().getFirst(secret) + " " + trailers.getFirst(secret);
            exchange.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        });
        try (TestServer server = new TestServer(Http2Options.DEFAULT, shows)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);

            Call call = Call.withTrailer(client, "/", 10, secret, "x");
            Call.Result result = call.result();

            assertEquals("null x", result.text());
            assertEquals("7", result.trailers().getFirst("x-sum"));
            client.close();
        }
    }

    @Test
    void aCanceledRequestIsHeardOfByTheServer() throws Exception {
        CompletableFuture<String> closed = new CompletableFuture<>();
        HttpHandler waits = exchange -> exchange.dispatch(Runnable::run, () -> {
            exchange.getConnection().addCloseListener(connection -> closed.complete("closed"));
            exchange.getResponseSender().send("x", new IoCallback() {
                @Override
                public void onComplete(HttpServerExchange done, Sender sender) {}

                @Override
                public void onException(HttpServerExchange done, Sender sender, IOException why) {}
            });
        });
        try (TestServer server = new TestServer(Http2Options.DEFAULT, waits)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);

            Call.cancelAfterHead(client, "/");

            assertEquals("closed", closed.get(5, TimeUnit.SECONDS));
            assertTrue(client.isOpen());
            client.close();
        }
    }

    @Test
    void aResponseShorterThanItsLengthFails() throws Exception {
        HttpHandler lies = exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, "10");
            exchange.getResponseChannel().write(ByteBuffer.wrap(new byte[3]));
            exchange.endExchange();
        };
        try (TestServer server = new TestServer(Http2Options.DEFAULT, lies)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);

            Call call = Call.get(client, "/");

            Assertions.assertThrows(ExecutionException.class, call::result);
            assertTrue(client.isOpen());
            client.close();
        }
    }

    @Test
    void aGracefulEndServesWhatIsUnderWayAndTakesNoMore() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        HttpHandler waits = new BlockingHandler(exchange -> {
            arrived.countDown();
            answer.await();
            exchange.getOutputStream().write("served".getBytes(StandardCharsets.US_ASCII));
        });
        try (TestServer server = new TestServer(Http2Options.DEFAULT, waits)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);
            CountDownLatch closed = new CountDownLatch(1);
            client.addCloseListener(connection -> closed.countDown());
            Call first = Call.get(client, "/");
            arrived.await();

            server.listener.shutdownGracefully();
            while (client.availableStreams() > 0) {
                Thread.sleep(1);
            }
            ExecutionException refused =
                    Assertions.assertThrows(ExecutionException.class, Call.get(client, "/")::result);
            answer.countDown();

            assertInstanceOf(NotProcessed.class, refused.getCause());
            assertEquals("served", first.result().text());
            assertTrue(closed.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForForever() throws Exception {
        Http2Options impatient =
                Http2Options.DEFAULT.withTimeouts(Duration.ZERO, Duration.ZERO, Duration.ofMillis(200));
        HttpHandler never = exchange -> exchange.dispatch(Runnable::run, () -> {});
        try (TestServer server = new TestServer(Http2Options.DEFAULT, never)) {
            Http2ClientConnection client = server.client(impatient);

            ExecutionException late = Assertions.assertThrows(ExecutionException.class, Call.get(client, "/")::result);

            assertInstanceOf(SocketTimeoutException.class, late.getCause());
            assertTrue(client.isOpen());
            client.close();
        }
    }

    @Test
    void aPingIsAnswered() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, HttpServerExchange::endExchange)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);
            CompletableFuture<String> answer = new CompletableFuture<>();

            client.sendPing(
                    new ClientConnection.PingListener() {
                        @Override
                        public void acknowledged() {
                            answer.complete("acknowledged");
                        }

                        @Override
                        public void failed(IOException why) {
                            answer.completeExceptionally(why);
                        }
                    },
                    5,
                    TimeUnit.SECONDS);

            assertEquals("acknowledged", answer.get(5, TimeUnit.SECONDS));
            client.close();
        }
    }

    @Test
    void aClosedConnectionFailsWhatIsUnderWay() throws Exception {
        HttpHandler never = exchange -> exchange.dispatch(Runnable::run, () -> {});
        try (TestServer server = new TestServer(Http2Options.DEFAULT, never)) {
            Http2ClientConnection client = server.client(Http2Options.DEFAULT);
            Call call = Call.get(client, "/");
            call.sent();

            server.listener.closeConnections();

            ExecutionException failed = Assertions.assertThrows(ExecutionException.class, call::result);
            assertFalse(failed.getCause() instanceof NotProcessed);
        }
    }
}
