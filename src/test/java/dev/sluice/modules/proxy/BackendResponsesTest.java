package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http1.BadHeader;
import dev.sluice.wire.http1.RawBackend;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a backend's bytes; each row was asked of httpd 2.4.71. Line ends are written as \n for CR LF. */
class BackendResponsesTest {
    private static String wire(String text) {
        return text.replace("\\n", "\r\n")
                .replace("\\l", "\n")
                .replace("\\r", "\r")
                .replace("\\1", "\u0001");
    }

    private static RawBackend once(String response) throws Exception {
        return new RawBackend(peer -> {
            peer.readHead();
            peer.write(response);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            plain                          | HTTP/1.1 200 OK\\nContent-Length: 2\\n\\nok                                            | 200 | ok
            no reason                      | HTTP/1.1 200\\nContent-Length: 2\\n\\nok                                               | 200 | ok
            bare LF                        | HTTP/1.1 200 OK\\lContent-Length: 2\\l\\lok                                            | 200 | ok
            four digits                    | HTTP/1.1 2000 OK\\nContent-Length: 2\\n\\nok                                           | 200 | ok
            odd status                     | HTTP/1.1 700 Odd\\nContent-Length: 2\\n\\nok                                           | 700 | ok
            HTTP/0.9                       | garbage here\\nmore: x\\n\\nbody                                                       | 200 | garbage heremore: x\\n\\nbody
            status of letters              | HTTP/1.1 abc Low\\nContent-Length: 2\\n\\nok                                           | 200 | HTTP/1.1 abc LowContent-Length: 2\\n\\nok
            HTTP/1.0 until close           | HTTP/1.0 200 OK\\n\\nok                                                                | 200 | ok
            HTTP/1.0 chunked               | HTTP/1.0 200 OK\\nTransfer-Encoding: chunked\\n\\n2\\nok\\n0\\n\\n                      | 200 | ok
            chunked                        | HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n2\\nok\\n3;x=y\\nabc\\n0\\n\\n        | 200 | okabc
            both lengths                   | HTTP/1.1 200 OK\\nContent-Length: 5\\nTransfer-Encoding: chunked\\n\\n2\\nok\\n0\\n\\n  | 200 | ok
            unknown coding                 | HTTP/1.1 200 OK\\nTransfer-Encoding: gzip\\n\\nok                                      | 200 | ok
            chunked last                   | HTTP/1.1 200 OK\\nTransfer-Encoding: gzip, chunked\\n\\n2\\nok\\n0\\n\\n                | 200 | ok
            trailers                       | HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\nTrailer: X-T\\n\\n2\\nok\\n0\\nX-T: v\\n\\n | 200 | ok
            same length twice              | HTTP/1.1 200 OK\\nContent-Length: 2\\nContent-Length: 2\\n\\nok                        | 200 | ok
            two lengths                    | HTTP/1.1 200 OK\\nContent-Length: 2\\nContent-Length: 3\\n\\nok                        | 200 | ok
            folded field                   | HTTP/1.1 200 OK\\nX-A: foo\\n  bar\\nContent-Length: 2\\n\\nok                         | 200 | ok
            100 first                      | HTTP/1.1 100 Continue\\n\\nHTTP/1.1 200 OK\\nContent-Length: 2\\n\\nok                 | 200 | ok
            304 with a length              | HTTP/1.1 304 Not Modified\\nContent-Length: 20\\nETag: "x"\\n\\n                       | 304 | ''
            204 with a length              | HTTP/1.1 204 No Content\\nContent-Length: 2\\n\\nok                                    | 204 | ''
            205                            | HTTP/1.1 205 Reset\\nContent-Length: 0\\n\\n                                           | 205 | ''
            """)
    void aBodyIsFound(String name, String response, int status, String body) throws Exception {
        try (RawBackend backend = once(wire(response));
                Front front = Front.to(backend)) {

            String answer = front.get("/x");

            assertEquals(status, status(answer), answer);
            assertEquals(wire(body), body(answer));
            assertEquals("[]", front.log().toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            nothing              | ''                                                                        | 502 | AH01102: error reading status line from remote server | Error reading from remote server
            no line end          | xyz                                                                       | 502 | AH01102: error reading status line from remote server | Error reading from remote server
            half a status line   | HTTP/1.1 20                                                               | 502 | AH01102: error reading status line from remote server | Error reading from remote server
            half a head          | HTTP/1.1 200 OK\\nContent-Length: 2\\nX-A: b                              | 502 | AH10404: Error reading headers from backend           | ''
            no head              | HTTP/1.1 200 OK\\n                                                        | 502 | AH01106: bad HTTP/1.1 header returned by /x (GET)     | ''
            HTTP/2.0             | HTTP/2.0 200 OK\\nContent-Length: 2\\n\\nok                               | 502 | AH00898: Corrupt status line returned by remote server: HTTP/2.0 200 OK returned by /x | Corrupt status line returned by remote server: HTTP/2.0 200 OK
            no field             | HTTP/1.1 200 OK\\nX-A: b\\nbogus line\\nContent-Length: 2\\n\\nok         | 502 | AH01106: bad HTTP/1.1 header returned by /x (GET)     | ''
            no name              | HTTP/1.1 200 OK\\n: foo\\nContent-Length: 2\\n\\nok                       | 500 | no header may have                                    | ''
            space in a name      | HTTP/1.1 200 OK\\nX A: foo\\nContent-Length: 2\\n\\nok                    | 500 | no header may have                                    | ''
            space before a colon | HTTP/1.1 200 OK\\nX-A : foo\\nContent-Length: 2\\n\\nok                   | 500 | no header may have                                    | ''
            control character    | HTTP/1.1 200 OK\\nX-A: a\\1b\\nContent-Length: 2\\n\\nok                  | 500 | no header may have                                    | ''
            lone CR              | HTTP/1.1 200 OK\\nX-A: a\\rb\\nContent-Length: 2\\n\\nok                  | 500 | no header may have                                    | ''
            length of letters    | HTTP/1.1 200 OK\\nContent-Length: abc\\n\\nok                             | 502 | AH01110: error reading response                       | ''
            negative length      | HTTP/1.1 200 OK\\nContent-Length: -2\\n\\nok                              | 502 | AH01110: error reading response                       | ''
            list of lengths      | HTTP/1.1 200 OK\\nContent-Length: 2, 2\\n\\nok                            | 502 | AH01110: error reading response                       | ''
            huge length          | HTTP/1.1 200 OK\\nContent-Length: 18446744073709551618\\n\\nok            | 502 | AH01110: error reading response                       | ''
            bad chunk            | HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\nzz\\nok\\n0\\n\\n       | 502 | AH01110: error reading response                       | ''
            chunk with a bare LF | HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n2\\lok\\n0\\n\\n        | 502 | AH01110: error reading response                       | ''
            huge chunk           | HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n10000000000000002\\nok\\n0\\n\\n | 502 | AH01110: error reading response             | ''
            101 unasked          | HTTP/1.1 101 Switching\\nUpgrade: websocket\\nConnection: Upgrade\\n\\n   | 502 | AH00898: Unexpected Upgrade: websocket (expecting n/a) returned by /x | Unexpected Upgrade: websocket (expecting n/a)
            """)
    void whatIsNoResponseIsAnError(String name, String response, int status, String logged, String reason)
            throws Exception {
        try (RawBackend backend = once(wire(response));
                Front front = Front.to(backend)) {

            String answer = front.get("/x");

            assertEquals(status, status(answer), answer);
            assertTrue(
                    front.log().stream().anyMatch(line -> line.contains(logged)),
                    front.log().toString());
            assertEquals(!reason.isEmpty(), answer.startsWith("HTTP/1.1 " + status + " Proxy Error\r\n"), answer);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            short length | HTTP/1.1 200 OK\\nContent-Length: 10\\n\\nok                           | (70008)Partial results are valid but processing is incomplete: AH01110: error reading response
            short chunk  | HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n5\\nok               | (70008)Partial results are valid but processing is incomplete: AH01110: error reading response
            no last chunk | HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n2\\nok\\n           | (70008)Partial results are valid but processing is incomplete: AH01110: error reading response
            """)
    void aBodyThatEndsTooEarlyIsCutForTheClient(String name, String response, String logged) throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    peer.write(wire(response));
                    Thread.sleep(200);
                });
                Front front = Front.to(backend);
                Front.Client client = front.client()) {
            client.write("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");

            String answer = client.readAll();

            assertEquals(200, status(answer), answer);
            assertTrue(answer.contains("ok"), answer);
            assertFalse(answer.endsWith("0\r\n\r\n"), answer);
            assertEquals(java.util.List.of(logged), front.log());
        }
    }

    @Test
    void aFieldAboveResponseFieldSizeIsAnError() throws Exception {
        String response = "HTTP/1.1 200 OK\r\nX-A: " + "a".repeat(900) + "\r\nContent-Length: 2\r\n\r\nok";
        try (RawBackend backend = once(response);
                Front small = Front.to(backend, "responsefieldsize=512");
                Front usual = Front.to(backend)) {

            String refused = small.get("/x");
            String served = usual.get("/x");

            assertEquals(502, status(refused));
            assertTrue(
                    small.log()
                            .get(0)
                            .startsWith("(28)No space left on device: AH10124: header size is over the limit"
                                    + " allowed by ResponseFieldSize (512 bytes). Bad response header: 'X-A: aaa"),
                    small.log().toString());
            assertEquals(200, status(served));
        }
    }

    @Test
    void moreThanTenInterimResponsesAreAnError() throws Exception {
        String hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        try (RawBackend backend = once(hint.repeat(11) + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Front front = Front.to(backend)) {

            String answer = front.get("/x");

            assertTrue(answer.contains("HTTP/1.1 502 Proxy Error\r\n"), answer);
            assertEquals(
                    "[AH00898: Too many (10) interim responses from origin server returned by /x]",
                    front.log().toString());
        }
    }

    @Test
    void aBadHeaderLineIsIgnoredOrStartsTheBody() throws Exception {
        String response = "HTTP/1.1 200 OK\r\nX-A: b\r\nbogus line\r\nX-B: c\r\n\r\nok";
        ProxySettings settings = ProxySettings.ofDefaults("front.example");
        try (RawBackend backend = once(response);
                Front ignoring =
                        Front.to(backend, "", settings.withBadHeader(BadHeader.IGNORE), LocationSettings.DEFAULT);
                Front starting =
                        Front.to(backend, "", settings.withBadHeader(BadHeader.START_BODY), LocationSettings.DEFAULT)) {

            String ignored = ignoring.get("/x");
            String started = starting.get("/x");

            assertTrue(ignored.contains("X-B: c\r\n"), ignored);
            assertEquals("ok", body(ignored));
            assertFalse(started.substring(0, started.indexOf("\r\n\r\n")).contains("X-B"), started);
            assertEquals("bogus lineX-B: c\r\n\r\nok", body(started));
        }
    }

    @Test
    void aHeadThatComesByteByByteIsRead() throws Exception {
        String response =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n2\r\nok\r\n0\r\nX-T: v\r\n\r\n";
        try (RawBackend backend = new RawBackend(peer -> {
                    peer.readHead();
                    for (int i = 0; i < response.length(); i++) {
                        peer.write(response.substring(i, i + 1));
                        Thread.sleep(1);
                    }
                    peer.readAll();
                });
                Front front = Front.to(backend)) {

            String answer = front.get("/x");

            assertEquals("ok", body(answer));
            assertTrue(answer.contains("X-A: b\r\n"), answer);
        }
    }

    @Test
    void aHeadLargerThanABufferIsRead() throws Exception {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
        for (int i = 0; i < 3000; i++) {
            head.append("X-").append(i).append(": some value or other\r\n");
        }
        try (RawBackend backend = once(head + "\r\nok");
                Front front = Front.to(backend)) {

            String answer = front.get("/x");

            assertTrue(answer.contains("X-2999: some value or other\r\n"), answer.substring(0, 200));
            assertEquals("ok", body(answer));
        }
    }

    @Test
    void anOverriddenErrorIsTheServersOwn() throws Exception {
        LocationSettings overriding =
                new LocationSettings(false, true, true, true, Set.of(404, 401), ReverseMappings.NONE);
        String body = "Content-Length: 2\r\nX-A: b\r\nWWW-Authenticate: Basic realm=x\r\n\r\nok";
        try (RawBackend backend = new RawBackend(peer -> {
                    String head = Objects.requireNonNull(peer.readHead());
                    peer.write("HTTP/1.1 " + head.substring(5, 8) + " Backend\r\n" + body);
                });
                Front front = Front.to(backend, "", ProxySettings.ofDefaults("front.example"), overriding)) {

            String missing = front.get("/404");
            String secret = front.get("/401");
            String broken = front.get("/500");

            assertTrue(missing.startsWith("HTTP/1.1 404 Backend\r\n"), missing);
            assertFalse(missing.contains("X-A"), missing);
            assertTrue(secret.contains("WWW-Authenticate: Basic realm=x\r\n"), secret);
            assertTrue(broken.startsWith("HTTP/1.1 500 Backend\r\n"), broken);
        }
    }

    static int status(String answer) {
        return answer.length() < 12 ? -1 : Integer.parseInt(answer.substring(9, 12));
    }

    /** The body, chunks joined. */
    static String body(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String body = answer.substring(end + 4);
        if (!answer.substring(0, end).toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")) {
            return body;
        }
        StringBuilder joined = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, lineEnd), 16);
            if (size == 0) {
                return joined.toString();
            }
            joined.append(body, lineEnd + 2, lineEnd + 2 + size);
            at = lineEnd + 4 + size;
        }
    }
}
