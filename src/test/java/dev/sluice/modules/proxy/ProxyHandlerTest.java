package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http1.RawBackend;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plain way through the proxy, and what each side sees. */
class ProxyHandlerTest {
    @Test
    void aResponseComesAsTheBackendWroteIt() throws Exception {
        try (RawBackend backend = RawBackend.answering("HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nX-A: b\r\n\r\nok");
                Front front = Front.to(backend)) {

            String answer = front.get("/path?a=b");

            assertTrue(answer.startsWith("HTTP/1.1 200 Fine\r\n"), answer);
            assertTrue(answer.contains("X-A: b\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nok"), answer);
            assertTrue(backend.heads()
                    .get(0)
                    .startsWith("GET /path?a=b HTTP/1.1\r\nHost: 127.0.0.1:" + backend.port() + "\r\n"));
            assertEquals(List.of(), front.log());
        }
    }

    @Test
    void oneConnectionCarriesOneRequestAfterAnother() throws Exception {
        try (RawBackend backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Front front = Front.to(backend);
                Front.Client client = front.client()) {

            for (int i = 0; i < 50; i++) {
                client.write("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertTrue(client.readTo("\r\n\r\nok").startsWith("HTTP/1.1 200 OK\r\n"));
            }

            assertEquals(1, backend.connections());
            assertEquals(50, backend.heads().size());
        }
    }
}
