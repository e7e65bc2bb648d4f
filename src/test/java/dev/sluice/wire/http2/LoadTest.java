package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xnio.IoUtils;

/** Much at once, and all of it whole. */
final class LoadTest {
    private static final HttpHandler ECHO = exchange -> exchange.getRequestReceiver()
            .receiveFullBytes((read, body) -> read.getResponseSender().send(ByteBuffer.wrap(body)));

    /** As clients upload to scripts: on a worker, which reads what it gets when it gets it. */
    private static final HttpHandler SCRIPT = new HttpHandler() {
        @Override
        public void handleRequest(HttpServerExchange exchange) throws Exception {
            if (exchange.isInIoThread()) {
                exchange.dispatch(this);
                return;
            }
            exchange.startBlocking();
            byte[] body = exchange.getInputStream().readAllBytes();
            exchange.getOutputStream().write(body);
            exchange.endExchange();
        }
    };

    @ParameterizedTest
    @CsvSource({"io, 65535", "worker, 65535", "worker, 1024", "io, 1048576"})
    void fiftyUploadsOnEachOfTwoConnectionsAreComplete(String thread, int window) throws Exception {
        Http2Options options = Http2Options.DEFAULT.withStreams(100, window);
        try (TestServer server = new TestServer(options, thread.equals("io") ? ECHO : SCRIPT)) {
            List<Http2ClientConnection> clients =
                    List.of(server.client(Http2Options.DEFAULT), server.client(Http2Options.DEFAULT));
            List<Call> calls = new ArrayList<>();
            List<Integer> lengths = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                for (Http2ClientConnection client : clients) {
                    int length = 1000 * i + i;
                    lengths.add(length);
                    calls.add(Call.post(client, "/", length));
                }
            }

            for (int i = 0; i < calls.size(); i++) {
                assertEquals(lengths.get(i), calls.get(i).result().echoed(), "upload " + i);
            }
            clients.forEach(IoUtils::safeClose);
        }
    }

    @Test
    void aThousandStreamsAreOpenAtOnce() throws Exception {
        int many = 1000;
        List<HttpServerExchange> waiting = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(many);
        HttpHandler slow = exchange -> exchange.dispatch(Runnable::run, () -> {
            synchronized (waiting) {
                waiting.add(exchange);
            }
            all.countDown();
        });
        try (TestServer server = new TestServer(Http2Options.DEFAULT.withStreams(many, 65535), slow);
                RawClient client = server.greet()) {
            for (int i = 0; i < many; i++) {
                client.get(2 * i + 1, "/" + i);
            }
            all.await(20, TimeUnit.SECONDS);
            synchronized (waiting) {
                assertEquals(many, waiting.size());
                waiting.forEach(exchange -> exchange.getIoThread()
                        .execute(() -> exchange.getResponseSender().send(exchange.getRequestURI())));
            }

            int ended = 0;
            while (ended < many) {
                RawClient.Received frame = client.await(each -> each.stream() > 0 && each.type() <= Frame.RST_STREAM);
                assertEquals(frame.type() == Frame.RST_STREAM, false, "stream " + frame.stream() + " was reset");
                ended += frame.ends() ? 1 : 0;
            }
        }
    }
}
