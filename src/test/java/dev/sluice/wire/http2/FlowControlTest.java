package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class FlowControlTest {
    private static final HttpHandler COUNT = new BlockingHandler(exchange -> {
        int length = exchange.getInputStream().readAllBytes().length;
        exchange.getResponseSender().send("" + length);
    });

    private static Http2Options window(int size) {
        return Http2Options.DEFAULT.withStreams(100, size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 65535, 131072, 1 << 20, 1 << 24})
    void theAnnouncedWindowIsThereInFull(int size) throws Exception {
        HttpHandler never = exchange -> exchange.dispatch(Runnable::run, () -> {});
        try (TestServer server = new TestServer(window(size), never);
                RawClient client = server.connect()) {
            client.write(FrameReader.PREFACE);
            client.settings();
            RawClient.Received update = client.await(Frame.WINDOW_UPDATE, 0);
            client.send(Frame.SETTINGS, Frame.ACK, 0, new byte[0]);
            client.post(1, "/");
            for (int left = Math.min(size, 1 << 20); left > 0; left -= 1024) {
                client.data(1, new byte[Math.min(left, 1024)], false);
            }
            client.send(Frame.PING, 0, 0, new byte[8]);

            RawClient.Received answer = client.await(each -> each.type() != Frame.SETTINGS);

            assertEquals(Integer.MAX_VALUE - 65535, update.number(0));
            assertEquals(Frame.PING, answer.type());
        }
    }

    @Test
    void aByteAboveTheWindowEndsTheStream() throws Exception {
        HttpHandler never = exchange -> exchange.dispatch(Runnable::run, () -> {});
        try (TestServer server = new TestServer(window(1024), never);
                RawClient client = server.greet()) {
            client.post(1, "/");
            client.data(1, new byte[1024], false);
            client.data(1, new byte[1], false);

            assertEquals("FLOW_CONTROL_ERROR", client.awaitReset(1));
        }
    }

    @Test
    void aClientMayUseTheDefaultWindowUntilItKnowsOfTheSmallerOne() throws Exception {
        try (TestServer server = new TestServer(window(1024), COUNT);
                RawClient client = server.connect()) {
            client.write(FrameReader.PREFACE);
            client.settings();
            client.post(1, "/");
            for (int i = 0; i < 60; i++) {
                client.data(1, new byte[1024], i == 59);
            }

            assertEquals("200 61440", client.response(1));
        }
    }

    @Test
    void discardedBytesAreCreditedToTheConnection() throws Exception {
        Http2Options small = smallConnectionWindow();
        HttpHandler ignores = exchange -> exchange.getResponseSender().send("ignored");
        try (TestServer server = new TestServer(small, ignores);
                RawClient client = server.greet()) {
            for (int stream = 1; stream < 100; stream += 2) {
                client.post(stream, "/");
                client.data(stream, new byte[4000], false);
                client.sendNumber(Frame.RST_STREAM, stream, Http2Error.CANCEL);
            }
            client.get(101, "/");

            assertEquals("200 ignored", client.response(101));
        }
    }

    @Test
    void bytesThatNobodyReadsAreCreditedWhenTheStreamIsReset() throws Exception {
        HttpHandler never = exchange -> {
            if (exchange.getRequestURI().equals("/hold")) {
                exchange.dispatch(Runnable::run, () -> {});
            } else {
                exchange.getResponseSender().send("free");
            }
        };
        try (TestServer server = new TestServer(smallConnectionWindow(), never);
                RawClient client = server.greet()) {
            int window = 65535;
            for (int stream = 1; stream < 60; stream += 2) {
                while (window < 32000) {
                    window += client.await(Frame.WINDOW_UPDATE, 0).number(0);
                }
                window -= 32000;
                client.post(stream, "/hold");
                client.data(stream, new byte[16000], false);
                client.data(stream, new byte[16000], false);
                client.sendNumber(Frame.RST_STREAM, stream, Http2Error.CANCEL);
            }
            client.get(61, "/");

            assertEquals("200 free", client.response(61));
        }
    }

    private static Http2Options smallConnectionWindow() {
        Http2Options all = Http2Options.DEFAULT;
        return new Http2Options(
                all.maxConcurrentStreams(),
                all.initialWindowSize(),
                65535,
                all.maxHeaderListSize(),
                all.maxHeaderFields(),
                all.maxFieldSize(),
                all.maxRequestLine(),
                all.maxDataFrameLength(),
                all.maxStreamErrors(),
                all.paddingBits(),
                all.timeout(),
                all.keepAliveTimeout(),
                all.streamTimeout(),
                all.outputBuffering(),
                all.connectProtocol(),
                all.earlyHints(),
                all.output());
    }

    @Test
    void paddingCountsAndIsGivenBack() throws Exception {
        try (TestServer server = new TestServer(window(1024), COUNT);
                RawClient client = server.greet()) {
            client.post(1, "/");
            byte[] padded = new byte[301];
            padded[0] = (byte) 200;
            int credit = 1024;
            for (int i = 0; i < 50; i++) {
                while (credit < padded.length) {
                    credit += client.await(Frame.WINDOW_UPDATE, 1).number(0);
                }
                credit -= padded.length;
                client.send(Frame.DATA, Frame.PADDED | (i == 49 ? Frame.END_STREAM : 0), 1, padded);
            }

            assertEquals("200 5000", client.response(1));
        }
    }

    @Test
    void aShutWindowHoldsTheBodyNotTheHead() throws Exception {
        HttpHandler body = exchange -> exchange.getResponseSender().send("0123456789");
        try (TestServer server = new TestServer(Http2Options.DEFAULT, body);
                RawClient client = server.connect()) {
            client.preface(Frame.SETTINGS_INITIAL_WINDOW_SIZE, 0);
            client.get(1, "/");

            RawClient.Received head = client.await(Frame.HEADERS, 1);
            client.sendNumber(Frame.WINDOW_UPDATE, 1, 4);
            RawClient.Received first = client.await(Frame.DATA, 1);
            client.settings(Frame.SETTINGS_INITIAL_WINDOW_SIZE, 6);
            RawClient.Received rest = client.await(Frame.DATA, 1);

            assertEquals(":status: 200", head.fields().get(0));
            assertEquals("0123", first.text());
            assertEquals("456789", rest.text());
            assertTrue(rest.ends());
        }
    }

    @Test
    void aWindowAboveTheGreatestEndsItsStream() throws Exception {
        HttpHandler never = exchange -> exchange.dispatch(Runnable::run, () -> {});
        try (TestServer server = new TestServer(Http2Options.DEFAULT, never);
                RawClient client = server.greet()) {
            client.get(1, "/");
            client.sendNumber(Frame.WINDOW_UPDATE, 1, Integer.MAX_VALUE);

            assertEquals("FLOW_CONTROL_ERROR", client.awaitReset(1));
        }
    }

    @Test
    void manySlowReadersShareTheConnection() throws Exception {
        ByteBuffer body = ByteBuffer.allocateDirect(300_000);
        HttpHandler big = exchange -> exchange.getResponseSender().send(body.duplicate());
        try (TestServer server = new TestServer(Http2Options.DEFAULT, big);
                RawClient client = server.connect()) {
            client.preface(Frame.SETTINGS_INITIAL_WINDOW_SIZE, 1 << 20);
            int streams = 20;
            for (int i = 0; i < streams; i++) {
                client.get(2 * i + 1, "/");
            }
            long received = 0;
            int ended = 0;
            while (ended < streams) {
                RawClient.Received frame = client.await(each -> each.type() == Frame.DATA);
                received += frame.size();
                ended += frame.ends() ? 1 : 0;
                client.sendNumber(Frame.WINDOW_UPDATE, 0, Math.max(1, frame.size()));
            }

            assertEquals(300_000L * streams, received);
        }
    }

    @Test
    void anEmptyAnswerNeedsNoWindow() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, HttpServerExchange::endExchange);
                RawClient client = server.connect()) {
            client.preface(Frame.SETTINGS_INITIAL_WINDOW_SIZE, 0);
            client.get(1, "/");

            assertEquals("200", client.response(1));
        }
    }
}
