package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http1.RawBackend;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies in both directions: framing, size, pace. */
class BodiesTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static final String CHUNKED =
            "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static RawBackend echoing() throws Exception {
        return new RawBackend(peer -> {
            String head;
            while ((head = peer.readHead()) != null) {
                String body =
                        head.contains("Transfer-Encoding: chunked") ? peer.readChunked() : peer.read(length(head));
                String echo = head + body;
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + echo.length() + "\r\n\r\n" + echo);
            }
        });
    }

    private static int length(String head) {
        int at = head.indexOf("Content-Length: ");
        return at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
    }

    @Test
    void aBodyWithALengthKeepsIt() throws Exception {
        try (RawBackend backend = echoing();
                Front front = Front.to(backend)) {

            String answer =
                    front.ask("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc");

            assertTrue(answer.contains("Content-Length: 3\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nabc"), answer);
        }
    }

    @Test
    void aSmallChunkedBodyIsSentWithItsLength() throws Exception {
        try (RawBackend backend = echoing();
                Front front = Front.to(backend)) {

            String answer = front.ask(CHUNKED + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: v\r\n\r\n");

            assertTrue(answer.contains("Content-Length: 5\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nabcde"), answer);
            assertFalse(answer.contains("X-T"), answer);
        }
    }

    @Test
    void aLargeChunkedBodyStaysChunked() throws Exception {
        try (RawBackend backend = echoing();
                Front front = Front.to(backend)) {

            String answer = front.ask(CHUNKED + "6000\r\n" + "z".repeat(0x6000) + "\r\n0\r\n\r\n");

            assertTrue(answer.contains("Transfer-Encoding: chunked\r\n"), answer.substring(0, 400));
            assertEquals(0x6000, answer.chars().filter(c -> c == 'z').count());
        }
    }

    @Test
    void aLargeBodyGoesBothWaysUnchanged() throws Exception {
        int size = 20_000_000;
        try (RawBackend backend = new RawBackend(peer -> {
                    String head = Objects.requireNonNull(peer.readHead());
                    int length = length(head);
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (int left = length; left > 0; ) {
                        String part = peer.read(Math.min(left, 100_000));
                        left -= part.length();
                        peer.write(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
                    }
                    peer.write("0\r\n\r\n");
                    peer.readHead();
                });
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            byte[] body = new byte[size];
            new java.util.Random(1).nextBytes(body);
            Thread sender = new Thread(() -> {
                try {
                    client.write(
                            "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + size + "\r\n\r\n");
                    client.socket().getOutputStream().write(body);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sender.start();

            String answer = client.readAll();

            sender.join();
            assertEquals(
                    new String(body, java.nio.charset.StandardCharsets.ISO_8859_1), BackendResponsesTest.body(answer));
            assertEquals(List.of(), front.log());
        }
    }

    @Test
    void aSlowReaderGetsEverything() throws Exception {
        int size = 8_000_000;
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                    peer.write("x".repeat(size));
                    peer.readHead();
                });
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            Thread.sleep(500);

            String answer = client.readAll();

            assertEquals(size, answer.length() - answer.indexOf("\r\n\r\n") - 4);
        }
    }

    @Test
    void whatTheBackendSendsArrivesAtOnce() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                    peer.write("data: 1\n\n");
                    next.await();
                    peer.write("data: 2\n\n");
                });
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            String first = client.readTo("data: 1\n\n");
            next.countDown();
            String rest = client.readAll();

            assertTrue(first.startsWith("HTTP/1.1 200 OK\r\n"), first);
            assertTrue(rest.contains("data: 2\n\n"), rest);
        }
    }

    @Test
    void aHeadWithoutABodyYetArrivesAtOnce() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
                    next.await();
                    peer.write("ok");
                });
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            String head = client.readTo("\r\n\r\n");
            next.countDown();

            assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
            assertEquals("ok", client.readAll());
        }
    }

    @Test
    void whatTheClientSendsArrivesAtOnce() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.read(3);
                    first.countDown();
                    peer.read(3);
                    peer.write(OK);
                });
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 6\r\n\r\nabc");

            assertTrue(first.await(5, TimeUnit.SECONDS));
            client.write("def");

            assertTrue(client.readAll().endsWith("ok"));
        }
    }

    @Test
    void theBackendDecidesWhetherTheClientContinues() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    String head = Objects.requireNonNull(peer.readHead());
                    if (head.startsWith("PUT")) {
                        peer.write("HTTP/1.1 100 Continue\r\n\r\n");
                        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + peer.read(3));
                    } else {
                        peer.write("HTTP/1.1 413 Too much\r\nContent-Length: 2\r\n\r\nno");
                    }
                });
                Front front = Front.to(backend, "disablereuse=on");
                Front.Client welcome = front.client();
                Front.Client unwelcome = front.client()) {
            String rest =
                    " / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";

            welcome.write("PUT" + rest);
            String told = welcome.readTo("\r\n\r\n");
            welcome.write("abc");
            String answer = welcome.readAll();
            unwelcome.write("POST" + rest);
            String refused = unwelcome.readTo("\r\n\r\nno");

            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", told);
            assertTrue(answer.endsWith("\r\n\r\nabc"), answer);
            assertTrue(refused.startsWith("HTTP/1.1 413 Too much\r\n"), refused);
            assertTrue(backend.heads().get(0).contains("Expect: 100-continue\r\n"));
        }
    }

    @Test
    void anAnswerBeforeTheEndOfTheUploadIsPassedOn() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.read(3);
                    peer.write("HTTP/1.1 413 Too much\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
                });
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc");

            String answer = client.readTo("\r\n\r\nno");

            assertTrue(answer.startsWith("HTTP/1.1 413 Too much\r\n"), answer);
            assertEquals(0, front.worker().pool().busy());
        }
    }

    @Test
    void aClientThatStopsItsUploadEndsTheBackendRequest() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    try {
                        peer.readAll();
                    } finally {
                        ended.countDown();
                    }
                });
                Front front = Front.to(backend)) {
            try (Front.Client client = front.client()) {
                client.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc");
                Thread.sleep(100);
            }

            assertTrue(ended.await(5, TimeUnit.SECONDS));
            BackendConnectionsTest.await(
                    "nothing is busy", () -> front.worker().pool().busy() == 0);
        }
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        try (RawBackend backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            String first = client.readTo("\r\n\r\n");
            client.write("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            String second = client.readAll();

            assertTrue(first.contains("Content-Length: 20\r\n"), first);
            assertTrue(second.startsWith("HTTP/1.1 200 OK\r\n"), second);
            assertEquals(1, backend.connections());
        }
    }

    @Test
    void aProtocolTheWorkerAdmitsIsTunnelled() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: x\r\n\r\nhello");
                    peer.write(peer.read(4));
                });
                Front front = Front.to(backend, "upgrade=websocket");
                Front.Client client = front.client()) {
            client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            String head = client.readTo("\r\n\r\n");
            String pushed = client.read(5);
            client.write("ping");

            String echoed = client.read(4);
            String end = client.readAll();

            assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
            assertTrue(head.contains("Sec-WebSocket-Accept: x\r\n"), head);
            assertEquals("hello", pushed);
            assertEquals("ping", echoed);
            assertEquals("", end);
            assertTrue(backend.heads().get(0).contains("Connection: Upgrade\r\n"));
            client.socket().close();
            BackendConnectionsTest.await(
                    "nothing is busy", () -> front.worker().pool().busy() == 0);
        }
    }

    @Test
    void anUpgradeThatTheWorkerDoesNotAdmitIsAPlainRequest() throws Exception {
        try (RawBackend backend = RawBackend.answering(OK);
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");

            String answer = client.readTo("\r\n\r\nok");

            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertFalse(
                    backend.heads().get(0).contains("pgrade"), backend.heads().get(0));
        }
    }
}
