package dev.sluice.wire.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Apache httpd 2.4.71 answers to the same bytes, probed with its default HttpProtocolOptions. In the tables
 * {@code ~} is CR LF, {@code ^} LF, {@code {00}} a byte.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestRulesTest {
    private static final String NEXT = "GET /next HTTP/1.1~Host: h~~";

    private TestServer server;

    @BeforeAll
    void start() throws IOException {
        server = new TestServer(TestServer.ECHO);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
            GET / HTTP/1.1                        | 200 |
            ~~~GET / HTTP/1.1                     | 200 |
            ~~~~~~~~~~GET / HTTP/1.1              | 200 |
            ~~~~~~~~~~~GET / HTTP/1.1             | 400 | AH03454
            ^GET / HTTP/1.1                       | 400 | AH00566
            GET / HTTP/1.2                        | 200 |
            GET / HTTP/2.0                        | 200 |
            GET / HTTP/3.0                        | 200 |
            GET / HTTP/0.9                        | 400 | AH02418
            GET / HTTP/0.0                        | 400 | AH02418
            GET / HTTP/1.                         | 400 | AH02418
            GET / HTTP/1.10                       | 400 | AH02418
            GET / HTTP/11.1                       | 400 | AH02418
            GET / HTTP/1                          | 400 | AH02418
            GET / HTTP/a.b                        | 400 | AH02418
            GET / http/1.1                        | 400 | AH02418
            GET / FTP/1.0                         | 400 | AH02418
            GET / H                               | 400 | AH02418
            GET / HTTP/1.1x                       | 400 | AH02418
            garbage                               | 400 | AH03454
            GET                                   | 400 | AH03454
            GET /{01} HTTP/1.1                    | 400 | AH03454
            GET /{7f} HTTP/1.1                    | 400 | AH03454
            GET /a{00}b HTTP/1.1                  | 400 | AH00566
            GET /{c3}{a4} HTTP/1.1                | 200 |
            GET /[]}"<>\\` HTTP/1.1               | 200 |
            GET  / HTTP/1.1                       | 400 | AH03448
            GET /  HTTP/1.1                       | 400 | AH03448
            GET / HTTP/1.1{20}                    | 400 | AH03448
            GET / HTTP/1.1 x                      | 400 | AH03448
            GET /a b HTTP/1.1                     | 400 | AH03448
            GET /{0d} HTTP/1.1                    | 400 | AH03448
            GET / HTTP/1.1{0d}                    | 400 | AH03448
            GET{09}/ HTTP/1.1                     | 400 | AH03447
            GET /{09}HTTP/1.1                     | 400 | AH03447
            {20}GET / HTTP/1.1                    | 400 | AH03447
            {09}GET / HTTP/1.1                    | 400 | AH03447
            G(T / HTTP/1.1                        | 400 | AH03445
            G{e4}T / HTTP/1.1                     | 400 | AH03445
            FOO / HTTP/1.1                        | 200 |
            POST /                                | 400 | AH03444
            HEAD /                                | 400 |
            OPTIONS *                             | 400 | AH03444
            GET index.html                        | 400 | AH03450
            GET foo HTTP/1.1                      | 400 | AH03450
            GET * HTTP/1.1                        | 400 | AH03450
            OPTIONS * HTTP/1.1                    | 200 |
            OPTIONS *x HTTP/1.1                   | 400 | AH03450
            PRI * HTTP/2.0                        | 400 | AH03450
            GET ?foo HTTP/1.1                     | 200 |
            GET /#foo HTTP/1.1                    | 400 | AH02421
            CONNECT localhost HTTP/1.1            | 400 | AH03450
            CONNECT / HTTP/1.1                    | 400 | AH03450
            CONNECT localhost:80 HTTP/1.1         | 200 |
            GET http://foo:81/x HTTP/1.1          | 200 |
            GET http://foo HTTP/1.1               | 200 |
            GET http://foo?a HTTP/1.1             | 200 |
            GET http:///x HTTP/1.1                | 200 |
            GET http:/x HTTP/1.1                  | 200 |
            GET http://[::1]:80/ HTTP/1.1         | 200 |
            GET http://foo:/ HTTP/1.1             | 200 |
            GET http://foo:70000/ HTTP/1.1        | 200 |
            GET HTTPS://foo/ HTTP/1.1             | 200 |
            GET http:x HTTP/1.1                   | 400 | AH03450
            GET http://foo:x/ HTTP/1.1            | 400 | AH03450
            GET http://[::1/ HTTP/1.1             | 400 | AH03450
            GET http://u:p@foo/ HTTP/1.1          | 400 | AH02422
            GET http://@foo/ HTTP/1.1             | 400 | AH02422
            GET http://foo#x HTTP/1.1             | 400 | AH02421
            GET http://fo(o/ HTTP/1.1             | 400 | AH00550
            GET ftp://foo/ HTTP/1.1               | 400 |
            GET ws://foo/ HTTP/1.1                | 400 |
            GET //foo/bar HTTP/1.1                | 200 |
            """)
    void aRequestLineIsReadAsHttpdReadsIt(String line, int status, String log) throws IOException {
        RawClient.Answers answers = server.ask(line + "~Host: localhost~~");

        assertEquals(status, answers.status());
        assertTrue(answers.body().contains(log == null ? "" : log), answers.body());
        assertEquals(status == 400, answers.closed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Host: h~X: a~{20}  b~{09}c{20}   | 200 |
            Host: h~X:{09} a{09}b {09}       | 200 |
            Host: h~X:                       | 200 |
            Host: h~X: a{e4}b                | 200 |
            {20}Host: h                      | 400 | AH03442
            Host: h~X: a~{20}~Y: z           | 400 | AH03443
            Host: h~X : a                    | 400 | AH02426
            Host: h~X y: a                   | 400 | AH02426
            Host: h~Xy                       | 400 | AH02426
            Host: h~: a                      | 400 | AH02426
            Host: h~X(y): a                  | 400 | AH02426
            Host: h~X{e4}: a                 | 400 | AH02426
            Host: h~X: a{01}b                | 400 | AH02427
            Host: h~X: a{7f}b                | 400 | AH02427
            Host: h~X: a{0d}b                | 400 | AH02427
            Host: h~X: a{00}b                | 400 | AH00567
            Host: h^X: a                     | 400 | AH00567
            X: a                             | 400 | AH00569
            Host:                            | 400 | AH00569
            Host: h~Host: h                  | 400 | AH00550
            Host: a b                        | 400 | AH00550
            Host: a/b                        | 400 | AH00550
            Host: a@b                        | 400 | AH00550
            Host: a%20b                      | 400 | AH00550
            Host: a..b                       | 400 | AH00550
            Host: a.-b                       | 400 | AH00550
            Host: .                          | 400 | AH00550
            Host: a:                         | 400 | AH00550
            Host: a:x                        | 400 | AH00550
            Host: a:0                        | 400 | AH00550
            Host: a:65536                    | 400 | AH00550
            Host: a:b:80                     | 400 | AH00550
            Host: :80                        | 400 | AH00550
            Host: [::1                       | 400 | AH00550
            Host: [::1]:                     | 400 | AH00550
            Host: [::1]x                     | 400 | AH00550
            Host: [foo]                      | 400 | AH00550
            Host: [1:2:3:4:5:6:7]            | 400 | AH00550
            Host: [fe80::1%eth0]             | 400 | AH00550
            Host: *                          | 400 | AH00550
            Host: a!b                        | 400 | AH00550
            Host: {c3}{a4}                   | 400 | AH00550
            Host: 1.2.3                      | 400 | AH00550
            Host: 01.2.3.4                   | 400 | AH00550
            Host: 1.2.3.4a                   | 400 | AH00550
            Host: a.1b                       | 400 | AH00550
            Host: a_b                        | 200 |
            Host: .a                         | 200 |
            Host: a.                         | 200 |
            Host: a.1.b                      | 200 |
            Host: 1a                         | 200 |
            Host: a:00080                    | 200 |
            Host: 256.1.1.1                  | 200 |
            Host: 1.2.3.4.:80                | 200 |
            Host: [::1]:80                   | 200 |
            Host: [::ffff:1.2.3.4]           | 200 |
            Host: [1:2:3:4:5:6:7:8]          | 200 |
            Host: h~Expect: foo              | 417 | AH00570
            """)
    void aFieldIsReadAsHttpdReadsIt(String fields, int status, String log) throws IOException {
        RawClient.Answers answers = server.ask("GET / HTTP/1.1~" + fields + "~~");

        assertEquals(status, answers.status());
        assertTrue(answers.body().contains(log == null ? "" : log), answers.body());
        assertEquals(status != 200, answers.closed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Content-Length: 3                                  | abc              | 200,200
            Content-Length: 03                                 | abc              | 200,200
            Content-Length: 0                                  | ''               | 200,200
            Content-Length: 18446744073709551621               | abcde            | 400
            Content-Length: 9223372036854775808                | abcde            | 400
            Content-Length: 3, 3                               | abc              | 400
            Content-Length: 3~Content-Length: 3                | abc              | 400
            Content-Length: +3                                 | abc              | 400
            Content-Length: -3                                 | abc              | 400
            Content-Length: 0x3                                | abc              | 400
            Content-Length: 3a                                 | abc              | 400
            Content-Length:                                    | ''               | 400
            Transfer-Encoding: ChunKed                         | 3~abc~0~~        | 200,200
            Transfer-Encoding: gzip, chunked                   | 3~abc~0~~        | 200,200
            Transfer-Encoding: , chunked                       | 3~abc~0~~        | 200,200
            Transfer-Encoding: gzip~Transfer-Encoding: chunked | 3~abc~0~~        | 200,200
            Transfer-Encoding: gzip                            | 3~abc~0~~        | 400
            Transfer-Encoding: identity                        | 3~abc~0~~        | 400
            Transfer-Encoding: chunked, identity               | 3~abc~0~~        | 400
            Transfer-Encoding: xchunked                        | 3~abc~0~~        | 400
            Transfer-Encoding: chunked;a=b                     | 3~abc~0~~        | 400
            Transfer-Encoding: chunked,                        | 3~abc~0~~        | 400
            Transfer-Encoding:                                 | 3~abc~0~~        | 400
            Content-Length: 3~Transfer-Encoding: chunked       | 3~abc~0~~        | 200
            Content-Length: x~Transfer-Encoding: chunked       | 3~abc~0~~        | 400
            """)
    void aBodyIsFramedAsHttpdFramesIt(String fields, String body, String statuses) throws IOException {
        RawClient.Answers answers = server.ask("POST / HTTP/1.1~Host: h~" + fields + "~~" + body + NEXT);

        assertEquals("[" + statuses.replace(",", ", ") + "]", answers.statuses().toString());
        assertEquals(!statuses.contains(","), answers.closed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            3;a=b~abc~0;x="y"~~                      | 200 |
            3 ;a~abc~0~~                             | 200 |
            3{20}~abc~0~~                            | 200 |
            3{09}~abc~0~~                            | 200 |
            3;{e4}~abc~0~~                           | 200 |
            03~abc~000~~                             | 200 |
            00000000000000000000003~abc~0~~          | 200 |
            3~abc~0~X-T: a~~                         | 200 |
            3~abc~0~Host: evil~Content-Length: 7~~   | 200 |
            3^abc~0~~                                | 400 | AH01590
            3~abc^0~~                                | 400 | AH01590
            3~abcdef~0~~                             | 400 | AH01590
            3~abc~0^~                                | 400 | AH01590
            3~abc~0~^                                | 400 | AH02656
            {20}3~abc~0~~                            | 400 | AH01590
            3 x~abc~0~~                              | 400 | AH01590
            3;a{01}~abc~0~~                          | 400 | AH01590
            3;a{00}~abc~0~~                          | 400 | AH01590
            3;a{0d}b~abc~0~~                         | 400 | AH01590
            3;a^abc~0~~                              | 400 | AH01590
            ~abc~0~~                                 | 400 | AH01590
            ;a~abc~0~~                               | 400 | AH01590
            xyz~abc~0~~                              | 400 | AH01590
            0x3~abc~0~~                              | 400 | AH01590
            -3~abc~0~~                               | 400 | AH01590
            +3~abc~0~~                               | 400 | AH01590
            3g~abc~0~~                               | 400 | AH01590
            ffffffffffffffff~abc                     | 413 | AH01590
            8000000000000000~abc                     | 413 | AH01590
            10000000000000003~abc~0~~                | 413 | AH01590
            3~abc~0~XT a~~                           | 400 | AH02656
            3~abc~0~XT : a~~                         | 400 | AH02656
            3~abc~0~XT: a{00}~~                      | 400 | AH02656
            3~abc~0~XT: a^~                          | 400 | AH02656
            """)
    void chunksAreReadAsHttpdReadsThem(String body, int status, String log) throws IOException {
        RawClient.Answers answers = server.ask("POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~" + body);

        assertEquals(status, answers.status());
        assertTrue(answers.body().contains(status == 200 ? "abc" : log), answers.body());
        assertEquals(status != 200, answers.closed());
    }

    @ParameterizedTest
    @CsvSource({"8190, 200", "8191, 200", "8192, 414", "100000, 414"})
    void aRequestLineHasALimit(int length, int status) throws IOException {
        RawClient.Answers answers = server.ask("GET /" + "a".repeat(length - 14) + " HTTP/1.1~Host: localhost~~");

        assertEquals(status, answers.status());
        assertTrue(answers.body().contains(status == 200 ? "" : "AH00565"), answers.body());
    }

    @ParameterizedTest
    @CsvSource({"8190, 200", "8191, 200", "8192, 400", "100000, 400"})
    void aFieldHasALimit(int length, int status) throws IOException {
        RawClient.Answers answers = server.ask("GET / HTTP/1.1~Host: localhost~X: " + "a".repeat(length - 3) + "~~");

        assertEquals(status, answers.status());
        assertTrue(answers.body().contains(status == 200 ? "" : "Size of a request header field exceeds server limit.#AH00561"), answers.body());
    }

    @Test
    void aFoldedFieldHasTheSameLimit() throws IOException {
        String line = "a".repeat(4000) + "~ ";

        RawClient.Answers answers = server.ask("GET / HTTP/1.1~Host: localhost~X: " + line.repeat(3) + "b~~");

        assertEquals(400, answers.status());
        assertTrue(answers.body().contains("exceeds server limit.#AH00562"), answers.body());
    }

    @ParameterizedTest
    @CsvSource({"100, 200", "101, 400"})
    void theFieldsOfARequestAreCounted(int fields, int status) throws IOException {
        RawClient.Answers answers = server.ask("GET / HTTP/1.1~Host: localhost~" + "X: a~".repeat(fields - 1) + "~");

        assertEquals(status, answers.status());
        assertTrue(answers.body().contains(status == 200 ? "" : "exceeds this server's limit.#AH00563"), answers.body());
    }

    @ParameterizedTest
    @CsvSource({"1, 9000, exceeds server limit.#AH02656", "101, 1, exceeds this server's limit.#AH02656"})
    void trailersHaveTheLimitsOfAHead(int fields, int size, String notes) throws IOException {
        String trailer = ("XT: " + "a".repeat(size) + "~").repeat(fields);

        RawClient.Answers answers =
                server.ask("POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~3~abc~0~" + trailer + "~");

        assertEquals(400, answers.status());
        assertTrue(answers.body().contains(notes), answers.body());
    }

    @Test
    void aChunkExtensionWithoutEndIsTooLarge() throws IOException {
        RawClient.Answers answers =
                server.ask("POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~3;" + "a".repeat(9000) + "~abc~0~~");

        assertEquals(413, answers.status());
    }

    @Test
    void theOldestRequestGetsABodyAlone() throws IOException {
        try (TestServer hello =
                new TestServer(exchange -> exchange.getResponseSender().send("hello"))) {
            RawClient.Answers answers = hello.ask("GET /~");

            assertEquals(new RawClient.Answers("hello", true), answers);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.1~Host: a', 400",
        "'GET / HTTP/1.1~Host: a~', 400",
        "'GET / HT', 0",
        "'GE', 0",
        "'~', 0",
        "'POST / HTTP/1.1~Host: h~Content-Length: 10~~abc', 400",
        "'POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~5~abc', 400",
        "'GET / HTTP/1.1~Host: h~~', 200"
    })
    void aClientThatSaysNoMoreIsAnswered(String request, int status) throws IOException {
        try (RawClient client = server.connect()) {
            client.send(request);
            client.socket.shutdownOutput();

            RawClient.Answers answers = client.answers(2000);

            assertEquals(status, answers.status());
            assertTrue(answers.closed());
        }
    }

    @Test
    void theHostOfAnAbsoluteTargetTakesThePlaceOfTheField() throws IOException {
        try (TestServer shows = new TestServer(exchange -> exchange.getResponseSender()
                .send(TestServer.header(exchange, "Host") + " " + exchange.getRequestPath() + " "
                        + exchange.getQueryString()))) {
            String answer =
                    shows.ask("GET http://FOO.test:81/x?y HTTP/1.1~Host: bar~~").body();
            String other =
                    shows.ask("GET https://foo.test/x HTTP/1.1~Host: bar~~").body();

            assertEquals("foo.test:81 /x y", answer);
            assertEquals("bar /x ", other);
        }
    }

    @Test
    void aFoldedFieldIsJoinedWithOneSpace() throws IOException {
        try (TestServer shows = new TestServer(
                exchange -> exchange.getResponseSender().send("<" + TestServer.header(exchange, "X") + ">"))) {
            String answer =
                    shows.ask("GET / HTTP/1.1~Host: h~X: a ~   b~{09}c ~~").body();

            assertEquals("<a b c>", answer);
        }
    }

    @Test
    void aRefusedRequestIsAnExchangeOfWhatWasUnderstood() throws IOException {
        try (TestServer shows = new TestServer(TestServer.ECHO)) {
            shows.listener.setRefusalHandler(exchange -> exchange.getResponseSender()
                    .send(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getProtocol()
                            + " " + exchange.getStatusCode() + " " + exchange.isRequestComplete()));

            assertEquals("PUT /x HTTP/1.1 400 true", shows.ask("PUT /x HTTP/1.1~Host: h~X y: a~~").body());
            assertEquals("-  HTTP/1.0 400 true", shows.ask("PUT /x^").body());
        }
    }
}
