package dev.sluice.wire.http2;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** The answer to an extended CONNECT: its head goes out, and the stream stays open behind it. */
final class TunnelHead extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final HttpServerExchange exchange;
    private boolean ended;

    TunnelHead(StreamSinkConduit next, HttpServerExchange exchange) {
        super(next);
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
        ended = true;
    }

    @Override
    public boolean flush() throws IOException {
        if (!next.flush()) {
            return false;
        }
        if (ended) {
            Connectors.terminateResponse(exchange);
        }
        return true;
    }
}
