package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http1.RawBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Connections to a backend: refused, slow, stale, too many, given back. */
class BackendConnectionsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final ProxySettings SETTINGS = ProxySettings.ofDefaults("front.example");

    static void await(String what, java.util.concurrent.Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, what);
            Thread.sleep(10);
        }
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aRefusedConnectionLeavesTheWorkerAloneForAWhileWhereErrorsCount() throws Exception {
        int port = closedPort();
        try (Front front = new Front(
                "http://127.0.0.1:" + port,
                Front.parameters("retry=1 status=-I"),
                SETTINGS,
                LocationSettings.DEFAULT)) {

            String first = front.get("/a");
            String second = front.get("/b");

            assertTrue(first.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), first);
            assertTrue(second.startsWith("HTTP/1.1 503 "), second);
            assertEquals(
                    List.of(
                            "(111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:" + port
                                    + " (127.0.0.1:" + port + ") failed",
                            "AH00959: ap_proxy_connect_backend disabling worker for (127.0.0.1:" + port + ") for 1s",
                            "AH01114: HTTP: failed to make connection to backend: 127.0.0.1",
                            "AH00940: http: disabled connection for (127.0.0.1:" + port + ")"),
                    front.log());
            assertEquals(0, front.worker().pool().connections());
        }
    }

    @Test
    void aWorkerInErrorIsTriedAgainAfterItsTime() throws Exception {
        int port = closedPort();
        try (Front front = new Front(
                "http://127.0.0.1:" + port,
                Front.parameters("retry=1 status=-I"),
                SETTINGS,
                LocationSettings.DEFAULT)) {
            front.get("/a");
            try (ServerSocket late = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
                Thread answering = new Thread(() -> {
                    try {
                        late.accept().getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                answering.start();
                Thread.sleep(1100);

                String answer = front.get("/b");

                assertTrue(answer.endsWith("ok"), answer);
                answering.join();
            }
        }
    }

    @Test
    void aNameWithoutAddressIsA500() throws Exception {
        try (Front front = new Front(
                "http://does.not.exist.invalid:80", WorkerParameters.DEFAULT, SETTINGS, LocationSettings.DEFAULT)) {

            String answer = front.get("/a");

            assertTrue(answer.startsWith("HTTP/1.1 500 Proxy Error\r\n"), answer);
            assertEquals(
                    List.of("(EAI 2)Name or service not known: AH00898: DNS lookup failure for: does.not.exist.invalid"
                            + " returned by /a"),
                    front.log());
        }
    }

    @Test
    void aConnectionThatIsNotAcceptedEndsByConnectionTimeout() throws Exception {
        // A full backlog: the kernel drops further SYNs.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (SocketChannel a = filler(full);
                    SocketChannel b = filler(full);
                    SocketChannel c = filler(full);
                    Front front = new Front(
                            "http://127.0.0.1:" + full.getLocalPort(),
                            Front.parameters("connectiontimeout=300ms retry=0"),
                            SETTINGS,
                            LocationSettings.DEFAULT)) {
                long start = System.nanoTime();

                String answer = front.get("/a");

                assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
                assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(3));
                assertTrue(
                        front.log().get(0).startsWith("(70007)The timeout specified has expired: AH00957"),
                        front.log().toString());
                assertTrue(a != b && b != c);
            }
        }
    }

    private static SocketChannel filler(ServerSocket full) throws Exception {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(full.getLocalSocketAddress());
        return channel;
    }

    @Test
    void aBackendThatDoesNotAnswerIsA502AfterProxyTimeout() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> peer.readAll());
                Front front =
                        Front.to(backend, "", SETTINGS.withTimeout(Duration.ofMillis(400)), LocationSettings.DEFAULT)) {

            String answer = front.get("/a");

            assertTrue(answer.startsWith("HTTP/1.1 502 Proxy Error\r\n"), answer);
            assertEquals(
                    List.of(
                            "(70007)The timeout specified has expired: AH01102: error reading status line from remote"
                                    + " server 127.0.0.1:" + backend.port(),
                            "AH00898: Error reading from remote server returned by /a"),
                    front.log());
            await(
                    "the backend connection is closed",
                    () -> front.worker().pool().connections() == 0);
        }
    }

    @Test
    void aBackendThatFallsSilentInTheBodyCutsTheResponse() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok");
                    peer.readAll();
                });
                Front front =
                        Front.to(backend, "", SETTINGS.withTimeout(Duration.ofMillis(400)), LocationSettings.DEFAULT)) {

            String answer = front.get("/a");

            assertTrue(answer.endsWith("\r\n\r\nok"), answer);
            assertEquals(
                    List.of("(70007)The timeout specified has expired: AH01110: error reading response"), front.log());
        }
    }

    @Test
    void theTimeoutIsForEachReadAndNotForTheWhole() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n");
                    for (int i = 0; i < 8; i++) {
                        Thread.sleep(150);
                        peer.write("x");
                    }
                });
                Front front =
                        Front.to(backend, "", SETTINGS.withTimeout(Duration.ofMillis(500)), LocationSettings.DEFAULT)) {

            String answer = front.get("/a");

            assertTrue(answer.endsWith("\r\n\r\nxxxxxxxx"), answer);
            assertEquals(List.of(), front.log());
        }
    }

    @Test
    void aResetInsteadOfAnAnswerIsA502() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.reset();
                });
                Front front = Front.to(backend)) {

            String answer = front.get("/a");

            assertTrue(answer.startsWith("HTTP/1.1 502 Proxy Error\r\n"), answer);
            assertEquals(
                    "(104)Connection reset by peer: AH01102: error reading status line from remote server 127.0.0.1:"
                            + backend.port(),
                    front.log().get(0));
        }
    }

    @Test
    void anIdleConnectionThatTheBackendClosesIsNotUsedAgain() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write(OK);
                });
                Front front = Front.to(backend)) {

            for (int i = 0; i < 5; i++) {
                String answer =
                        front.ask("POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                assertTrue(answer.endsWith("ok"), answer);
                await("the pool notices the close", () -> front.worker().pool().connections() == 0);
            }

            assertEquals(List.of(), front.log());
            assertEquals(5, backend.connections());
        }
    }

    /** The backend closes at the very moment at which the next request is on its way. */
    private static RawBackend closingAtTheSecondRequest() throws Exception {
        return new RawBackend(peer -> {
            peer.readHead();
            peer.write(OK);
            peer.readHead();
        });
    }

    @Test
    void aStaleConnectionIsReplacedForARequestThatMayBeSentTwice() throws Exception {
        try (RawBackend backend = closingAtTheSecondRequest();
                Front front = Front.to(backend)) {

            for (int i = 0; i < 6; i++) {
                assertTrue(front.get("/a").endsWith("ok"));
                assertTrue(front.ask("PUT /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc")
                        .endsWith("ok"));
            }

            assertEquals(List.of(), front.log());
            assertEquals(0, front.worker().pool().busy());
        }
    }

    @Test
    void aStaleConnectionIsAnErrorForARequestThatMayNotBeSentTwice() throws Exception {
        try (RawBackend backend = closingAtTheSecondRequest();
                Front front = Front.to(backend)) {
            String post = "POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc";
            front.get("/a");

            String answer = front.ask(post);

            assertTrue(answer.startsWith("HTTP/1.1 502 Proxy Error"), answer);
            assertEquals(2, backend.heads().size());
        }
    }

    @Test
    void aKeptAliveClientIsLeftWithoutAnAnswerSoThatItTriesAgain() throws Exception {
        try (RawBackend backend = closingAtTheSecondRequest();
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readTo("\r\n\r\nok");

            client.write("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            String answer = client.readAll();

            assertEquals("", answer);
        }
    }

    @Test
    void maxLimitsTheConnectionsAndTheOthersWait() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (RawBackend backend = new RawBackend(peer -> {
                    while (peer.readHead() != null) {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.sleep(20);
                        now.decrementAndGet();
                        peer.write(OK);
                    }
                });
                Front front = new Front(
                        "http://127.0.0.1:" + backend.port(),
                        Front.parameters("max=2"),
                        SETTINGS,
                        LocationSettings.DEFAULT,
                        4)) {
            ExecutorService clients = Executors.newFixedThreadPool(16);
            List<Future<String>> answers = new java.util.ArrayList<>();

            for (int i = 0; i < 64; i++) {
                answers.add(clients.submit(() -> front.get("/a")));
            }

            for (Future<String> answer : answers) {
                assertTrue(answer.get(20, TimeUnit.SECONDS).endsWith("ok"));
            }
            clients.shutdown();
            assertTrue(most.get() <= 2, "at most two at a time: " + most);
            assertTrue(front.worker().pool().connections() <= 2);
            assertEquals(0, front.worker().pool().busy());
            assertEquals(List.of(), front.log());
        }
    }

    @Test
    void acquireEndsTheWaitForAConnection() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    release.await();
                    peer.write(OK);
                });
                Front front = Front.to(backend, "max=1 acquire=200");
                Front.Client first = front.client()) {
            first.write("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
            await("the first request is at the backend", () -> backend.heads().size() == 1);

            String answer = front.get("/second");
            release.countDown();

            assertTrue(answer.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), answer);
            assertTrue(
                    front.log()
                            .get(0)
                            .endsWith("AH00941: http: failed to acquire connection for (127.0.0.1:" + backend.port()
                                    + ")"),
                    front.log().toString());
            assertTrue(first.readTo("\r\n\r\nok").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void disableReuseTakesAConnectionForEachRequest() throws Exception {
        try (RawBackend backend = RawBackend.answering(OK);
                Front front = Front.to(backend, "disablereuse=on")) {

            for (int i = 0; i < 5; i++) {
                front.get("/a");
            }

            assertEquals(5, backend.connections());
            await("all are closed", () -> front.worker().pool().connections() == 0);
        }
    }

    @Test
    void ttlEndsTheLifeOfAnIdleConnection() throws Exception {
        try (RawBackend backend = RawBackend.answering(OK);
                Front front = Front.to(backend, "ttl=1")) {
            front.get("/a");
            front.get("/b");
            Thread.sleep(1200);

            front.get("/c");

            assertEquals(2, backend.connections());
            assertEquals(1, front.worker().pool().connections());
        }
    }

    @Test
    void unaskedBytesEndAConnection() throws Exception {
        try (RawBackend backend = RawBackend.answering(OK + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad");
                Front front = Front.to(backend)) {

            for (int i = 0; i < 5; i++) {
                assertTrue(front.get("/a").endsWith("ok"));
            }

            assertEquals(5, backend.connections());
            assertEquals(List.of(), front.log());
        }
    }

    @Test
    void aClientThatGoesAwayEndsTheBackendRequest() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\n\r\n");
                    try {
                        while (true) {
                            peer.write("x".repeat(8192));
                            Thread.sleep(5);
                        }
                    } catch (IOException e) {
                        ended.countDown();
                    }
                });
                Front front = Front.to(backend)) {
            try (Front.Client client = front.client()) {
                client.write("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
                client.readTo("xxxx");
            }

            assertTrue(ended.await(5, TimeUnit.SECONDS));
            await("nothing is busy", () -> front.worker().pool().busy() == 0);
            await(
                    "the backend connection is closed",
                    () -> front.worker().pool().connections() == 0);
        }
    }

    @Test
    void pingAsksForAContinueBeforeTheBody() throws Exception {
        String post = "POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc";
        try (RawBackend answering = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 100 Continue\r\n\r\n");
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + peer.read(3));
                });
                RawBackend silent = new RawBackend(peer -> peer.readAll());
                Front good = Front.to(answering, "ping=5");
                Front bad = Front.to(silent, "ping=200ms")) {

            String answered = good.ask(post);
            String refused = bad.ask(post);

            assertTrue(answered.endsWith("\r\n\r\nabc"), answered);
            assertTrue(answering.heads().get(0).contains("Expect: 100-continue\r\n"));
            assertTrue(refused.startsWith("HTTP/1.1 503 Proxy Error\r\n"), refused);
            assertTrue(
                    bad.log().contains("AH00898: Timeout on 100-Continue returned by /a"),
                    bad.log().toString());
        }
    }

    @Test
    void aRefusedConnectionIsA503AndTheNextRequestTriesAgain() throws Exception {
        int port = closedPort();
        try (Front front =
                new Front("http://127.0.0.1:" + port, WorkerParameters.DEFAULT, SETTINGS, LocationSettings.DEFAULT)) {

            String first = front.get("/a");
            String second = front.get("/b");

            String refused = "(111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:" + port
                    + " (127.0.0.1:" + port + ") failed";
            String failed = "AH01114: HTTP: failed to make connection to backend: 127.0.0.1";
            assertTrue(first.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), first);
            assertTrue(second.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), second);
            assertEquals(List.of(refused, failed, refused, failed), front.log());
        }
    }
}
