package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.request.Responses;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptHeadTest {
    private final List<String> logged = new ArrayList<>();
    private final HttpServerExchange exchange = new HttpServerExchange(null);
    private final Request request = request();
    private final ScriptHead head = new ScriptHead(request, "cgi");

    private Request request() {
        ErrorLog log = new ErrorLog() {
            @Override
            public boolean keeps(Level level, String module) {
                return true;
            }

            @Override
            public void log(Level level, String module, @Nullable HttpServerExchange about, String message) {
                logged.add(module + ":" + message);
            }
        };
        Responses none = new Responses() {
            @Override
            public void fail(Request failed, int status) {
                throw new AssertionError(status);
            }

            @Override
            public void redirectInternally(Request redirected, String target) {
                throw new AssertionError(target);
            }
        };
        exchange.setRequestMethod(new HttpString("GET"));
        Server server = new Server(List.of(), Settings.EMPTY, Settings.EMPTY, List.of(), null);
        Request made = new Request(exchange, server, log, none, "/s", "/s", "", null);
        made.filename("/srv/scripts/s.cgi");
        return made;
    }

    private ScriptHead.Progress read(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        ScriptHead.Progress progress = head.read(bytes);
        left = bytes.remaining();
        return progress;
    }

    private int left;

    @Test
    void theBodyBeginsBehindTheFirstEmptyLine() {
        assertEquals(ScriptHead.Progress.MORE, read("Content-Type: Text/HTML; Charset=X\r\nX: 1\nX: 2\r"));
        assertEquals(ScriptHead.Progress.COMPLETE, read("\n\r\nbody"));

        assertEquals(4, left);
        assertEquals(0, head.apply());
        request.joinAlwaysHeaders();
        assertEquals("text/html; Charset=X", exchange.getResponseHeaders().getFirst("Content-Type"));
        assertEquals("1, 2", exchange.getResponseHeaders().getFirst("X"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    404              | 404 |
                    404 Gone Fishing | 404 | Gone Fishing
                    abc              | 500 |
                    """)
    void theScriptChoosesTheStatus(String line, int status, @Nullable String reason) {
        read("Status: " + line + "\n\n");
        head.apply();

        assertEquals(status, exchange.getStatusCode());
        assertEquals(reason, exchange.getReasonPhrase());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    ""             | End of script output before headers: s.cgi
                    "X: 1\\n"      | Premature end of script headers: s.cgi
                    "no field\\n"  | malformed header from script 's.cgi': Bad header: no field
                    """)
    void outputThatIsNoHeadIsToldToTheLog(String output, String message) {
        ScriptHead.Progress progress = read(output.replace("\\n", "\n"));

        assertEquals(ScriptHead.Progress.MALFORMED, progress == ScriptHead.Progress.MORE ? head.end() : progress);
        assertEquals(List.of("cgi:" + message), logged);
    }

    @Test
    void aHeaderThatClientsCouldReadOtherwiseIsNotSent() {
        read("X y: 1\n\n");

        assertEquals(500, head.apply());
        assertEquals(
                List.of("http:AH02429: Response header name 'X y' contains invalid characters, aborting request"),
                logged);
    }

    @Test
    void theServerCountsTheBodyUnlessTheScriptIsTrusted() {
        read("Content-Length: 4\n\n");
        head.apply();
        assertFalse(exchange.getResponseHeaders().contains("Content-Length"));

        request.environment().set("ap_trust_cgilike_cl", "1");
        ScriptHead trusted = new ScriptHead(request, "cgi");
        trusted.read(ByteBuffer.wrap("Content-Length: 4\n\n".getBytes(StandardCharsets.US_ASCII)));
        trusted.apply();
        assertEquals("4", exchange.getResponseHeaders().getFirst("Content-Length"));
    }

    @Test
    void whatTheClientHasAlreadyIsNotSentAgain() {
        exchange.getRequestHeaders().put(new HttpString("If-None-Match"), "\"a\"");
        read("ETag: \"a\"\n\n");

        assertEquals(304, head.apply());
        assertEquals(304, exchange.getStatusCode());
    }

    @Test
    void aLocationRedirectsOnlyWithoutAStatusOfItsOwn() {
        assertNull(head.location());
        read("Location: /a\n");
        assertTrue(head.redirects());
        read("Status: 307\n\n");
        assertFalse(head.redirects());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /cgi/env/a/b,  /a/b,  8
                    /cgi/env//a/b, /a/b,  8
                    /cgi/env,      /x,    8
                    /a/b,          /a/b,  0
                    """)
    void theScriptEndsWhereThePathInfoBegins(String path, String info, int end) {
        assertEquals(end, CgiEnvironment.scriptEnd(path, info));
    }
}
