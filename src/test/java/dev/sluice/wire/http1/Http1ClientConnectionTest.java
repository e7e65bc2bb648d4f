package dev.sluice.wire.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.InterimResponses;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSourceChannel;

/** The connection alone, against a backend of bare sockets. */
class Http1ClientConnectionTest {
    private final DefaultByteBufferPool pool = new DefaultByteBufferPool(true, 16 * 1024, -1, 4);
    private XnioWorker worker;

    @BeforeEach
    void start() throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.THREAD_DAEMON, true));
    }

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    /** What came back for one request. */
    private record Answer(int status, HeaderMap headers, String body, HeaderMap trailers, List<String> interims) {}

    private Http1ClientConnection connect(RawBackend backend) throws Exception {
        XnioIoThread thread = worker.getIoThread();
        CompletableFuture<Http1ClientConnection> connected = new CompletableFuture<>();
        StreamConnection stream = thread.openStreamConnection(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), backend.port()),
                        null,
                        OptionMap.create(Options.TCP_NODELAY, true))
                .get();
        stream.getIoThread().execute(() -> connected.complete(new Http1ClientConnection(stream, pool)));
        return connected.get(5, TimeUnit.SECONDS);
    }

    private static ClientRequest get() {
        ClientRequest request = new ClientRequest().setMethod(Methods.GET).setPath("/x");
        request.getRequestHeaders().put(Headers.HOST, "b");
        return request;
    }

    private CompletableFuture<Answer> send(Http1ClientConnection connection, ClientRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        List<String> interims = new ArrayList<>();
        connection
                .getIoThread()
                .execute(() -> connection.sendRequest(request, new ClientCallback<>() {
                    @Override
                    public void completed(ClientExchange started) {
                        ((InterimResponses) started)
                                .setInterimHandler((status, reason, headers) ->
                                        interims.add(status + " " + headers.getFirst("Link")));
                        started.setResponseListener(new ClientCallback<>() {
                            @Override
                            public void completed(ClientExchange exchange) {
                                read(exchange, new StringBuilder(), interims, answer);
                            }

                            @Override
                            public void failed(IOException e) {
                                answer.completeExceptionally(e);
                            }
                        });
                    }

                    @Override
                    public void failed(IOException e) {
                        answer.completeExceptionally(e);
                    }
                }));
        return answer;
    }

    private static void read(
            ClientExchange exchange, StringBuilder body, List<String> interims, CompletableFuture<Answer> answer) {
        StreamSourceChannel source = exchange.getResponseChannel();
        source.getReadSetter().set(ready -> read(exchange, body, interims, answer));
        ByteBuffer buffer = ByteBuffer.allocate(100);
        try {
            while (true) {
                buffer.clear();
                int count = source.read(buffer);
                if (count == 0) {
                    source.resumeReads();
                    return;
                }
                if (count < 0) {
                    source.suspendReads();
                    answer.complete(new Answer(
                            exchange.getResponse().getResponseCode(),
                            exchange.getResponse().getResponseHeaders(),
                            body.toString(),
                            exchange.getAttachment(HttpAttachments.RESPONSE_TRAILERS),
                            interims));
                    return;
                }
                body.append(new String(buffer.array(), 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            source.suspendReads();
            answer.completeExceptionally(e);
        }
    }

    private static Answer await(CompletableFuture<Answer> answer) throws Exception {
        return answer.get(5, TimeUnit.SECONDS);
    }

    private static boolean becomes(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        return condition.getAsBoolean();
    }

    @Test
    void oneRequestFollowsAnother() throws Exception {
        try (RawBackend backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            Http1ClientConnection connection = connect(backend);

            for (int i = 0; i < 20; i++) {
                assertEquals("ok", await(send(connection, get())).body());
            }

            assertEquals(1, backend.connections());
            assertEquals(20, connection.requests());
            assertEquals("GET /x HTTP/1.1\r\nHost: b\r\n\r\n", backend.heads().get(0));
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            value  | X-A      | a\\r\\nX-B: c
            value  | X-A      | a\\nb
            value  | X-A      | a\\rb
            value  | X-A      | a\\0b
            value  | X-A      | a\\177b
            value  | X-A      | a\\u010Ab
            name   | X A      | b
            name   | X-A:     | b
            target | /a b     | b
            target | /a\\r\\nb | b
            target | /a\\tb   | b
            target | ''       | b
            method | G ET     | b
            """)
    void whatIsNoRequestIsNotSent(String part, String name, String value) throws Exception {
        String first = octets(name);
        try (RawBackend backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            Http1ClientConnection connection = connect(backend);
            ClientRequest request = get();
            switch (part) {
                case "value", "name" -> request.getRequestHeaders().put(new HttpString(first), octets(value));
                case "target" -> request.setPath(first);
                default -> request.setMethod(new HttpString(first));
            }

            ExecutionException refused = assertThrows(ExecutionException.class, () -> await(send(connection, request)));
            Answer next = await(send(connection, get()));

            assertInstanceOf(RequestException.class, refused.getCause());
            assertEquals("ok", next.body());
            assertEquals(List.of("GET /x HTTP/1.1\r\nHost: b\r\n\r\n"), backend.heads());
        }
    }

    private static String octets(String written) {
        return written.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\177", "\u007f")
                .replace("\\u010A", "\u010A");
    }

    @Test
    void twoLengthsOfARequestAreNotSent() throws Exception {
        try (RawBackend backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            Http1ClientConnection connection = connect(backend);
            ClientRequest request = get();
            request.getRequestHeaders().put(Headers.CONTENT_LENGTH, "3").put(Headers.TRANSFER_ENCODING, "chunked");

            ExecutionException refused = assertThrows(ExecutionException.class, () -> await(send(connection, request)));

            assertInstanceOf(RequestException.class, refused.getCause());
        }
    }

    @Test
    void interimResponsesAreToldInOrder() throws Exception {
        try (RawBackend backend =
                RawBackend.answering("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Go\r\n"
                        + "Link: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            Http1ClientConnection connection = connect(backend);

            Answer first = await(send(connection, get()));
            Answer second = await(send(connection, get()));

            assertEquals(List.of("103 </a>", "100 b"), first.interims());
            assertEquals("ok", second.body());
        }
    }

    @Test
    void trailersAreKeptApartFromHeaders() throws Exception {
        try (RawBackend backend = RawBackend.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-T: v\r\n\r\n")) {
            Http1ClientConnection connection = connect(backend);

            Answer answer = await(send(connection, get()));

            assertEquals("v", answer.trailers().getFirst("X-T"));
            assertFalse(answer.headers().contains("X-T"));
            assertTrue(connection.isIdle());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            HTTP/1.1 200 OK\\nContent-Length: 2\\n\\nok                                | true
            HTTP/1.1 200 OK\\nContent-Length: 2\\nConnection: close\\n\\nok            | false
            HTTP/1.1 200 OK\\nContent-Length: 2\\nConnection: x , CLOSE\\n\\nok        | false
            HTTP/1.1 200 OK\\nContent-Length: 2\\nConnection: closed\\n\\nok           | true
            HTTP/1.0 200 OK\\nContent-Length: 2\\n\\nok                                | false
            HTTP/1.0 200 OK\\nContent-Length: 2\\nConnection: Keep-Alive\\n\\nok       | true
            HTTP/1.1 200 OK\\nContent-Length: 2\\nContent-Length: 2\\n\\nok            | false
            HTTP/1.1 200 OK\\nContent-Length: 9\\nTransfer-Encoding: chunked\\n\\n2\\nok\\n0\\n\\n | false
            HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n2\\nok\\n0\\n\\n         | true
            HTTP/1.1 304 Not\\nContent-Length: 2\\n\\n                                 | true
            HTTP/1.1 204 No\\n\\n                                                      | true
            HTTP/1.1 200 OK\\nContent-Length: 2\\n\\nokmore                            | false
            """)
    void aConnectionIsKeptWhereTheNextMessageCanBeTold(String response, boolean kept) throws Exception {
        try (RawBackend backend = RawBackend.answering(response.replace("\\n", "\r\n"))) {
            Http1ClientConnection connection = connect(backend);

            await(send(connection, get()));

            assertTrue(becomes(() -> kept ? connection.isIdle() : !connection.isOpen()));
        }
    }

    @Test
    void anIdleConnectionNoticesItsEnd() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
            peer.readHead();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        })) {
            Http1ClientConnection connection = connect(backend);
            CompletableFuture<Boolean> closed = new CompletableFuture<>();
            connection.addCloseListener(gone -> closed.complete(true));

            await(send(connection, get()));

            assertTrue(closed.get(5, TimeUnit.SECONDS));
            assertFalse(connection.isIdle());
        }
    }
}
