package dev.sluice.modules.core;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * Writes parts of a file as fast as the client takes them; waits without a thread. A part's first bytes go out with the
 * response's head in one write unless the kernel sends the file itself.
 */
final class FileBody implements ChannelListener<StreamSinkChannel> {
    /** {@code head}, then the file's bytes from {@code start} to {@code end}, exclusive. */
    record Part(ByteBuffer head, long start, long end) {}

    /** From this size on a file is worth the system call that has the kernel send it. */
    private static final long SENDFILE_FROM = 16 * 1024;

    private final HttpServerExchange exchange;
    private final FileChannel file;
    private final List<Part> parts;
    private final boolean sendfile;
    private int part;
    private boolean begun;
    private long at;
    private @Nullable PooledByteBuffer pooled;

    FileBody(HttpServerExchange exchange, FileChannel file, List<Part> parts, boolean sendfile) {
        this.exchange = exchange;
        this.file = file;
        this.parts = parts;
        this.sendfile = sendfile;
        this.at = parts.get(0).start();
    }

    void start() {
        StreamSinkChannel sink = exchange.getResponseChannel();
        if (sink == null) {
            close();
            return;
        }
        exchange.addExchangeCompleteListener((done, next) -> {
            close();
            next.proceed();
        });
        write(sink, false);
    }

    @Override
    public void handleEvent(StreamSinkChannel sink) {
        write(sink, true);
    }

    private void write(StreamSinkChannel sink, boolean resumed) {
        try {
            while (part < parts.size()) {
                if (!writePart(sink, parts.get(part))) {
                    await(sink, resumed);
                    return;
                }
                part++;
                at = part < parts.size() ? parts.get(part).start() : 0;
            }
            close();
            sink.suspendWrites();
            exchange.endExchange();
        } catch (IOException | RuntimeException e) {
            close();
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private void await(StreamSinkChannel sink, boolean resumed) {
        if (!resumed) {
            sink.getWriteSetter().set(this);
            sink.resumeWrites();
        }
    }

    /** False where the client has to be waited for. */
    private boolean writePart(StreamSinkChannel sink, Part current) throws IOException {
        while (current.head().hasRemaining()) {
            if (sink.write(current.head()) == 0) {
                return false;
            }
        }
        while (at < current.end() || isBuffered()) {
            boolean byKernel = sendfile && begun && !isBuffered() && current.end() - at >= SENDFILE_FROM;
            if (byKernel ? !transfer(sink, current) : !copy(sink, current)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Only once the head is out: before that Undertow's conduit reads from the channel's own position, whatever is asked for
     * (HttpResponseConduit).
     */
    private boolean transfer(StreamSinkChannel sink, Part current) throws IOException {
        long sent = sink.transferFrom(file, at, current.end() - at);
        if (sent <= 0 && file.size() <= at) {
            throw new IOException("the file has become shorter");
        }
        at += Math.max(0, sent);
        return sent > 0;
    }

    private boolean isBuffered() {
        return pooled != null && pooled.getBuffer().hasRemaining();
    }

    /** Sends a buffer full. */
    private boolean copy(StreamSinkChannel sink, Part current) throws IOException {
        ByteBuffer buffer = buffer();
        if (!buffer.hasRemaining()) {
            buffer.clear();
            buffer.limit((int) Math.min(buffer.capacity(), current.end() - at));
            int read = file.read(buffer, at);
            buffer.flip();
            if (read <= 0) {
                throw new IOException("the file has become shorter");
            }
            at += read;
        }
        while (buffer.hasRemaining()) {
            if (sink.write(buffer) == 0) {
                return false;
            }
        }
        begun = true;
        return true;
    }

    private ByteBuffer buffer() {
        PooledByteBuffer held = pooled;
        if (held == null) {
            held = exchange.getConnection().getByteBufferPool().allocate();
            held.getBuffer().limit(0);
            pooled = held;
        }
        return held.getBuffer();
    }

    private void close() {
        IoUtils.safeClose(file);
        if (pooled != null) {
            pooled.close();
            pooled = null;
        }
    }
}
