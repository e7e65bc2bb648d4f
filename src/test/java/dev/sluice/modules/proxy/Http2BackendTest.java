package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http1.RawBackend;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A whole server as the backend of another, over HTTP/2 without TLS. */
class Http2BackendTest {
    @Test
    void requestsShareOneConnection() throws Exception {
        String body = "x".repeat(100_000);
        try (RawBackend origin = RawBackend.answering(
                        "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                ConfiguredServer middle = new ConfiguredServer(
                        "Protocols h2c http/1.1\nProxyPass / http://127.0.0.1:" + origin.port() + "/");
                ConfiguredServer front =
                        new ConfiguredServer("LoadModule proxy_http2_module modules/mod_proxy_http2.so\n"
                                + "ProxyPass / h2c://127.0.0.1:" + middle.port() + "/")) {

            for (int i = 0; i < 5; i++) {
                String answer = front.get("/x?y=" + i);
                assertTrue(
                        answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.substring(0, Math.min(300, answer.length())));
                assertTrue(answer.toLowerCase(Locale.ROOT).contains("x-a: b\r\n"));
                assertEquals(body, BackendResponsesTest.body(answer));
            }

            assertEquals(5, origin.heads().size());
        }
    }

    @Test
    void aBodyGoesThrough() throws Exception {
        try (RawBackend origin = new RawBackend(peer -> {
                    while (peer.readHead() != null) {
                        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + peer.read(3));
                    }
                });
                ConfiguredServer middle = new ConfiguredServer(
                        "Protocols h2c http/1.1\nProxyPass / http://127.0.0.1:" + origin.port() + "/");
                ConfiguredServer front =
                        new ConfiguredServer("LoadModule proxy_http2_module modules/mod_proxy_http2.so\n"
                                + "ProxyPass / h2c://127.0.0.1:" + middle.port() + "/")) {

            String answer =
                    front.ask("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc");

            assertTrue(answer.endsWith("\r\n\r\nabc"), answer);
            String head = origin.heads().get(0).toLowerCase(Locale.ROOT);
            assertTrue(head.contains("x-forwarded-for: 127.0.0.1, 127.0.0.1\r\n"), head);
        }
    }
}
