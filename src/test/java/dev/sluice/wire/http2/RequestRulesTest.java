package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.undertow.server.HttpHandler;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestRulesTest {
    private static final HttpHandler SHOW = exchange -> exchange.getResponseSender()
            .send(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " ? " + exchange.getQueryString()
                    + " host "
                    + exchange.getRequestHeaders().getFirst("host") + " x "
                    + exchange.getRequestHeaders().getFirst("x") + " cookie "
                    + exchange.getRequestHeaders().get(new HttpString("cookie")) + " " + exchange.getProtocol());

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            x, a\\r\\nb
            x, a\\0b
            x, a\\u007fb
            X, upper
            x y, blank
            'x:', colon
            '', empty
            connection, close
            keep-alive, 1
            proxy-connection, close
            transfer-encoding, chunked
            upgrade, h2c
            te, gzip
            te, 'trailers, gzip'
            content-length, x
            content-length, 99999999999999999999
            content-length, +3
            content-length, 3
            host, other.test
            :status, 200
            :unknown, 1
            :path, /late
            """)
    void aHeaderFieldThatMustNotBeEndsItsStreamOnly(String name, String value) throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, SHOW);
                RawClient client = server.greet()) {
            client.headers(
                    1,
                    true,
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":authority",
                    "a.test",
                    ":path",
                    "/",
                    name,
                    plain(value));
            client.get(3, "/next");

            String reset = client.awaitReset(1);
            String next = client.response(3);

            assertEquals("PROTOCOL_ERROR", reset);
            assertEquals("200 GET /next ?  host a.test x null cookie null HTTP/2.0", next);
        }
    }

    private static String plain(String escaped) {
        return escaped.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\\t", "\t")
                .replace("\\u007f", "\u007f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            :method GET :scheme http :authority a
            :method GET :path / :authority a
            :scheme http :path / :authority a
            :method GET :method GET :scheme http :authority a :path /
            :method GET :scheme http :authority a :path / :path /
            :method GET :scheme http :authority a :path x
            :method GET :scheme http :authority a :path *
            :method GET :scheme http :authority a :path http://a/
            :method GET :scheme http :path /
            :method G(T :scheme http :authority a :path /
            :method GET :scheme http :path / :authority a/b
            :method CONNECT :scheme http :path / :authority a:1
            :method CONNECT
            :method CONNECT :protocol websocket :scheme http :path / :authority a
            :method GET x 1 :scheme http :authority a :path /
            """)
    void aRequestWithoutItsFourFieldsInOrderIsMalformed(String fields) throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, SHOW);
                RawClient client = server.greet()) {
            client.headers(1, true, fields.trim().split(" "));

            assertEquals("PROTOCOL_ERROR", client.awaitReset(1));
        }
    }

    @Test
    void aPathOfNothingIsMalformed() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, SHOW);
                RawClient client = server.greet()) {
            client.headers(1, true, ":method", "GET", ":scheme", "http", ":authority", "a.test", ":path", "");

            assertEquals("PROTOCOL_ERROR", client.awaitReset(1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /a%20b/../%zz;v=1?q=%41&&r | GET /a%20b/../%zz;v=1 ? q=%41&&r host a.test x null cookie null HTTP/2.0
            /a[b]{c}"d?            | GET /a[b]{c}"d? ?  host a.test x null cookie null HTTP/2.0
            //a//b?x?y              | GET //a//b ? x?y host a.test x null cookie null HTTP/2.0
            """)
    void theTargetIsKeptAsItCame(String path, String seen) throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, SHOW);
                RawClient client = server.greet()) {
            client.get(1, path);

            assertEquals("200 " + seen, client.response(1));
        }
    }

    @Test
    void blanksAroundAValueAreDropped() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, SHOW);
                RawClient client = server.greet()) {
            client.headers(
                    1,
                    true,
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":authority",
                    "a.test",
                    ":path",
                    "/",
                    "x",
                    "\t a b \t");

            assertEquals("200 GET / ?  host a.test x a b cookie null HTTP/2.0", client.response(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"ftp, a.test, /", "http, user@a.test, /", "http, a.test, /a#b"})
    void whatHttpdAnswers400IsAnswered(String scheme, String authority, String path) throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, SHOW);
                RawClient client = server.greet()) {
            client.headers(1, true, ":method", "GET", ":scheme", scheme, ":authority", authority, ":path", path);

            assertEquals("400", client.response(1));
        }
    }

    @Test
    void hostStandsInForAuthorityAndCrumbsBecomeOneCookie() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, SHOW);
                RawClient client = server.greet()) {
            List<String> fields = new ArrayList<>(List.of(":method", "OPTIONS", ":scheme", "http", ":path", "*"));
            fields.addAll(List.of("host", "B.test", "cookie", "a=1", "x", "é", "cookie", "b=2", "te", "trailers"));
            client.headers(1, true, fields.toArray(new String[0]));

            assertEquals("200 OPTIONS * ?  host B.test x é cookie [a=1; b=2] HTTP/2.0", latin(client.response(1)));
        }
    }

    /** The sender writes UTF-8, the raw client reads bytes. */
    private static String latin(String bytes) {
        return new String(
                bytes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void connectComesWithItsAuthorityAsTarget() throws Exception {
        try (TestServer server = new TestServer(Http2Options.DEFAULT, SHOW);
                RawClient client = server.greet()) {
            client.headers(1, true, ":method", "CONNECT", ":authority", "a.test:443");

            assertEquals("200 CONNECT a.test:443 ?  host a.test:443 x null cookie null HTTP/2.0", client.response(1));
        }
    }
}
