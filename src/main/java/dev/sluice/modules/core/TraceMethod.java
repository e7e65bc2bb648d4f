package dev.sluice.modules.core;

import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** TRACE: the client gets its own request back, where TraceEnable admits it (ap_send_http_trace, http_filters.c). */
final class TraceMethod {
    private static final HttpHandler ECHO = TraceMethod::echo;

    private TraceMethod() {}

    /** {@link Outcome#DECLINED} for any other method. */
    static Outcome answer(Request request) {
        if (!request.method().equals("TRACE")) {
            return Outcome.DECLINED;
        }
        CoreModule.Trace trace = request.server().settings().get(CoreModule.TRACE_ENABLE);
        if (trace == CoreModule.Trace.OFF) {
            request.exchange().getResponseHeaders().put(Headers.ALLOW, "");
            return Outcome.status(405);
        }
        if (hasBody(request.exchange().getRequestHeaders())) {
            request.log(Level.INFO, "http", "AH01595: TRACE with body is not allowed for " + request.path());
            return Outcome.status(413);
        }
        return Outcome.answerWith(ECHO);
    }

    private static boolean hasBody(HeaderMap headers) {
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        return headers.contains(Headers.TRANSFER_ENCODING)
                || (length != null && !length.strip().equals("0"));
    }

    private static void echo(HttpServerExchange exchange) {
        StringBuilder text = new StringBuilder(256);
        Request request = Request.of(exchange);
        String uri = request == null ? exchange.getRequestURI() : request.unparsedUri();
        text.append("TRACE ")
                .append(uri)
                .append(' ')
                .append(exchange.getProtocol())
                .append("\r\n");
        for (HeaderValues header : exchange.getRequestHeaders()) {
            for (String value : header) {
                text.append(header.getHeaderName()).append(": ").append(value).append("\r\n");
            }
        }
        byte[] body = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "message/http");
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
}
