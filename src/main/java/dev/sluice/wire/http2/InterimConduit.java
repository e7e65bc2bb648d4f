package dev.sluice.wire.http2;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** The answer of an exchange that stands for a 100 response: its head goes out when it ends, a body it has none. */
final class InterimConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final Http2ServerConnection connection;
    private final HttpServerExchange exchange;
    private boolean ended;

    InterimConduit(StreamSinkConduit next, Http2ServerConnection connection, HttpServerExchange exchange) {
        super(next);
        this.connection = connection;
        this.exchange = exchange;
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
            connection.sendInterim(exchange.getStatusCode(), "", exchange.getResponseHeaders());
        }
    }

    @Override
    public boolean flush() {
        if (ended) {
            Connectors.terminateResponse(exchange);
        }
        return true;
    }
}
