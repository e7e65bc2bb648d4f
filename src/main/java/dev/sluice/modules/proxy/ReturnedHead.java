package dev.sluice.modules.proxy;

import io.undertow.client.ClientResponse;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;

/** Builds the head of the response the client sees from the backend's (ap_proxy_http_process_response). */
final class ReturnedHead {
    private static final HttpString KEEP_ALIVE = new HttpString("Keep-Alive");
    private static final HttpString PROXY_CONNECTION = new HttpString("Proxy-Connection");
    private static final HttpString URI = new HttpString("URI");
    private static final HttpString DESTINATION = new HttpString("Destination");

    private final ProxySettings settings;
    private final LocationSettings location;

    ReturnedHead(ProxySettings settings, LocationSettings location) {
        this.settings = settings;
        this.location = location;
    }

    void copy(ClientResponse response, HttpServerExchange exchange) {
        exchange.setStatusCode(response.getResponseCode());
        // HTTP/2 has no reason; one that is not the usual one is kept for the client.
        exchange.setReasonPhrase(response.getStatus());
        // What was set before is forgotten: httpd's r->headers_out is the backend's from here on.
        exchange.getResponseHeaders().clear();
        boolean capitalizes = response.getProtocol().equals(Protocols.HTTP_2_0)
                && !exchange.getProtocol().equals(Protocols.HTTP_2_0);
        copy(response.getResponseHeaders(), capitalizes, exchange, exchange.getResponseHeaders());
        if (settings.via() == ProxySettings.Via.ON || settings.via() == ProxySettings.Via.FULL) {
            via(exchange);
        }
    }

    /** The fields of {@code in} that are not the connection's own. */
    void copy(HeaderMap in, HttpServerExchange exchange, HeaderMap out) {
        copy(in, false, exchange, out);
    }

    private void copy(HeaderMap in, boolean http2, HttpServerExchange exchange, HeaderMap out) {
        HeaderValues connection = in.get(Headers.CONNECTION);
        boolean framed = in.contains(Headers.TRANSFER_ENCODING);
        for (long cookie = in.fastIterateNonEmpty(); cookie != -1L; cookie = in.fiNextNonEmpty(cookie)) {
            HeaderValues values = in.fiCurrent(cookie);
            HttpString name = values.getHeaderName();
            if (isHopByHop(name) || ForwardedHead.isNamed(connection, name)) {
                continue;
            }
            HttpString shown = http2 ? CamelCase.of(name) : name;
            if (!name.equals(Headers.CONTENT_LENGTH)) {
                field(shown, values, exchange, out);
            } else if (!framed) {
                out.put(shown, values.getFirst());
            }
        }
    }

    private void field(HttpString name, HeaderValues values, HttpServerExchange exchange, HeaderMap out) {
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (name.equals(Headers.DATE)) {
                out.put(name, HttpDates.canonical(value));
            } else {
                out.add(name, changed(name, value, exchange));
            }
        }
    }

    private String changed(HttpString name, String value, HttpServerExchange exchange) {
        if (name.equals(Headers.SET_COOKIE)) {
            return location.reverse().cookie(value);
        }
        if (name.equals(Headers.LAST_MODIFIED) || name.equals(Headers.EXPIRES)) {
            return HttpDates.canonical(value);
        }
        if (!location.reverse().urls().isEmpty()
                && (name.equals(Headers.LOCATION)
                        || name.equals(Headers.CONTENT_LOCATION)
                        || name.equals(URI)
                        || name.equals(DESTINATION))) {
            return location.reverse().url(value, exchange);
        }
        return value;
    }

    private static boolean isHopByHop(HttpString name) {
        return name.equals(Headers.CONNECTION)
                || name.equals(KEEP_ALIVE)
                || name.equals(Headers.PROXY_AUTHENTICATE)
                || name.equals(Headers.TE)
                || name.equals(Headers.TRAILER)
                || name.equals(Headers.TRANSFER_ENCODING)
                || name.equals(Headers.UPGRADE)
                || name.equals(PROXY_CONNECTION);
    }

    /** A field of its own, of the client's version; ProxyVia Block is for requests alone (ap_proxy_http_process_response). */
    private void via(HttpServerExchange exchange) {
        String version = exchange.getProtocol().equals(Protocols.HTTP_1_0) ? "1.0" : "1.1";
        exchange.getResponseHeaders().add(Headers.VIA, settings.viaEntry(version, exchange));
    }
}
