package dev.sluice.wire.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/** Moves a body from one channel to the other without blocking. */
final class BodyPump {
    private final StreamSourceChannel from;
    private final StreamSinkChannel to;
    private final ByteBuffer buffer = ByteBuffer.allocate(7000);
    private boolean ended;

    BodyPump(StreamSourceChannel from, StreamSinkChannel to) {
        this.from = from;
        this.to = to;
        from.getReadSetter().set(channel -> pump());
        to.getWriteSetter().set(channel -> pump());
    }

    void start() {
        pump();
    }

    private void pump() {
        try {
            while (true) {
                if (!ended && buffer.position() == 0) {
                    int read = from.read(buffer);
                    if (read == 0) {
                        to.suspendWrites();
                        from.resumeReads();
                        return;
                    }
                    if (read < 0) {
                        ended = true;
                        to.shutdownWrites();
                    }
                }
                from.suspendReads();
                buffer.flip();
                if (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                boolean left = buffer.hasRemaining();
                buffer.compact();
                if (left) {
                    to.resumeWrites();
                    return;
                }
                if (ended) {
                    if (to.flush()) {
                        to.suspendWrites();
                    } else {
                        to.resumeWrites();
                    }
                    return;
                }
            }
        } catch (IOException e) {
            IoUtils.safeClose(from, to);
        }
    }
}
