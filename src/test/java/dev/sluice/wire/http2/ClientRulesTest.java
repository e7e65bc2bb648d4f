package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.NotProcessed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client before a server that does as the test wants. */
@Timeout(30)
final class ClientRulesTest {
    private ServerSocket listening;
    private Http2ClientConnection client;
    private RawClient server;

    @BeforeEach
    void connect() throws Exception {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        client = TestServer.client(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort()),
                Http2Options.DEFAULT);
        server = new RawClient(listening.accept());
        server.welcome();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        server.close();
        listening.close();
    }

    @Test
    void theRequestIsWhatHttp2WantsOfIt() throws Exception {
        Call call = Call.withTrailer(client, "/a?b", 3, new io.undertow.util.HttpString("X-Sum"), "1");
        RawClient.Received head = server.await(Frame.HEADERS, 1);
        RawClient.Received body = server.await(Frame.DATA, 1);
        RawClient.Received trailers = server.await(Frame.HEADERS, 1);
        server.headers(1, true, ":status", "204");

        assertEquals(
                "[:method: POST, :scheme: http, :authority: a.test, :path: /a?b]",
                head.fields().toString());
        assertEquals(3, body.size());
        assertEquals("[x-sum: 1]", trailers.fields().toString());
        assertTrue(trailers.ends());
        assertEquals(204, call.result().status());
    }

    @Test
    void aGoAwaySortsTheServedFromTheUnseen() throws Exception {
        Call served = Call.get(client, "/1");
        Call unseen = Call.get(client, "/2");
        server.await(Frame.HEADERS, 3);
        server.send(
                Frame.GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(1).putInt(0).array());
        ExecutionException failed = assertThrows(ExecutionException.class, unseen::result);
        server.headers(1, false, ":status", "200");
        server.data(1, "served".getBytes(StandardCharsets.US_ASCII), true);

        assertInstanceOf(NotProcessed.class, failed.getCause());
        assertEquals("served", served.result().text());
        assertEquals(0, client.availableStreams());
        assertTrue(server.closed());
    }

    @ParameterizedTest
    @CsvSource({"7, true", "8, false", "2, false"})
    void onlyARefusalSaysThatNothingWasDone(int code, boolean notProcessed) throws Exception {
        Call call = Call.get(client, "/");
        server.await(Frame.HEADERS, 1);
        server.sendNumber(Frame.RST_STREAM, 1, code);

        ExecutionException failed = assertThrows(ExecutionException.class, call::result);

        assertEquals(notProcessed, failed.getCause() instanceof NotProcessed);
        assertTrue(client.isOpen());
    }

    @Test
    void aResponseThatDoesNotWaitForTheRequestIsWhole() throws Exception {
        Call call = Call.post(client, "/", 1_000_000);
        server.await(Frame.HEADERS, 1);
        server.headers(1, false, ":status", "413");
        server.data(1, "enough".getBytes(StandardCharsets.US_ASCII), true);
        server.sendNumber(Frame.RST_STREAM, 1, Http2Error.NO_ERROR);

        Call.Result result = call.result();

        assertEquals("413 enough", result.status() + " " + result.text());
        assertTrue(client.isOpen());
    }

    @ParameterizedTest
    @CsvSource({"x, a\u0001b", "connection, close", "X, upper", ":path, /", "content-length, x"})
    void aMalformedResponseFailsItsStreamOnly(String name, String value) throws Exception {
        Call call = Call.get(client, "/");
        server.await(Frame.HEADERS, 1);
        server.headers(1, true, ":status", "200", name, value);

        ExecutionException failed = assertThrows(ExecutionException.class, call::result);

        assertEquals("PROTOCOL_ERROR", server.awaitReset(1));
        assertFalse(failed.getCause() instanceof NotProcessed);
        assertTrue(client.isOpen());
    }

    @Test
    void aHeadThatEndsLessThanItsLengthIsMalformed() throws Exception {
        Call call = Call.get(client, "/");
        server.await(Frame.HEADERS, 1);
        server.headers(1, true, ":status", "200", "content-length", "5");

        assertThrows(ExecutionException.class, call::result);
        assertEquals("PROTOCOL_ERROR", server.awaitReset(1));
    }

    @Test
    void aNotModifiedMayNameTheLengthItDoesNotSend() throws Exception {
        Call call = Call.get(client, "/");
        server.await(Frame.HEADERS, 1);
        server.headers(1, true, ":status", "304", "content-length", "5");

        assertEquals(304, call.result().status());
    }

    @Test
    void streamsAreFreeAsTheServerSays() throws Exception {
        server.settings(Frame.SETTINGS_MAX_CONCURRENT_STREAMS, 3);
        server.await(frame -> frame.type() == Frame.SETTINGS && (frame.flags() & Frame.ACK) != 0);
        Call call = Call.get(client, "/");
        server.await(Frame.HEADERS, 1);
        int busy = client.availableStreams();
        server.headers(1, true, ":status", "204");
        call.result();

        assertEquals(2, busy);
        assertEquals(3, client.availableStreams());
    }

    @Test
    void aPushIsAnError() throws Exception {
        Call call = Call.get(client, "/");
        server.await(Frame.HEADERS, 1);
        server.send(Frame.PUSH_PROMISE, Frame.END_HEADERS, 1, new byte[4]);

        assertEquals("PROTOCOL_ERROR", server.awaitGoAway());
        assertThrows(ExecutionException.class, call::result);
    }
}
