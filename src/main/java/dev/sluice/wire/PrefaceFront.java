package dev.sluice.wire;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DelegateOpenListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Tells HTTP/2 with prior knowledge from HTTP/1 by the first bytes of a clear-text connection (RFC 9113, 3.4). Holds no
 * buffer until a byte is there; a connection that does not say which it is in time is closed.
 */
public final class PrefaceFront implements ChannelListener<StreamConnection> {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final DelegateOpenListener http1;
    private final DelegateOpenListener http2;
    private final ByteBufferPool pool;
    private final long timeoutMillis;

    public PrefaceFront(DelegateOpenListener http1, DelegateOpenListener http2, ByteBufferPool pool, Duration timeout) {
        this.http1 = http1;
        this.http2 = http2;
        this.pool = pool;
        this.timeoutMillis = timeout.toMillis();
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        new FirstBytes(connection).waitForThem();
    }

    private final class FirstBytes implements ChannelListener<ConduitStreamSourceChannel> {
        private final StreamConnection connection;
        private @Nullable PooledByteBuffer bytes;
        private XnioExecutor.@Nullable Key deadline;

        FirstBytes(StreamConnection connection) {
            this.connection = connection;
        }

        void waitForThem() {
            deadline = connection.getIoThread().executeAfter(this::giveUp, timeoutMillis, TimeUnit.MILLISECONDS);
            connection.getSourceChannel().setReadListener(this);
            connection.getSourceChannel().resumeReads();
        }

        @Override
        public void handleEvent(ConduitStreamSourceChannel source) {
            PooledByteBuffer held = bytes;
            if (held == null) {
                held = pool.allocate();
                bytes = held;
            }
            try {
                int count = source.read(held.getBuffer());
                if (count < 0) {
                    giveUp();
                } else if (count > 0) {
                    decide(held);
                }
            } catch (IOException e) {
                giveUp();
            }
        }

        private void decide(PooledByteBuffer held) {
            ByteBuffer buffer = held.getBuffer();
            int known = Math.min(buffer.position(), PREFACE.length);
            for (int i = 0; i < known; i++) {
                if (buffer.get(i) != PREFACE[i]) {
                    handTo(http1, held);
                    return;
                }
            }
            if (known == PREFACE.length) {
                handTo(http2, held);
            }
        }

        private void handTo(DelegateOpenListener codec, PooledByteBuffer held) {
            if (deadline != null) {
                deadline.remove();
            }
            connection.getSourceChannel().suspendReads();
            connection.getSourceChannel().setReadListener(null);
            held.getBuffer().flip();
            codec.handleEvent(connection, held);
        }

        private void giveUp() {
            if (deadline != null) {
                deadline.remove();
            }
            if (bytes != null) {
                bytes.close();
            }
            IoUtils.safeClose(connection);
        }
    }
}
