package dev.sluice.modules.proxy.gateway;

import java.io.IOException;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * One request and its answer on a connection to an application server. A protocol makes it of a sink, which frames the request,
 * and a source, which takes the frames of the answer off. For the connection's I/O thread alone.
 */
public final class GatewayExchange {
    private final GatewayConnection connection;
    private final GatewaySink sink;
    private final GatewaySource source;
    private final GatewayHead head;
    private final StreamSinkChannel requestChannel;
    private final StreamSourceChannel responseChannel;

    GatewayExchange(GatewayConnection connection, GatewaySink sink, GatewaySource source, GatewayHead head) {
        this.connection = connection;
        this.sink = sink;
        this.source = source;
        this.head = head;
        connection.begin();
        this.requestChannel = new ConduitStreamSinkChannel(connection.stream().getSinkChannel(), sink);
        this.responseChannel =
                new ConduitStreamSourceChannel(connection.stream().getSourceChannel(), source);
    }

    /** Takes the body of the request; the head goes out with it, or when it is flushed. */
    public StreamSinkChannel requestChannel() {
        return requestChannel;
    }

    /** Has the body of the answer once {@link #readHead} said true. */
    public StreamSourceChannel responseChannel() {
        return responseChannel;
    }

    /**
     * Reads what has come of the head of the answer.
     *
     * @return whether it is complete
     * @throws MalformedHead where it is none, which the log was told
     * @throws IOException where the connection fails or ends
     */
    public boolean readHead() throws IOException {
        return source.readHead();
    }

    public GatewayHead head() {
        return head;
    }

    /** Whether the answer has come to its end with all that its protocol says then. */
    public boolean hasEnded() {
        return source.hasEnded();
    }

    /** Lets the connection go; true where another exchange may follow on it. */
    public boolean end(boolean keepsConnection) {
        boolean reusable = keepsConnection
                && source.leavesConnectionOpen()
                && source.hasEnded()
                && !source.hasRest()
                && sink.isWriteShutdown();
        source.free();
        if (reusable) {
            connection.end();
        }
        return reusable;
    }
}
