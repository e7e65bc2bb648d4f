package dev.sluice.modules.filters;

import dev.sluice.directive.Reading;
import dev.sluice.request.Filter;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a part of the body through every fifth of a second (rate_limit_filter, mod_ratelimit.c). Nobody sleeps meanwhile: a
 * timer of the exchange's I/O thread says when the next part may go.
 */
final class RateLimit implements Filter {
    private static final int INTERVAL_MILLIS = 200;

    /** Bytes after which a body counts as one whose length is not known. */
    private static final int GATHERED = 64 * 1024;

    private final Request request;
    private final int share;
    private byte[] waiting = new byte[8192];
    private int start;
    private int end;
    private long mayGo;
    private volatile boolean due;
    private boolean released;
    private boolean timed;
    private boolean ending;
    private boolean over;

    private RateLimit(Request request, int share, long burst) {
        this.request = request;
        this.share = share;
        this.mayGo = share + burst;
    }

    static @Nullable Filter begin(Request request) {
        String rate = request.environment().get("rate-limit");
        if (rate == null) {
            return null;
        }
        // KiB in a second.
        long perSecond = Reading.atoi(rate) * 1024L;
        if (perSecond <= 0) {
            request.log(Level.INFO, "ratelimit", "AH03488: rl: disabling: rate-limit = " + rate + " (too high?)");
            return null;
        }
        String burst = request.environment().get("rate-initial-burst");
        long first = burst == null ? 0 : Math.max(0, Reading.atoi(burst) * 1024L);
        int share = (int) Math.max(1, Math.min(Integer.MAX_VALUE, perSecond * INTERVAL_MILLIS / 1000));
        return new RateLimit(request, share, first);
    }

    @Override
    public void write(ByteBuffer piece, Next next) throws IOException {
        int size = piece.remaining();
        if (waiting.length - end < size) {
            byte[] room = end - start + size > waiting.length ? new byte[2 * (end - start + size)] : waiting;
            System.arraycopy(waiting, start, room, 0, end - start);
            waiting = room;
            end -= start;
            start = 0;
        }
        piece.get(waiting, end, size);
        end += size;
        if (end - start > GATHERED || released) {
            release(next);
        }
    }

    /** What comes before is known in full, or not: httpd counts a body's length in front of this filter. */
    private void release(Next next) throws IOException {
        released = true;
        go(next);
    }

    @Override
    public void pass(Next next) throws IOException {
        release(next);
    }

    /** Sends what may go now; where that is not all, the rest waits for the timer. */
    private void go(Next next) throws IOException {
        if (due) {
            due = false;
            timed = false;
            mayGo = share;
        }
        int size = (int) Math.min(end - start, mayGo);
        if (size > 0) {
            next.write(waiting, start, size);
            next.flush();
            start += size;
            mayGo -= size;
        }
        if (mayGo == 0 && !timed) {
            timed = true;
            request.exchange()
                    .getIoThread()
                    .executeAfter(
                            () -> {
                                due = true;
                                next.wake();
                            },
                            INTERVAL_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
        if (ending && !over && start == end) {
            over = true;
            next.end();
        }
    }

    @Override
    public void proceed(Next next) throws IOException {
        if (due || (ending && released)) {
            go(next);
        }
    }

    @Override
    public boolean isReady() {
        return due || !released || (start == end && mayGo > 0);
    }

    @Override
    public void flush(Next next) throws IOException {
        release(next);
        next.flush();
    }

    @Override
    public void end(Next next) throws IOException {
        HeaderMap headers = request.exchange().getResponseHeaders();
        if (!released && end > start && !headers.contains(Headers.CONTENT_LENGTH)) {
            headers.put(Headers.CONTENT_LENGTH, Integer.toString(end - start));
        }
        ending = true;
        release(next);
    }
}
