package dev.sluice.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;

/**
 * Makes one field of those that came with one name, as httpd does when it has read a head (ap_get_mime_headers_core,
 * h2_req_add_header): what modules see, log and pass on is that one.
 */
final class RepeatedFields {
    private RepeatedFields() {}

    /** The crumbs of a cookie that HTTP/2 splits are joined by a semicolon, all else by a comma. */
    static void join(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        for (long at = headers.fastIterateNonEmpty(); at != -1L; at = headers.fiNextNonEmpty(at)) {
            HeaderValues values = headers.fiCurrent(at);
            if (values.size() > 1) {
                boolean crumbs = values.getHeaderName().equals(Headers.COOKIE)
                        && exchange.getProtocol().equals(Protocols.HTTP_2_0);
                String one = String.join(crumbs ? "; " : ", ", values);
                values.clear();
                values.add(one);
            }
        }
    }
}
