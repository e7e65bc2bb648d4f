package dev.sluice.wire.http2;

import io.undertow.UndertowOptions;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request and its answer. */
final class ServerStream extends Http2Stream {
    /** What is asked of the encoder besides the fields, less what nghttp2 adds for a status and for itself. */
    private static final int HEAD_BEYOND_FIELDS = 36;

    private static final int KEY_BYTES = 16;

    private final ServerSession server;
    private final Http2ServerConnection connection;
    private @Nullable HttpServerExchange exchange;
    private int pushedOn;
    private boolean critical;
    private int lateStatus;

    ServerStream(ServerSession session, int id, boolean remoteEnded) {
        super(session, id, remoteEnded);
        this.server = session;
        this.connection = new Http2ServerConnection(session, this);
    }

    void run(RequestHead head) {
        String protocol = head.protocol();
        if (protocol != null) {
            head.headers().put(Headers.UPGRADE, protocol);
            head.headers().put(Headers.CONNECTION, Headers.UPGRADE_STRING);
            if (!head.headers().contains(Headers.SEC_WEB_SOCKET_KEY)) {
                // HTTP/1.1 servers ask for one, to tell them from those who do not know what they asked for.
                byte[] key = new byte[KEY_BYTES];
                ThreadLocalRandom.current().nextBytes(key);
                head.headers()
                        .put(Headers.SEC_WEB_SOCKET_KEY, Base64.getEncoder().encodeToString(key));
            }
        }
        HttpServerExchange exchange = exchange(head.headers(), protocol == null);
        exchange.setRequestMethod(protocol == null ? Methods.fromString(head.method()) : Methods.GET);
        target(exchange, head.target());
        announce(head.contentLength());
        if (protocol != null) {
            exchange.putAttachment(Http2ServerConnection.CONNECT_PROTOCOL, protocol);
        }
        HttpHandler handler = server.rootHandler();
        if (head.refusal() > 0) {
            exchange.setStatusCode(head.refusal());
            handler = server.listener.refusalHandler();
        }
        Connectors.executeRootHandler(handler, exchange);
    }

    /** The HTTP/1.1 request that asked for the upgrade, again, without what was said of its connection. */
    void runUpgraded(HttpServerExchange initial) {
        HeaderMap headers = new HeaderMap();
        for (HeaderValues values : initial.getRequestHeaders()) {
            StaticTable.Name known = StaticTable.known(values.getHeaderName());
            if (known == null || !known.hop()) {
                headers.putAll(values.getHeaderName(), values);
            }
        }
        headers.remove(new HttpString("HTTP2-Settings"));
        HttpServerExchange exchange = exchange(headers, true);
        exchange.setRequestMethod(initial.getRequestMethod());
        String query = initial.getQueryString();
        target(exchange, query.isEmpty() ? initial.getRequestURI() : initial.getRequestURI() + '?' + query);
        Connectors.executeRootHandler(server.rootHandler(), exchange);
    }

    void runPushed(ServerStream on, Push push) {
        if (closed()) {
            return;
        }
        pushedOn = on.id;
        critical = push.critical();
        HttpServerExchange exchange = exchange(push.headers(), true);
        exchange.setRequestMethod(Methods.fromString(push.method()));
        target(exchange, push.path());
        Connectors.executeRootHandler(server.rootHandler(), exchange);
    }

    /** Whether it was pushed to be there before the answer that brought it. */
    boolean critical() {
        return critical;
    }

    /** Behind a change of protocols it is for those who talk to end their silence. */
    @Override
    boolean stalledSince(long deadline) {
        return !connection.tunnels() && super.stalledSince(deadline);
    }

    /** The stream whose answer brought this one; 0 where the client asked for it. */
    int pushedOn() {
        return pushedOn;
    }

    /** {@code withBody} is false where what the client sends is no body, but what follows a change of protocols. */
    private HttpServerExchange exchange(HeaderMap headers, boolean withBody) {
        long maxLength = server.undertowOptions.get(UndertowOptions.MAX_ENTITY_SIZE, -1L);
        HttpServerExchange made = new HttpServerExchange(connection, headers, new HeaderMap(), maxLength);
        exchange = made;
        server.exchangeBegan();
        made.setProtocol(Protocols.HTTP_2_0);
        made.setRequestScheme(server.transport.secure() ? "https" : "http");
        if (server.undertowOptions.get(UndertowOptions.RECORD_REQUEST_START_TIME, false)) {
            Connectors.setRequestStartTime(made);
        }
        StreamSource from = source;
        if (from == null || !withBody) {
            Connectors.terminateRequest(made);
        } else {
            from.maxLength(maxLength);
        }
        return made;
    }

    /** As it came: nothing is decoded, nothing normalised. */
    private static void target(HttpServerExchange exchange, String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        // A query string has no way to be there and empty: its mark stays with the URI.
        exchange.setRequestURI(query == target.length() - 1 ? target : path);
        exchange.setRequestPath(path);
        exchange.setRelativePath(path);
        exchange.setQueryString(query < 0 ? "" : target.substring(query + 1));
    }

    void endWithTrailers(HeaderMap trailers) {
        HttpServerExchange to = exchange;
        if (to != null) {
            to.putAttachment(HttpAttachments.REQUEST_TRAILERS, trailers);
        }
        StreamSource from = source;
        endRemote();
        if (from != null) {
            from.receive(java.nio.ByteBuffer.allocate(0), true);
        }
    }

    /** The status, where the exchange's does not stand any more. */
    void lateStatus(int status) {
        lateStatus = status;
    }

    @Override
    void writeHead(boolean end) {
        HttpServerExchange from = exchange;
        if (from == null) {
            throw new IllegalStateException("exchange of stream " + id + ": null (expected: an exchange)");
        }
        HeaderMap headers = from.getResponseHeaders();
        int status = lateStatus == 0 ? from.getStatusCode() : lateStatus;
        if (!end && !from.getRequestMethod().equals(Methods.HEAD) && Connectors.isEntityBodyAllowed(status)) {
            String length = headers.getFirst(Headers.CONTENT_LENGTH);
            promise(length == null ? -1 : HeaderRules.contentLength(length));
        }
        int most = session.options.output().maxHeaderBlock();
        if (HeaderEncoder.room(headers) - HEAD_BEYOND_FIELDS > most) {
            session.reset(this, Http2Error.PROTOCOL_ERROR, new IOException("a response head above " + most + " bytes"));
            return;
        }
        session.out.response(id, status, headers, end);
    }

    @Override
    @Nullable
    HeaderMap trailersToSend() {
        HttpServerExchange from = exchange;
        if (from == null) {
            return null;
        }
        Supplier<HeaderMap> supplier = from.getAttachment(HttpAttachments.RESPONSE_TRAILER_SUPPLIER);
        return supplier != null ? supplier.get() : from.getAttachment(HttpAttachments.RESPONSE_TRAILERS);
    }

    @Override
    void endLocal() {
        super.endLocal();
        StreamSource from = source;
        if (from != null && from.discarding()) {
            server.giveUpReading(this);
        }
    }

    @Override
    void sinkDone() {
        HttpServerExchange done = exchange;
        if (done != null) {
            Connectors.terminateResponse(done);
        }
    }

    @Override
    void sourceDone() {
        HttpServerExchange done = exchange;
        if (done != null) {
            Connectors.terminateRequest(done);
        }
    }

    @Override
    void failed(IOException failure) {
        connection.streamFailed();
    }

    /** Nobody waits for an answer any more; and it might never be read. */
    @Override
    boolean bodyOutlivesFailure() {
        return false;
    }

    @Override
    boolean expectsHead() {
        return false;
    }

    @Override
    int abortCode() {
        return Http2Error.INTERNAL_ERROR;
    }

    /** The exchange is complete: what the client still sends has no reader. The one that stood for a 100 response does not count. */
    void exchangeEnded(HttpServerExchange which) {
        if (which != exchange) {
            return;
        }
        server.exchangeEnded();
        if (connection.tunnels()) {
            session.execute(() -> connection.openTunnel(which));
            return;
        }
        StreamSource from = source;
        if (from != null && !from.discarding()) {
            from.terminateReads();
        }
    }
}
