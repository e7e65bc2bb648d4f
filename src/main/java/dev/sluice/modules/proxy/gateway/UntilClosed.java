package dev.sluice.modules.proxy.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An answer that stands on the connection as it is, and ends with it. */
final class UntilClosed extends GatewaySource {
    /** Takes bytes of the head; true once it is complete. */
    @FunctionalInterface
    interface Taking {
        boolean take(ByteBuffer received) throws IOException;
    }

    /** Judges a head behind which nothing comes. */
    @FunctionalInterface
    interface Ending {
        void end() throws IOException;
    }

    private final Taking head;
    private final Ending ending;

    UntilClosed(GatewayConnection connection, Taking head, Ending ending) {
        super(connection.stream().getSourceChannel().getConduit(), connection.getBufferPool());
        this.head = head;
        this.ending = ending;
    }

    @Override
    boolean leavesConnectionOpen() {
        return false;
    }

    @Override
    boolean takeHead(ByteBuffer received) throws IOException {
        return head.take(received);
    }

    @Override
    void takeBody(ByteBuffer received, ByteBuffer dst) {
        ByteBuffer part = received.duplicate();
        part.limit(part.position() + Math.min(part.remaining(), dst.remaining()));
        dst.put(part);
        received.position(part.position());
    }

    @Override
    void atClose(boolean inHead) throws IOException {
        end();
        if (inHead) {
            ending.end();
        }
    }
}
