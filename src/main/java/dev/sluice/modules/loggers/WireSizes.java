package dev.sluice.modules.loggers;

import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.StatusCodes;

/**
 * mod_logio's letters. Heads are counted as HTTP/1.1 writes them, bodies as the exchange counts them: the frames of TLS and
 * HTTP/2, and the sizes of chunks, are not in the numbers.
 */
final class WireSizes {
    /** When the answer began, as {@link System#nanoTime()} counts. */
    static final AttachmentKey<Long> FIRST_BYTE = AttachmentKey.create(Long.class);

    /** Bytes of the request's head as it came, before any module changed it. */
    private static final AttachmentKey<Long> REQUEST_HEAD = AttachmentKey.create(Long.class);

    private WireSizes() {}

    static void noteRequestHead(Request request) {
        request.exchange().putAttachment(REQUEST_HEAD, requestHead(request));
    }

    static LogItem item(String letter) {
        return switch (letter) {
            case "I" -> (r, line) -> LogLetters.number(line, received(r));
            case "O" -> (r, line) -> LogLetters.number(line, sent(r));
            case "S" -> (r, line) -> LogLetters.number(line, received(r) + sent(r));
            default -> WireSizes::firstByte;
        };
    }

    private static boolean firstByte(Request request, LineBuffer line) {
        Long at = request.exchange().getAttachment(FIRST_BYTE);
        return at != null && LogLetters.number(line, (at - request.startNanos()) / 1000);
    }

    private static long received(Request request) {
        HttpServerExchange exchange = request.exchange();
        Long noted = exchange.getAttachment(REQUEST_HEAD);
        long head = noted == null ? requestHead(request) : noted;
        return head + (exchange.isRequestComplete() ? Math.max(0, exchange.getRequestContentLength()) : 0);
    }

    private static long requestHead(Request request) {
        HttpServerExchange exchange = request.exchange();
        int line = exchange.getRequestMethod().length()
                + request.original().unparsedUri().length()
                + exchange.getProtocol().length()
                + 4;
        return line + fields(exchange.getRequestHeaders());
    }

    private static long sent(Request request) {
        HttpServerExchange exchange = request.exchange();
        if (!exchange.isResponseStarted()) {
            return 0;
        }
        if (exchange.isHttp09()) {
            return request.bodyBytes();
        }
        String reason = exchange.getReasonPhrase();
        String said = reason == null ? StatusCodes.getReason(exchange.getStatusCode()) : reason;
        int line = "HTTP/1.1 200 ".length() + said.length() + 2;
        return line + fields(exchange.getResponseHeaders()) + request.bodyBytes();
    }

    /** A head's fields and the empty line behind them. */
    private static long fields(HeaderMap headers) {
        long size = 2;
        for (long i = headers.fastIterateNonEmpty(); i != -1; i = headers.fiNextNonEmpty(i)) {
            HeaderValues values = headers.fiCurrent(i);
            for (int j = 0; j < values.size(); j++) {
                size += values.getHeaderName().length() + values.get(j).length() + 4;
            }
        }
        return size;
    }
}
