package dev.sluice.server;

import dev.sluice.request.Filter;
import dev.sluice.request.Request;
import dev.sluice.wire.ResponseConduits;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The body of a response on its way through its filters. The head is written as late as the filters let it: where the whole
 * body is known by then its length is told, else it goes out in chunks (ap_content_length_filter, protocol.c).
 *
 * <p>What the filters gave and the client has not taken yet is kept; nothing more is taken until it is gone.
 */
final class FilteredResponse extends AbstractStreamSinkConduit<StreamSinkConduit> {
    /** Bytes taken in one go: what a filter makes of them must fit into memory. */
    private static final int PIECE = 8192;

    private final Request request;
    private final HttpServerExchange exchange;
    private final FilterLink first;
    private final Gate gate = new Gate();
    private final boolean passesEach;
    private boolean dirty = true;
    private boolean ended;
    private boolean failed;
    private boolean resumed;

    /** @param head writes the head and gives the conduit that the body is written to */
    FilteredResponse(Request request, List<Filter> filters, Supplier<StreamSinkConduit> head) {
        super(((ResponseConduits) request.exchange().getConnection()).responseConduit());
        this.request = request;
        this.exchange = request.exchange();
        this.gate.head = head;
        this.first = FilterLink.chain(request, filters, gate, this::wake);
        this.passesEach = request.isProxied();
        exchange.addExchangeCompleteListener((done, others) -> {
            first.close();
            others.proceed();
        });
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return write(source, false);
    }

    private int write(ByteBuffer source, boolean last) throws IOException {
        int total = 0;
        while (source.hasRemaining()) {
            if (failed) {
                total += source.remaining();
                source.position(source.limit());
                return total;
            }
            filter(first::proceed);
            if (!gate.drain() || !first.isReady()) {
                return total;
            }
            int limit = source.limit();
            int size = Math.min(PIECE, source.remaining());
            source.limit(source.position() + size);
            boolean more = !last || source.limit() < limit;
            try {
                filter(() -> {
                    first.write(source);
                    if (passesEach && more) {
                        first.pass();
                    }
                });
            } finally {
                source.limit(limit);
            }
            dirty = true;
            total += size;
        }
        return total;
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A filter that fails before the head is out has the server's own page sent instead of the response. */
    private void filter(Step step) throws IOException {
        if (failed) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            if (gate.sink != null) {
                throw e;
            }
            failed = true;
            ((ResponseConduits) exchange.getConnection()).lateStatus(500);
            gate.replace(ErrorResponses.late(request, 500));
        }
    }

    @Override
    public int writeFinal(ByteBuffer source) throws IOException {
        int written = write(source, true);
        if (!source.hasRemaining()) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            total += write(sources[i], false);
            if (sources[i].hasRemaining()) {
                break;
            }
        }
        return total;
    }

    @Override
    public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
        long written = write(sources, offset, length);
        if (!sources[offset + length - 1].hasRemaining()) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        return source.transferTo(position, count, new ConduitWritableByteChannel(this));
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
        return IoUtils.transfer(source, count, through, new ConduitWritableByteChannel(this));
    }

    @Override
    public void terminateWrites() throws IOException {
        if (!ended) {
            ended = true;
            filter(first::end);
            gate.drain();
        }
    }

    @Override
    public boolean flush() throws IOException {
        filter(first::proceed);
        if (!ended && dirty && first.isReady()) {
            dirty = false;
            filter(first::flush);
        }
        if (!gate.drain()) {
            return false;
        }
        StreamSinkConduit sink = gate.sink;
        if (ended && !gate.over) {
            return false;
        }
        return sink == null || sink.flush();
    }

    @Override
    public void truncateWrites() throws IOException {
        next.truncateWrites();
    }

    @Override
    public boolean isWriteShutdown() {
        return ended;
    }

    // --- waiting

    /** Something can be done now: a filter that was waited for is ready, or what it held back has gone on. */
    private void wake() {
        exchange.getIoThread().execute(() -> {
            synchronized (this) {
                if (!resumed) {
                    return;
                }
            }
            next.wakeupWrites();
        });
    }

    /** True where the client is not what is waited for. */
    private boolean awaitsFilter() {
        return gate.isEmpty() && (ended ? !gate.over : !first.isReady());
    }

    @Override
    public synchronized void resumeWrites() {
        resumed = true;
        if (awaitsFilter()) {
            next.suspendWrites();
        } else if (gate.sink == null) {
            next.wakeupWrites();
        } else {
            next.resumeWrites();
        }
    }

    @Override
    public synchronized void wakeupWrites() {
        resumed = true;
        next.wakeupWrites();
    }

    @Override
    public synchronized void suspendWrites() {
        resumed = false;
        next.suspendWrites();
    }

    @Override
    public boolean isWriteResumed() {
        return resumed;
    }

    @Override
    public void awaitWritable() throws IOException {
        awaitWritable(0, TimeUnit.MILLISECONDS);
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        if (!gate.isEmpty()) {
            next.awaitWritable(time, unit);
        }
    }

    /** Behind the last filter: keeps what the client is to get, and knows whether the head is out. */
    private final class Gate implements Filter.Next {
        /** Bytes that are gathered before the head must go out, though nobody has passed them on. */
        private static final int GATHERED = 256 * 1024;

        private @Nullable Supplier<StreamSinkConduit> head;
        private @Nullable StreamSinkConduit sink;
        private byte[] waiting = new byte[PIECE];
        private int start;
        private int end;
        private long count;
        private boolean over;
        private boolean told;

        boolean isEmpty() {
            return sink == null || start == end;
        }

        @Override
        public void write(ByteBuffer piece) throws IOException {
            int size = piece.remaining();
            count += size;
            request.filteredBytes(isHead() ? 0 : count);
            if (isHead()) {
                // Nobody gets it, but its length is told.
                piece.position(piece.limit());
                return;
            }
            if (waiting.length - end < size) {
                byte[] room = end - start + size > waiting.length ? new byte[grown(size)] : waiting;
                System.arraycopy(waiting, start, room, 0, end - start);
                waiting = room;
                end -= start;
                start = 0;
            }
            piece.get(waiting, end, size);
            end += size;
            if (sink == null && (end - start > GATHERED || hasLength())) {
                commit();
            }
        }

        private int grown(int size) {
            return Math.max(2 * waiting.length, end - start + size);
        }

        private boolean hasLength() {
            return exchange.getResponseHeaders().contains(Headers.CONTENT_LENGTH);
        }

        private boolean isHead() {
            return exchange.getRequestMethod().equals(Methods.HEAD);
        }

        private void commit() {
            Supplier<StreamSinkConduit> writes = head;
            if (writes == null) {
                return;
            }
            head = null;
            sink = writes.get();
        }

        void replace(byte[] page) throws IOException {
            start = 0;
            end = 0;
            count = 0;
            write(ByteBuffer.wrap(page));
            end();
            drain();
        }

        @Override
        public void flush() throws IOException {
            commit();
            drain();
        }

        @Override
        public void pass() throws IOException {
            commit();
            drain();
        }

        @Override
        public void end() throws IOException {
            if (sink == null) {
                int status = exchange.getStatusCode();
                boolean nothingOfHead = isHead() && count == 0;
                if (!nothingOfHead && status != 304 && status != 204 && status >= 200) {
                    exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, Long.toString(count));
                }
                commit();
            }
            over = true;
            request.filteredBytes(isHead() ? 0 : count);
        }

        /** Writes what waits; false where the client does not take it all. */
        boolean drain() throws IOException {
            StreamSinkConduit to = sink;
            if (to == null) {
                return true;
            }
            while (start < end) {
                ByteBuffer rest = ByteBuffer.wrap(waiting, start, end - start);
                int written = over ? to.writeFinal(rest) : to.write(rest);
                start += written;
                if (written == 0) {
                    return false;
                }
                told = over && start == end;
            }
            start = 0;
            end = 0;
            if (over && !told) {
                told = true;
                to.terminateWrites();
            }
            return true;
        }

        @Override
        public void remove() {}

        @Override
        public void wake() {}

        @Override
        public Request request() {
            return request;
        }
    }
}
