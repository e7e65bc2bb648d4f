package dev.sluice.wire.http1;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.channels.WriteTimeoutException;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * The responses of a connection, one after the other: head, then body with its framing. A small first piece of the body
 * goes out with the head in one write. Belongs to whoever the exchange belongs to; {@link #interim} may come from elsewhere.
 */
final class ResponseSink extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAILED =
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** Longest line before a chunk. */
    private static final int CHUNK_LINE = 10;

    private enum Mode {
        FIXED,
        CHUNKED,
        UNTIL_CLOSE,
        NO_BODY
    }

    private final Http1ServerConnection connection;
    private final ByteBuffer[] gather = new ByteBuffer[3];
    private final ByteBuffer chunkEnd = ByteBuffer.wrap(CRLF);
    private @Nullable HttpServerExchange exchange;
    private Mode mode = Mode.NO_BODY;
    private int lateStatus;
    private long remaining;
    private long chunkRemaining;
    private boolean headWritten;
    private boolean terminated;
    private boolean done;
    private boolean resumed;
    private @Nullable WriteReadyHandler handler;

    /** Bytes on their way, ready to be read; null for none. */
    private @Nullable PooledByteBuffer pending;

    ResponseSink(StreamSinkConduit socket, Http1ServerConnection connection) {
        super(socket);
        this.connection = connection;
    }

    /** Begins the response of {@code answered}, whose head may still change. */
    void fixed(HttpServerExchange answered, long length) {
        begin(answered, Mode.FIXED);
        remaining = length;
    }

    void chunked(HttpServerExchange answered) {
        begin(answered, Mode.CHUNKED);
    }

    void untilClose(HttpServerExchange answered) {
        begin(answered, Mode.UNTIL_CLOSE);
    }

    /** What is written is dropped. */
    void noBody(HttpServerExchange answered) {
        begin(answered, Mode.NO_BODY);
    }

    private void begin(HttpServerExchange answered, Mode how) {
        exchange = answered;
        mode = how;
        remaining = 0;
        chunkRemaining = 0;
        terminated = false;
        done = false;
    }

    /** The status, where the exchange's does not stand any more. */
    void lateStatus(int status) {
        lateStatus = status;
    }

    /** The next request comes: its interim responses may. */
    synchronized void exchangeOver() {
        exchange = null;
        headWritten = false;
        lateStatus = 0;
        free();
    }

    private void free() {
        IoUtils.safeClose(pending);
        pending = null;
    }

    /** Whether the head of the final response is on its way. */
    synchronized boolean headWritten() {
        return headWritten;
    }

    /** Sends a 1xx response at once, if the final one has not begun. */
    void interim(byte[] statusLine, @Nullable HeaderMap headers) throws IOException {
        synchronized (this) {
            if (headWritten || terminated) {
                return;
            }
            PooledByteBuffer into = writable();
            pending = ServerHead.append(
                    into,
                    connection.getByteBufferPool(),
                    statusLine,
                    headers == null ? new HeaderMap() : headers,
                    null);
            readable();
            if (push()) {
                next.flush();
            }
        }
    }

    // --- what waits to be written

    private PooledByteBuffer writable() {
        PooledByteBuffer held = pending;
        if (held == null) {
            held = connection.getByteBufferPool().allocate();
            pending = held;
        } else {
            held.getBuffer().compact();
        }
        return held;
    }

    private void readable() {
        PooledByteBuffer held = pending;
        if (held != null) {
            held.getBuffer().flip();
        }
    }

    private void append(byte[] bytes) throws IOException {
        makeRoom(bytes.length);
        writable().getBuffer().put(bytes);
        readable();
    }

    /** Only trailers and the ends of chunks come behind a buffer that is still full. */
    private void makeRoom(int size) {
        PooledByteBuffer held = pending;
        if (held == null || held.getBuffer().capacity() - held.getBuffer().remaining() >= size) {
            return;
        }
        ByteBuffer old = held.getBuffer();
        ByteBuffer room = ByteBuffer.allocate(old.remaining() + size + 1024);
        room.put(old).flip();
        held.close();
        pending = new io.undertow.util.ImmediatePooledByteBuffer(room);
    }

    /** True where nothing waits any more. */
    private boolean push() throws IOException {
        PooledByteBuffer held = pending;
        while (held != null && held.getBuffer().hasRemaining()) {
            if (next.write(held.getBuffer()) == 0) {
                return false;
            }
        }
        free();
        return true;
    }

    private synchronized void head() throws IOException {
        HttpServerExchange answered = exchange;
        if (headWritten || answered == null) {
            return;
        }
        headWritten = true;
        if (connection.isHeadless(answered)) {
            return;
        }
        try {
            PooledByteBuffer into = writable();
            int status = lateStatus == 0 ? answered.getStatusCode() : lateStatus;
            byte[] line = connection.statusLines().of(status, answered.getReasonPhrase());
            pending =
                    ServerHead.append(into, connection.getByteBufferPool(), line, answered.getResponseHeaders(), null);
        } catch (IOException e) {
            writable().getBuffer().clear().put(FAILED);
            mode = Mode.NO_BODY;
            answered.setPersistent(false);
            readable();
            push();
            IoUtils.safeClose(connection.getChannel());
            throw e;
        }
        readable();
    }

    // --- writing

    private void check() throws IOException {
        if (terminated) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return write(src, false);
    }

    private int write(ByteBuffer src, boolean last) throws IOException {
        check();
        int size = src.remaining();
        if (size == 0) {
            return 0;
        }
        head();
        switch (mode) {
            case NO_BODY -> {
                src.position(src.limit());
                return size;
            }
            case CHUNKED -> {
                return chunk(src, last);
            }
            case FIXED -> {
                if (size > remaining) {
                    throw new IOException("body longer than its Content-Length");
                }
                int written = plain(src);
                remaining -= written;
                return written;
            }
            default -> {
                return plain(src);
            }
        }
    }

    private int plain(ByteBuffer src) throws IOException {
        PooledByteBuffer held = pending;
        if (held == null) {
            return next.write(src);
        }
        int size = src.remaining();
        if (held.getBuffer().capacity() - held.getBuffer().limit() >= size) {
            copy(src, held.getBuffer());
            push();
            return size;
        }
        return gathered(src, null);
    }

    private static void copy(ByteBuffer src, ByteBuffer behind) {
        int start = behind.position();
        int end = behind.limit();
        behind.limit(behind.capacity()).position(end);
        behind.put(src).flip().position(start);
    }

    private int gathered(ByteBuffer src, @Nullable ByteBuffer after) throws IOException {
        int start = src.position();
        PooledByteBuffer held = pending;
        int count = 0;
        if (held != null) {
            gather[count++] = held.getBuffer();
        }
        gather[count++] = src;
        if (after != null) {
            gather[count++] = after;
        }
        next.write(gather, 0, count);
        gather[0] = chunkEnd;
        gather[1] = chunkEnd;
        if (held != null && !held.getBuffer().hasRemaining()) {
            free();
        }
        return src.position() - start;
    }

    private int chunk(ByteBuffer src, boolean last) throws IOException {
        if (pending != null && headOnlyPending(src.remaining())) {
            return wholeChunk(src, last);
        }
        if (pending != null && !push()) {
            return 0;
        }
        int size = src.remaining();
        if (chunkRemaining == 0) {
            if (size <= connection.getBufferSize() - 64 && last) {
                return wholeChunk(src, true);
            }
            chunkRemaining = size;
            append(chunkLine(size));
        }
        int limit = src.limit();
        if (size > chunkRemaining) {
            src.limit(src.position() + (int) chunkRemaining);
        }
        boolean closes = src.remaining() == chunkRemaining;
        chunkEnd.clear();
        try {
            int written = gathered(src, closes ? chunkEnd : null);
            chunkRemaining -= written;
            if (chunkRemaining == 0 && chunkEnd.hasRemaining()) {
                append(chunkEnd.remaining() == 2 ? CRLF : new byte[] {'\n'});
            }
            return written;
        } finally {
            src.limit(limit);
        }
    }

    private boolean headOnlyPending(int size) {
        PooledByteBuffer held = pending;
        return held != null
                && chunkRemaining == 0
                && held.getBuffer().capacity() - held.getBuffer().limit() >= size + CHUNK_LINE + CRLF.length;
    }

    /** Line, data and end in one buffer. */
    private int wholeChunk(ByteBuffer src, boolean last) throws IOException {
        int size = src.remaining();
        append(chunkLine(size));
        PooledByteBuffer held = pending;
        if (held == null) {
            throw new IllegalStateException("pending: null (expected: the chunk's line)");
        }
        copy(src, held.getBuffer());
        append(CRLF);
        if (last) {
            terminateWrites();
        }
        push();
        return size;
    }

    private static byte[] chunkLine(int size) {
        return (Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        int written = write(src, true);
        if (!src.hasRemaining()) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long write(ByteBuffer[] srcs, int offs, int len) throws IOException {
        long written = 0;
        for (int i = offs; i < offs + len; i++) {
            written += write(srcs[i], false);
            if (srcs[i].hasRemaining()) {
                break;
            }
        }
        return written;
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offs, int len) throws IOException {
        long written = write(srcs, offs, len);
        if (!Buffers.hasRemaining(srcs, offs, len)) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) throws IOException {
        check();
        head();
        if (mode == Mode.CHUNKED || mode == Mode.NO_BODY) {
            return src.transferTo(position, count, new ConduitWritableByteChannel(this));
        }
        if (!push()) {
            return 0;
        }
        long most = mode == Mode.FIXED ? Math.min(count, remaining) : count;
        long sent = next.transferFrom(src, position, most);
        if (mode == Mode.FIXED && sent > 0) {
            remaining -= sent;
        }
        return sent;
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return IoUtils.transfer(source, count, throughBuffer, new ConduitWritableByteChannel(this));
    }

    @Override
    public void terminateWrites() throws IOException {
        if (terminated) {
            return;
        }
        head();
        if (mode == Mode.CHUNKED ? chunkRemaining > 0 : mode == Mode.FIXED && remaining > 0) {
            truncateWrites();
            throw new IOException("body shorter than announced");
        }
        terminated = true;
        if (mode == Mode.CHUNKED) {
            append(LAST_CHUNK);
            trailers();
            append(CRLF);
        }
    }

    private void trailers() throws IOException {
        HttpServerExchange answered = exchange;
        if (answered == null) {
            return;
        }
        Supplier<HeaderMap> supplier = answered.getAttachment(HttpAttachments.RESPONSE_TRAILER_SUPPLIER);
        HeaderMap fields =
                supplier != null ? supplier.get() : answered.getAttachment(HttpAttachments.RESPONSE_TRAILERS);
        if (fields != null && fields.size() > 0 && answered.isHttp11()) {
            makeRoom(ServerHead.checked(fields) + LAST_CHUNK.length + CRLF.length);
            ServerHead.trailers(writable().getBuffer(), fields);
            readable();
        }
    }

    @Override
    public boolean flush() throws IOException {
        if (done) {
            return true;
        }
        head();
        if (!push() || !next.flush()) {
            return false;
        }
        HttpServerExchange answered = exchange;
        if (terminated && answered != null) {
            done = true;
            Connectors.terminateResponse(answered);
        }
        return true;
    }

    /** The response cannot be completed: the client sees it by the connection's end. */
    @Override
    public void truncateWrites() throws IOException {
        terminated = true;
        IoUtils.safeClose(connection.getChannel());
    }

    @Override
    public boolean isWriteShutdown() {
        return terminated;
    }

    // --- waiting

    @Override
    public void setWriteReadyHandler(WriteReadyHandler writer) {
        handler = writer;
    }

    /** The socket takes bytes. */
    void writeReady() {
        WriteReadyHandler writer = handler;
        if (!resumed || writer == null) {
            next.suspendWrites();
            return;
        }
        connection.waitForPeer();
        writer.writeReady();
    }

    boolean isWaiting() {
        return resumed;
    }

    @Override
    public void resumeWrites() {
        if (!resumed) {
            resumed = true;
            connection.waitForPeer();
        }
        next.resumeWrites();
    }

    @Override
    public void wakeupWrites() {
        resumed = true;
        connection.waitForPeer();
        next.wakeupWrites();
    }

    @Override
    public void suspendWrites() {
        if (resumed) {
            resumed = false;
            connection.peerNotAwaited();
        }
        next.suspendWrites();
    }

    @Override
    public boolean isWriteResumed() {
        return resumed;
    }

    @Override
    public void awaitWritable() throws IOException {
        long most = connection.options().timeoutNanos();
        long start = System.nanoTime();
        next.awaitWritable(most, TimeUnit.NANOSECONDS);
        if (System.nanoTime() - start >= most) {
            IoUtils.safeClose(connection.getChannel());
            throw new WriteTimeoutException("the client has read nothing for " + most / 1_000_000 + " ms");
        }
    }
}
