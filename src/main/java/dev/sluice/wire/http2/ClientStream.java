package dev.sluice.wire.http2;

import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A request of ours and its answer. */
final class ClientStream extends Http2Stream {
    private static final HttpString METHOD = new HttpString(":method");
    private static final HttpString SCHEME = new HttpString(":scheme");
    private static final HttpString AUTHORITY = new HttpString(":authority");
    private static final HttpString PATH = new HttpString(":path");
    private static final HttpString PROTOCOL = new HttpString(":protocol");

    private final ClientRequest request;
    private final Http2ClientExchange exchange;
    private boolean answered;

    ClientStream(ClientSession session, int id, ClientRequest request, Http2ClientConnection connection) {
        super(session, id, false);
        this.request = request;
        this.exchange = new Http2ClientExchange(connection, this, request);
    }

    Http2ClientExchange exchange() {
        return exchange;
    }

    /** Sends the head; a request that announces no body ends with it. */
    void begin() {
        boolean end = !hasBody();
        if (end) {
            sink.endsWithHead();
        } else {
            sink.headIsWritten();
        }
        writeHead(end);
        if (end) {
            endLocal();
        }
    }

    private boolean hasBody() {
        HeaderMap headers = request.getRequestHeaders();
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        promise(length == null ? -1 : HeaderRules.contentLength(length));
        return request.getMethod().equals(Methods.CONNECT)
                || headers.contains(Headers.TRANSFER_ENCODING)
                || (length != null && !length.equals("0"));
    }

    @Override
    void writeHead(boolean end) {
        String host = request.getRequestHeaders().getFirst(Headers.HOST);
        String authority = host == null ? "" : host;
        String method = request.getMethod().toString();
        String scheme = session.transport.secure() ? "https" : "http";
        String protocol = request.getAttachment(Http2ServerConnection.CONNECT_PROTOCOL);
        Object[] pseudo;
        if (protocol != null) {
            pseudo = new Object[] {
                METHOD, method, PROTOCOL, protocol, SCHEME, scheme, AUTHORITY, authority, PATH, request.getPath()
            };
        } else if (request.getMethod().equals(Methods.CONNECT)) {
            pseudo = new Object[] {METHOD, method, AUTHORITY, request.getPath()};
        } else if (authority.isEmpty()) {
            pseudo = new Object[] {METHOD, method, SCHEME, scheme, PATH, request.getPath()};
        } else {
            pseudo = new Object[] {METHOD, method, SCHEME, scheme, AUTHORITY, authority, PATH, request.getPath()};
        }
        session.out.request(id, pseudo, request.getRequestHeaders(), end);
    }

    void interim(ResponseHead head) {
        exchange.interim(head.status(), head.headers());
    }

    /** False where the length the head announces cannot be. */
    boolean respond(ResponseHead head, boolean end) {
        boolean bodyless = request.getMethod().equals(Methods.HEAD) || head.status() == StatusCodes.NOT_MODIFIED;
        if (!bodyless) {
            announce(head.contentLength());
            if (end && head.contentLength() > 0) {
                return false;
            }
        }
        answered = true;
        if (end) {
            endWithHead();
        }
        exchange.respond(new ClientResponse(
                head.status(), StatusCodes.getReason(head.status()), Protocols.HTTP_2_0, head.headers()));
        return true;
    }

    private void endWithHead() {
        StreamSource from = source;
        endRemote();
        if (from != null) {
            from.receive(ByteBuffer.allocate(0), true);
        }
    }

    void endWithTrailers(HeaderMap trailers) {
        exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, trailers);
        endWithHead();
    }

    /** A server may end a stream behind its whole answer (RFC 9113, 8.1). */
    @Override
    boolean bodyOutlivesFailure() {
        return true;
    }

    @Override
    boolean expectsHead() {
        return !answered;
    }

    @Override
    @Nullable
    HeaderMap trailersToSend() {
        return exchange.getAttachment(HttpAttachments.REQUEST_TRAILERS);
    }

    @Override
    void sinkDone() {}

    @Override
    void sourceDone() {}

    @Override
    void failed(IOException failure) {
        exchange.fail(failure);
    }

    @Override
    int abortCode() {
        return Http2Error.CANCEL;
    }
}
