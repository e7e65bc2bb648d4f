package dev.sluice.wire.http1;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** The answer of an exchange that stands for a 100 response: its head goes out when it ends, a body it has none. */
final class InterimAnswer extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final Http1ServerConnection connection;
    private final HttpServerExchange interim;
    private boolean ended;

    InterimAnswer(StreamSinkConduit next, Http1ServerConnection connection, HttpServerExchange interim) {
        super(next);
        this.connection = connection;
        this.interim = interim;
    }

    @Override
    public int write(ByteBuffer from) {
        int dropped = from.remaining();
        from.position(from.limit());
        return dropped;
    }

    @Override
    public void terminateWrites() {
        if (!ended) {
            ended = true;
            connection.sendInterim(interim.getStatusCode(), "", interim.getResponseHeaders());
        }
    }

    @Override
    public boolean flush() {
        if (ended) {
            Connectors.terminateResponse(interim);
        }
        return true;
    }
}
