package dev.sluice.server;

import dev.sluice.request.Filter;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A filter with what stands behind it. */
final class FilterLink implements Filter.Next {
    private final Request request;
    private final Filter filter;
    private final Filter.Next next;
    private final Runnable wake;
    private final Behind behind = new Behind();
    private boolean removed;

    private FilterLink(Request request, Filter filter, Filter.Next next, Runnable wake) {
        this.request = request;
        this.filter = filter;
        this.next = next;
        this.wake = wake;
    }

    /** The first of {@code filters}, at least one; {@code last} stands behind them all. */
    static FilterLink chain(Request request, List<Filter> filters, Filter.Next last, Runnable wake) {
        Filter.Next next = last;
        for (int i = filters.size() - 1; i > 0; i--) {
            next = new FilterLink(request, filters.get(i), next, wake);
        }
        return new FilterLink(request, filters.get(0), next, wake);
    }

    /** Whether this filter and all behind it take another piece. */
    boolean isReady() {
        return (removed || filter.isReady()) && (!(next instanceof FilterLink link) || link.isReady());
    }

    /** Has this filter and those behind it go on with what they waited for. */
    void proceed() throws IOException {
        if (!removed) {
            filter.proceed(behind);
        }
        if (next instanceof FilterLink link) {
            link.proceed();
        }
    }

    void close() {
        filter.close();
        if (next instanceof FilterLink link) {
            link.close();
        }
    }

    @Override
    public void write(ByteBuffer piece) throws IOException {
        if (removed) {
            next.write(piece);
        } else {
            filter.write(piece, behind);
        }
    }

    @Override
    public void flush() throws IOException {
        if (removed) {
            next.flush();
        } else {
            filter.flush(behind);
        }
    }

    @Override
    public void pass() throws IOException {
        if (removed) {
            next.pass();
        } else {
            filter.pass(behind);
        }
    }

    @Override
    public void end() throws IOException {
        if (removed) {
            next.end();
        } else {
            filter.end(behind);
        }
    }

    @Override
    public void remove() {
        throw new IllegalStateException("remove: called on a link (expected: on what stands behind it)");
    }

    @Override
    public void wake() {
        wake.run();
    }

    @Override
    public Request request() {
        return request;
    }

    /** What the filter is given: the next link, and the way out of the chain. */
    private final class Behind implements Filter.Next {
        @Override
        public void write(ByteBuffer piece) throws IOException {
            next.write(piece);
        }

        @Override
        public void flush() throws IOException {
            next.flush();
        }

        @Override
        public void pass() throws IOException {
            next.pass();
        }

        @Override
        public void end() throws IOException {
            next.end();
        }

        @Override
        public void remove() {
            removed = true;
        }

        @Override
        public void wake() {
            wake.run();
        }

        @Override
        public Request request() {
            return request;
        }
    }
}
