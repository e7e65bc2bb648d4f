package dev.sluice.modules.proxy.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * A request on its way to a container, which asks for each piece of the body but the first. What waits for the container does
 * not wait for the socket.
 */
final class AjpSink extends GatewaySink {
    /** A packet has 8192 bytes; six are its header and its length. */
    private static final int MOST = 8186;

    private final Turn turn;

    private AjpSink(StreamSinkConduit next, ByteBuffer head, Turn turn) {
        super(next, head, turn);
        this.turn = turn;
    }

    /** @param first whether a piece goes before it is asked for: the container knows the length of the body */
    static AjpSink of(StreamSinkConduit next, ByteBuffer head, boolean first) {
        Turn turn = new Turn(next, first);
        return new AjpSink(turn, head, turn);
    }

    /** The container asks for {@code size} bytes. */
    void asked(int size) throws IOException {
        if (isWriteShutdown()) {
            turn.sendEmpty();
        } else {
            turn.asked(size);
        }
    }

    @Override
    public void resumeWrites() {
        if (hasPending()) {
            turn.resumeForHead();
        } else {
            super.resumeWrites();
        }
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        if (!turn.isOpen()) {
            // The head does not wait for anybody.
            super.flush();
            return 0;
        }
        int count = super.write(src);
        if (isPieceWhole()) {
            turn.close();
        }
        return count;
    }

    /** Frames of pieces, and whose turn it is. */
    private static final class Turn extends AbstractStreamSinkConduit<StreamSinkConduit> implements GatewayFraming {
        private int allowed;
        private boolean wanted;

        Turn(StreamSinkConduit next, boolean first) {
            super(next);
            this.allowed = first ? MOST : 0;
        }

        boolean isOpen() {
            return allowed > 0;
        }

        void close() {
            allowed = 0;
        }

        void asked(int size) {
            allowed = Math.min(Math.max(size, 1), MOST);
            if (wanted) {
                wanted = false;
                next.wakeupWrites();
            }
        }

        void resumeForHead() {
            next.resumeWrites();
        }

        void sendEmpty() throws IOException {
            next.write(ByteBuffer.wrap(new byte[] {0x12, 0x34, 0, 0}));
        }

        @Override
        public void resumeWrites() {
            if (isOpen()) {
                next.resumeWrites();
            } else {
                next.suspendWrites();
                wanted = true;
            }
        }

        @Override
        public void suspendWrites() {
            wanted = false;
            next.suspendWrites();
        }

        @Override
        public int most() {
            return allowed;
        }

        @Override
        public ByteBuffer before(int size) {
            return ByteBuffer.allocate(6)
                    .putShort((short) 0x1234)
                    .putShort((short) (size + 2))
                    .putShort((short) size)
                    .flip();
        }

        @Override
        public ByteBuffer end() {
            return ByteBuffer.allocate(0);
        }
    }
}
