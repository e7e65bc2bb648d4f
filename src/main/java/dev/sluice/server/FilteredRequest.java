package dev.sluice.server;

import dev.sluice.request.Filter;
import dev.sluice.request.Request;
import dev.sluice.wire.HoldsEnd;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/** The body of a request on its way through its filters to whoever reads it. */
final class FilteredRequest extends AbstractStreamSourceConduit<StreamSourceConduit> implements Filter.Next {
    /** Bytes read in one go. */
    private static final int PIECE = 4096;

    private final Request request;
    private final FilterLink first;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private byte[] waiting = new byte[PIECE];
    private int start;
    private int end;
    private boolean sourceEnded;
    private boolean over;
    private boolean resumed;

    private FilteredRequest(StreamSourceConduit source, Request request, List<Filter> filters) {
        super(source);
        this.request = request;
        this.first = FilterLink.chain(request, filters, this, this::wake);
        if (source instanceof HoldsEnd held) {
            held.holdEnd();
        }
    }

    /** Has the body go through the filters that were added, where there is a body that one of them touches. */
    static void begin(Request request) {
        HttpServerExchange exchange = request.exchange();
        if (exchange.isRequestComplete()) {
            return;
        }
        List<Filter> filters = request.beginInput();
        if (!filters.isEmpty()) {
            exchange.addRequestWrapper((factory, on) -> {
                FilteredRequest filtered = new FilteredRequest(factory.create(), request, filters);
                on.addExchangeCompleteListener((done, others) -> {
                    filtered.first.close();
                    others.proceed();
                });
                return filtered;
            });
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        try {
            int count = filtered(to);
            if (count < 0) {
                releaseEnd();
            }
            return count;
        } catch (IOException e) {
            releaseEnd();
            throw e;
        }
    }

    private void releaseEnd() {
        if (next instanceof HoldsEnd source) {
            source.releaseEnd();
        }
    }

    private int filtered(ByteBuffer to) throws IOException {
        while (start == end) {
            first.proceed();
            if (start < end) {
                break;
            }
            if (over) {
                return -1;
            }
            if (sourceEnded || !first.isReady()) {
                return 0;
            }
            piece.clear();
            int count = next.read(piece);
            piece.flip();
            if (count == 0) {
                return 0;
            }
            if (count > 0) {
                first.write(piece);
            } else {
                sourceEnded = true;
                first.end();
            }
        }
        int size = Math.min(to.remaining(), end - start);
        to.put(waiting, start, size);
        start += size;
        return size;
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (to[i].hasRemaining()) {
                return read(to[i]);
            }
        }
        return 0;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, PIECE));
        int read = read(buffer);
        buffer.flip();
        return read < 0 ? -1 : target.write(buffer, position);
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        through.clear();
        through.limit((int) Math.min(count, through.capacity()));
        int read = read(through);
        through.flip();
        return read < 0 ? -1 : target.write(through);
    }

    @Override
    public void write(ByteBuffer filtered) {
        int size = filtered.remaining();
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (waiting.length - end < size) {
            byte[] room = new byte[Math.max(2 * waiting.length, end - start + size)];
            System.arraycopy(waiting, start, room, 0, end - start);
            waiting = room;
            end -= start;
            start = 0;
        }
        filtered.get(waiting, end, size);
        end += size;
    }

    @Override
    public void flush() {}

    @Override
    public void pass() {}

    @Override
    public void end() {
        over = true;
    }

    @Override
    public void remove() {}

    @Override
    public Request request() {
        return request;
    }

    // --- waiting

    @Override
    public void wake() {
        request.exchange().getIoThread().execute(() -> {
            if (resumed) {
                next.wakeupReads();
            }
        });
    }

    @Override
    public void resumeReads() {
        resumed = true;
        if (start < end || over) {
            next.wakeupReads();
        } else if (!sourceEnded && first.isReady()) {
            next.resumeReads();
        }
    }

    @Override
    public void wakeupReads() {
        resumed = true;
        next.wakeupReads();
    }

    @Override
    public void suspendReads() {
        resumed = false;
        next.suspendReads();
    }

    @Override
    public boolean isReadResumed() {
        return resumed;
    }
}
