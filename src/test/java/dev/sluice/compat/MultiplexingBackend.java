package dev.sluice.compat;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** HTTP/2 (and 1.1) in clear or over TLS; obeys the instructions that make sense there: status, header, body, size. */
final class MultiplexingBackend {
    private final String name;
    private final Sightings sightings;

    private MultiplexingBackend(String name, Sightings sightings) {
        this.name = name;
        this.sightings = sightings;
    }

    /** Held here, since the JDK forgets the level of a logger that nobody holds. */
    private static final Logger QUIET = Logger.getLogger("io.undertow");

    static Undertow start(String name, int port, @Nullable SSLContext tls, Sightings sightings) {
        QUIET.setLevel(Level.WARNING);
        Undertow.Builder builder = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(new MultiplexingBackend(name, sightings)::handle);
        if (tls == null) {
            builder.addHttpListener(port, "127.0.0.1");
        } else {
            builder.addHttpsListener(port, "127.0.0.1", tls);
        }
        Undertow server = builder.build();
        server.start();
        return server;
    }

    private void handle(HttpServerExchange exchange) {
        String target =
                exchange.getRequestURI() + (exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString());
        List<String> headers = new ArrayList<>();
        for (HeaderValues values : exchange.getRequestHeaders()) {
            values.forEach(value -> headers.add(values.getHeaderName() + ": " + value));
        }
        List<String> head = Wire.byName(headers);
        head.add(0, exchange.getRequestMethod() + " " + target + " " + exchange.getProtocol());
        int sighting = sightings.add(name, " connection", head);
        exchange.getRequestReceiver().receiveFullBytes((same, body) -> {
            if (body.length > 0) {
                sightings.addLine(sighting, "body: " + Bodies.told(body));
            }
            answer(same, new Instructions(target), target);
        });
    }

    private static void answer(HttpServerExchange exchange, Instructions told, String target) {
        exchange.setStatusCode(told.number("status", 200));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, told.text("type", "text/plain"));
        exchange.getResponseHeaders().put(Headers.DATE, "Thu, 01 Jan 2026 00:00:00 GMT");
        for (String header : told.all("header")) {
            String[] sides = header.split(": ?", 2);
            exchange.getResponseHeaders().add(new HttpString(sides[0]), sides[1]);
        }
        byte[] body = told.body(exchange.getRequestMethod().toString(), target);
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
}
