package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http1.RawBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From lines of a configuration to what a backend sees and a client gets. */
class ProxyModuleTest {
    /** Answers with the request line. */
    private static RawBackend showing() throws Exception {
        return new RawBackend(peer -> {
            String head;
            while ((head = peer.readHead()) != null) {
                String line = head.substring(0, head.indexOf('\r'));
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + line.length() + "\r\n\r\n" + line);
            }
        });
    }

    private static String target(ConfiguredServer server, String path) throws Exception {
        String answer = server.get(path);
        int status = BackendResponsesTest.status(answer);
        return status == 200 ? BackendResponsesTest.body(answer).split(" ")[1] : String.valueOf(status);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /app/x                 | /deep/x
            /app                   | 404
            /app/                  | /deep/
            /app//x                | /deep/x
            /apple                 | 404
            /app/no/x              | 404
            /app/nothing           | /deep/nothing
            /app/a%20b%3Fc         | /deep/a%20b%3Fc
            /app/x?a=b%20c&d="<>  | /deep/x?a=b%20c&d="<>
            /app/%c3%a4;y=1/~!$()  | /deep/%C3%A4;y=1/~!$()
            /bare/x                | /x
            /bare                  | /
            /raw/a%3Ab?q=1         | /a%3Ab?q=1
            /match/17/x            | /m/17.x
            /match/ab/x            | 404
            /loc/x                 | /inloc/x
            /locm/12/y             | /lm/12
            /noq/x?a=b             | /x
            """)
    void aPathIsMapped(String path, String seen) throws Exception {
        try (RawBackend backend = showing();
                ConfiguredServer server = new ConfiguredServer(
                        """
                        ProxyPass /app/no/ !
                        ProxyPass /app/ http://127.0.0.1:PORT/deep/ retry=0
                        ProxyPass /bare http://127.0.0.1:PORT
                        ProxyPass /raw http://127.0.0.1:PORT nocanon
                        ProxyPass /noq http://127.0.0.1:PORT noquery
                        ProxyPassMatch ^/match/([0-9]+)/(.*)$ http://127.0.0.1:PORT/m/$1.$2
                        <Location /loc/>
                            ProxyPass http://127.0.0.1:PORT/inloc/
                        </Location>
                        <LocationMatch ^/locm/([0-9]+)>
                            ProxyPassMatch http://127.0.0.1:PORT/lm/$1
                        </LocationMatch>
                        """
                                .replace("PORT", String.valueOf(backend.port())))) {

            assertEquals(seen, target(server, path));
        }
    }

    @Test
    void aBackendSeesWhatHttpdWouldSend() throws Exception {
        try (RawBackend backend = showing();
                ConfiguredServer server =
                        new ConfiguredServer("ProxyPass / http://127.0.0.1:" + backend.port() + "/\nProxyVia On")) {

            server.ask(
                    """
                    GET /x HTTP/1.1
                    Host: front.example
                    Connection: close
                    Connection: X-Hop , Keep-Alive
                    X-Hop: 1
                    Keep-Alive: 4
                    TE: trailers
                    Trailer: X-T
                    Upgrade: foo
                    Proxy-Authorization: Basic x
                    Proxy-Connection: z
                    X-Forwarded-For: 1.2.3.4
                    X-Forwarded-Host: q
                    X-Multi: a
                    X-Forwarded-Server: s
                    Via: 1.0 x
                    Max-Forwards: 5
                    X-Multi: b
                    X-Empty:

                    """
                            .replace("\n", "\r\n"));

            String head = backend.heads().get(0);
            assertEquals(
                    """
                    Connection: Keep-Alive
                    GET /x HTTP/1.1
                    Host: 127.0.0.1:PORT
                    Max-Forwards: 4
                    Proxy-Authorization: Basic x
                    Via: 1.0 x, 1.1 front.example
                    X-Empty:
                    X-Forwarded-For: 1.2.3.4, 127.0.0.1
                    X-Forwarded-Host: q, front.example
                    X-Forwarded-Server: s, front.example
                    X-Multi: a, b"""
                            .replace("PORT", String.valueOf(backend.port())),
                    head.trim()
                            .lines()
                            .map(String::stripTrailing)
                            .sorted()
                            .reduce((a, b) -> a + "\n" + b)
                            .orElse(""));
        }
    }

    @Test
    void preserveHostAndAddHeadersAreObeyed() throws Exception {
        try (RawBackend backend = showing();
                ConfiguredServer server = new ConfiguredServer("ProxyPass / http://127.0.0.1:" + backend.port()
                        + "/\nProxyPreserveHost On\nProxyAddHeaders Off")) {

            server.get("/x");

            String head = backend.heads().get(0);
            assertTrue(head.contains("Host: front.example\r\n"), head);
            assertFalse(head.contains("X-Forwarded"), head);
        }
    }

    @Test
    void whatABackendSaysOfItselfIsTurnedRound() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    while (peer.readHead() != null) {
                        String own = "http://127.0.0.1:" + peer.socket().getLocalPort() + "/r/";
                        peer.write("HTTP/1.1 302 Found\r\nLocation: " + own + "x\r\nContent-Location: " + own
                                + "y\r\nURI: " + own + "z\r\nDestination: " + own + "d\r\nRefresh: 0; url=" + own
                                + "\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nServer: back\r\n"
                                + "Proxy-Authenticate: Basic\r\nDate: Sun Nov  6 08:49:37 1994\r\nExpires: 0\r\n"
                                + "Set-Cookie: a=b; path=/r/; domain=back.example; secure\r\n"
                                + "Set-Cookie: c=d; Path=/other; Domain=.back.example\r\nContent-Length: 0\r\n\r\n");
                    }
                });
                ConfiguredServer server = new ConfiguredServer(
                        """
                        ProxyPass /q/ http://127.0.0.1:PORT/r/
                        <Location /q/>
                            ProxyPassReverse http://127.0.0.1:PORT/r/
                        </Location>
                        ProxyPassReverseCookieDomain back.example front.example
                        ProxyPassReverseCookiePath /r/ /q/
                        """
                                .replace("PORT", String.valueOf(backend.port())))) {

            String answer = server.get("/q/");

            for (String field : new String[] {
                "Location: http://front.example/q/x",
                "Content-Location: http://front.example/q/y",
                "URI: http://front.example/q/z",
                "Destination: http://front.example/q/d",
                "Refresh: 0; url=http://127.0.0.1:" + backend.port() + "/r/",
                "Set-Cookie: a=b; path=/q/; domain=front.example; secure",
                "Set-Cookie: c=d; Path=/other; Domain=.back.example",
                "Server: back",
                "Date: Sun, 06 Nov 1994 08:49:37 GMT",
                "Expires: 0"
            }) {
                assertTrue(answer.contains("\r\n" + field + "\r\n"), field + " in " + answer);
            }
            assertFalse(answer.contains("X-Hop"), answer);
            assertFalse(answer.contains("timeout=5"), answer);
            assertFalse(answer.contains("Proxy-Authenticate"), answer);
        }
    }

    @Test
    void aFailureIsHttpdsPageAndLine() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> peer.readHead());
                ConfiguredServer server =
                        new ConfiguredServer("ProxyPass / http://127.0.0.1:" + backend.port() + "/")) {

            String answer = server.get("/x");

            assertTrue(answer.startsWith("HTTP/1.1 502 Proxy Error\r\n"), answer);
            assertTrue(
                    answer.contains("The proxy server could not handle the request<p>Reason: <strong>Error reading"
                            + " from remote server</strong></p></p>"),
                    answer);
            assertTrue(
                    server.log()
                            .contains("AH01102: error reading status line from remote server 127.0.0.1:"
                                    + backend.port()),
                    server.log());
        }
    }

    @Test
    void anErrorOverriddenHasTheServersDocument() throws Exception {
        try (RawBackend backend = RawBackend.answering("HTTP/1.1 404 Gone away\r\nContent-Length: 3\r\n\r\nraw");
                ConfiguredServer server = new ConfiguredServer("ProxyPass / http://127.0.0.1:" + backend.port()
                        + "/\nProxyErrorOverride On\nErrorDocument 404 \"own page\"")) {

            String answer = server.get("/x");

            assertTrue(answer.startsWith("HTTP/1.1 404 Gone away\r\n"), answer);
            assertTrue(answer.endsWith("own page"), answer);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Max-Forwards: 0   | Max-Forwards has reached zero - proxy loop?
            Max-Forwards: abc | Max-Forwards request header could not be parsed
            Max-Forwards: -1  | Max-Forwards request header could not be parsed
            """)
    void maxForwardsIsKept(String field, String reason) throws Exception {
        try (RawBackend backend = showing();
                ConfiguredServer server =
                        new ConfiguredServer("ProxyPass / http://127.0.0.1:" + backend.port() + "/")) {

            String answer = server.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + field + "\r\n\r\n");

            assertTrue(answer.startsWith("HTTP/1.1 400 Proxy Error\r\n"), answer);
            assertTrue(answer.contains(reason), answer);
        }
    }

    @Test
    void aSectionForProxiedUrlsKeepsThemFromTheClient() throws Exception {
        try (RawBackend backend = showing();
                ConfiguredServer server = new ConfiguredServer(
                        """
                        ProxyPass /a/ http://127.0.0.1:PORT/a/
                        ProxyPass /b/ http://127.0.0.1:PORT/b/
                        <Proxy http://127.0.0.1:PORT/b/>
                            ProxyPreserveHost On
                        </Proxy>
                        """
                                .replace("PORT", String.valueOf(backend.port())))) {

            server.get("/a/x");
            server.get("/b/x");

            assertTrue(
                    backend.heads().get(0).contains("Host: 127.0.0.1"),
                    backend.heads().get(0));
            assertTrue(
                    backend.heads().get(1).contains("Host: front.example"),
                    backend.heads().get(1));
        }
    }
}
