package dev.sluice.modules.proxy.gateway;

import dev.sluice.modules.core.Fields;
import dev.sluice.modules.core.IpText;
import dev.sluice.modules.core.RemoteHost;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Request;
import dev.sluice.request.TlsVariables;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packet that a request begins with (ajp_marshal_into_msgb, ajp_header.c). */
final class AjpRequest {
    private static final int FORWARD_REQUEST = 2;
    private static final int REMOTE_USER = 3;
    private static final int AUTH_TYPE = 4;
    private static final int QUERY_STRING = 5;
    private static final int ROUTE = 6;
    private static final int SSL_CIPHER = 8;
    private static final int SSL_SESSION = 9;
    private static final int ATTRIBUTE = 10;
    private static final int SSL_KEY_SIZE = 11;
    private static final int SECRET = 12;
    private static final int END = 255;
    private static final String PREFIX = "AJP_";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private final Request request;
    private final HttpServerExchange exchange;

    private AjpRequest(Request request) {
        this.request = request;
        this.exchange = request.exchange();
    }

    /**
     * Null for a method that AJP has no number for.
     *
     * @param uri path, as it is sent, without the query
     */
    static @Nullable ByteBuffer of(Request request, String uri, String route, String secret) {
        int method = AjpWords.method(request.method());
        if (method == 0) {
            return null;
        }
        AjpRequest packet = new AjpRequest(request);
        packet.line(method, uri);
        packet.fields();
        packet.attributes(route, secret);
        byte[] payload = packet.out.toByteArray();
        ByteBuffer whole = ByteBuffer.allocate(payload.length + 4);
        return whole.putShort((short) 0x1234)
                .putShort((short) payload.length)
                .put(payload)
                .flip();
    }

    private void line(int method, String uri) {
        out.write(FORWARD_REQUEST);
        out.write(method);
        AjpWords.text(out, exchange.getProtocol().toString());
        AjpWords.text(out, uri);
        AjpWords.text(out, IpText.of(exchange.getSourceAddress()));
        AjpWords.text(out, RemoteHost.known(exchange));
        AjpWords.text(out, SelfReference.serverName(request));
        AjpWords.number(out, exchange.getDestinationAddress().getPort());
        out.write(exchange.getRequestScheme().equals("https") ? 1 : 0);
    }

    private void fields() {
        HeaderMap headers = exchange.getRequestHeaders();
        AjpWords.number(out, headers.size());
        for (HeaderValues values : headers) {
            AjpWords.fieldName(out, values.getHeaderName());
            String joined = Fields.request(exchange, values.getHeaderName());
            AjpWords.text(out, joined == null ? "" : joined);
        }
    }

    private void attributes(String route, String secret) {
        known(REMOTE_USER, request.user());
        known(AUTH_TYPE, request.authType());
        known(QUERY_STRING, request.query().isEmpty() ? null : request.query());
        known(ROUTE, route.isEmpty() ? null : route);
        if (exchange.getRequestScheme().equals("https")) {
            known(SSL_CIPHER, TlsVariables.value(exchange, "SSL_CIPHER"));
            known(SSL_SESSION, TlsVariables.value(exchange, "SSL_SESSION_ID"));
            String bits = TlsVariables.value(exchange, "SSL_CIPHER_USEKEYSIZE");
            if (bits != null) {
                out.write(SSL_KEY_SIZE);
                AjpWords.number(out, Integer.parseInt(bits));
            }
            attribute("AJP_SSL_PROTOCOL", TlsVariables.value(exchange, "SSL_PROTOCOL"));
        }
        known(SECRET, secret.isEmpty() ? null : secret);
        attribute("AJP_REMOTE_PORT", Integer.toString(exchange.getSourceAddress().getPort()));
        attribute("AJP_LOCAL_ADDR", IpText.of(exchange.getDestinationAddress()));
        for (Map.Entry<String, String> variable : request.environment().all().entrySet()) {
            if (variable.getKey().startsWith(PREFIX)) {
                attribute(variable.getKey().substring(PREFIX.length()), variable.getValue());
            }
        }
        out.write(END);
    }

    private void known(int code, @Nullable String value) {
        if (value != null) {
            out.write(code);
            AjpWords.text(out, value);
        }
    }

    private void attribute(String name, @Nullable String value) {
        if (value != null) {
            out.write(ATTRIBUTE);
            AjpWords.text(out, name);
            AjpWords.text(out, value);
        }
    }
}
