package dev.sluice.wire.http1;

import dev.sluice.wire.InterimResponses;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.client.ContinueNotification;
import io.undertow.client.PushCallback;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.AbstractAttachable;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/** One request and its response on an {@link Http1ClientConnection}. Lives on the connection's I/O thread. */
final class Http1ClientExchange extends AbstractAttachable implements ClientExchange, InterimResponses {
    private final Http1ClientConnection connection;
    private final ClientRequest request;
    private final RequestBody requestBody;
    private final boolean persistent;
    private @Nullable StreamSinkChannel requestChannel;
    private @Nullable StreamSourceChannel responseChannel;
    private @Nullable ResponseBody responseBody;
    private @Nullable ClientResponse response;
    private @Nullable ClientResponse continueResponse;
    private @Nullable ClientCallback<ClientExchange> responseListener;
    private @Nullable ContinueNotification continueHandler;
    private @Nullable Handler interimHandler;
    private @Nullable IOException failure;
    private int interims;
    private boolean requestEnded;
    private boolean responseEnded;
    private boolean reusable;

    Http1ClientExchange(
            Http1ClientConnection connection, ClientRequest request, BodyFraming framing, PooledByteBuffer head) {
        this.connection = connection;
        this.request = request;
        this.requestBody = new RequestBody(connection.sink(), this, framing, head);
        this.persistent = !Http1ClientConnection.hasToken(request.getRequestHeaders(), "close");
    }

    RequestBody requestBody() {
        return requestBody;
    }

    @Nullable
    ResponseBody responseBody() {
        return responseBody;
    }

    boolean hasEnded() {
        return requestEnded && responseEnded;
    }

    boolean hasResponseEnded() {
        return responseEnded;
    }

    boolean isReusable() {
        return reusable;
    }

    /** Tells an interim response; the number of those so far. */
    int interim(int status, ResponseHead head) {
        String reason = head.reason() == null ? "" : head.reason();
        if (status == 100) {
            continueResponse = new ClientResponse(status, reason, head.protocol(), head.headers());
            if (continueHandler != null) {
                continueHandler.handleContinue(this);
            }
        }
        if (interimHandler != null) {
            interimHandler.interim(status, reason, head.headers());
        }
        return ++interims;
    }

    void respond(ResponseHead head, StreamSourceConduit source, BodyFraming framing, @Nullable PooledByteBuffer rest) {
        response = new ClientResponse(head.status(), head.reason(), head.protocol(), head.headers());
        ResponseBody body = new ResponseBody(source, this, framing, rest);
        responseBody = body;
        reusable = persistent && Http1ClientConnection.isPersistent(head.protocol(), head.headers());
        if (head.status() != 101) {
            body.endIfEmpty();
        }
        if (responseListener != null) {
            responseListener.completed(this);
        }
    }

    /** The response will not come, or not to its end. */
    void fail(IOException e) {
        if (failure != null) {
            return;
        }
        failure = e;
        requestBody.free();
        if (response == null && responseListener != null) {
            responseListener.failed(e);
        } else if (responseBody != null && !responseEnded) {
            responseBody.connectionClosed();
        }
    }

    void trailers(@Nullable HeaderMap trailers) {
        if (trailers != null) {
            putAttachment(HttpAttachments.RESPONSE_TRAILERS, trailers);
        }
    }

    void responseEnded(boolean clean) {
        responseEnded = true;
        reusable &= clean;
        connection.progressed(this);
    }

    void responseFailed() {
        responseEnded = true;
        reusable = false;
        connection.progressed(this);
    }

    void requestEnded() {
        requestEnded = true;
        connection.progressed(this);
    }

    void requestFailed() {
        connection.close();
    }

    @Override
    public void setResponseListener(ClientCallback<ClientExchange> listener) {
        responseListener = listener;
        if (failure != null && response == null) {
            listener.failed(failure);
        } else if (response != null) {
            listener.completed(this);
        }
    }

    @Override
    public void setContinueHandler(ContinueNotification handler) {
        continueHandler = handler;
    }

    @Override
    public void setInterimHandler(Handler handler) {
        interimHandler = handler;
    }

    /** HTTP/1.1 has no push. */
    @Override
    public void setPushHandler(PushCallback handler) {}

    @Override
    public StreamSinkChannel getRequestChannel() {
        if (requestChannel == null) {
            requestChannel = new ConduitStreamSinkChannel(connection.channel().getSinkChannel(), requestBody);
        }
        return requestChannel;
    }

    @Override
    public StreamSourceChannel getResponseChannel() {
        if (responseChannel == null) {
            if (responseBody == null) {
                throw new IllegalStateException("response: none yet (expected: its head)");
            }
            responseChannel =
                    new ConduitStreamSourceChannel(connection.channel().getSourceChannel(), responseBody);
        }
        return responseChannel;
    }

    @Override
    public ClientRequest getRequest() {
        return request;
    }

    @Override
    public @Nullable ClientResponse getResponse() {
        return response;
    }

    @Override
    public @Nullable ClientResponse getContinueResponse() {
        return continueResponse;
    }

    @Override
    public ClientConnection getConnection() {
        return connection;
    }
}
