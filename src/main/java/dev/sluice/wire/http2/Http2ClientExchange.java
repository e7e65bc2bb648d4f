package dev.sluice.wire.http2;

import dev.sluice.wire.InterimResponses;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.client.ContinueNotification;
import io.undertow.client.PushCallback;
import io.undertow.util.AbstractAttachable;
import io.undertow.util.HeaderMap;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.Configurable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * A request on its stream. Closing either channel before its end cancels the stream. Trailers of the request are what is attached as
 * {@code HttpAttachments.REQUEST_TRAILERS} when its channel is shut; those of the response are attached as
 * {@code HttpAttachments.RESPONSE_TRAILERS} before the response channel ends.
 */
final class Http2ClientExchange extends AbstractAttachable implements ClientExchange, InterimResponses {
    private final Http2ClientConnection connection;
    private final ClientStream stream;
    private final ClientRequest request;
    private @Nullable ConduitStreamSinkChannel requestChannel;
    private @Nullable ConduitStreamSourceChannel responseChannel;
    private @Nullable ClientCallback<ClientExchange> responseListener;
    private @Nullable ContinueNotification continueHandler;
    private InterimResponses.@Nullable Handler interimHandler;
    private @Nullable ClientResponse response;
    private @Nullable ClientResponse continueResponse;
    private @Nullable IOException failure;

    Http2ClientExchange(Http2ClientConnection connection, ClientStream stream, ClientRequest request) {
        this.connection = connection;
        this.stream = stream;
        this.request = request;
    }

    // --- the stream's side

    void interim(int status, HeaderMap headers) {
        InterimResponses.Handler handler = interimHandler;
        if (handler != null) {
            handler.interim(status, "", headers);
        }
        ContinueNotification notification = continueHandler;
        if (status == StatusCodes.CONTINUE) {
            continueResponse = new ClientResponse(status, StatusCodes.CONTINUE_STRING, Protocols.HTTP_2_0, headers);
            if (notification != null) {
                notification.handleContinue(this);
            }
        }
    }

    void respond(ClientResponse answer) {
        response = answer;
        ClientCallback<ClientExchange> listener = responseListener;
        if (listener != null) {
            responseListener = null;
            listener.completed(this);
        }
    }

    /** After the response the channels tell of a failure, before it the listener does. */
    void fail(IOException why) {
        if (response == null) {
            failure = why;
            ClientCallback<ClientExchange> listener = responseListener;
            if (listener != null) {
                responseListener = null;
                listener.failed(why);
            }
        }
    }

    // --- the caller's side

    @Override
    public void setResponseListener(ClientCallback<ClientExchange> listener) {
        IOException why = failure;
        if (response != null) {
            listener.completed(this);
        } else if (why != null) {
            listener.failed(why);
        } else {
            responseListener = listener;
        }
    }

    @Override
    public void setContinueHandler(ContinueNotification handler) {
        continueHandler = handler;
    }

    @Override
    public void setInterimHandler(InterimResponses.Handler handler) {
        interimHandler = handler;
    }

    /** Never called: our SETTINGS forbid a push. */
    @Override
    public void setPushHandler(PushCallback handler) {}

    @Override
    public StreamSinkChannel getRequestChannel() {
        ConduitStreamSinkChannel channel = requestChannel;
        if (channel == null) {
            channel = new ConduitStreamSinkChannel(Configurable.EMPTY, stream.sink);
            requestChannel = channel;
        }
        return channel;
    }

    @Override
    public @Nullable StreamSourceChannel getResponseChannel() {
        ConduitStreamSourceChannel channel = responseChannel;
        StreamSource source = stream.source;
        if (channel == null && source != null) {
            channel = new ConduitStreamSourceChannel(Configurable.EMPTY, source);
            responseChannel = channel;
        }
        return channel;
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
