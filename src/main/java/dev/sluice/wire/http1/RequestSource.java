package dev.sluice.wire.http1;

import dev.sluice.wire.HoldsEnd;
import dev.sluice.wire.Refusal;
import dev.sluice.wire.Refused;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The body of one request. What breaks it is a {@link Refused} that says with which status the request is to be answered;
 * bytes behind its end stay with the connection. Belongs to whoever the exchange belongs to.
 */
final class RequestSource extends AbstractStreamSourceConduit<StreamSourceConduit> implements HoldsEnd {
    private final Http1ServerConnection connection;
    private final HttpServerExchange exchange;
    private final @Nullable ChunkDecoder chunks;
    private long remaining;
    private long maxLength;
    private long length;
    private boolean continueAwaited;
    private boolean discarding;
    private boolean ended;
    private boolean resumed;
    private boolean wakeup;
    private volatile @Nullable IOException failure;
    private @Nullable ReadReadyHandler handler;
    private boolean held;

    RequestSource(
            StreamSourceConduit socket,
            Http1ServerConnection connection,
            HttpServerExchange exchange,
            BodyFraming framing,
            boolean continueAwaited) {
        super(socket);
        this.connection = connection;
        this.exchange = exchange;
        this.chunks = framing.kind() == BodyFraming.Kind.CHUNKED ? new ChunkDecoder(connection.options()) : null;
        this.remaining = framing.length();
        this.continueAwaited = continueAwaited;
        this.maxLength = exchange.getMaxEntitySize();
    }

    /** Bytes that the body may have; 0 or less for any number. */
    void maxLength(long bytes) {
        maxLength = bytes;
    }

    boolean isChunked() {
        return chunks != null;
    }

    /** The client need not be asked for the body any more. */
    void continueSent() {
        continueAwaited = false;
    }

    boolean continueAwaited() {
        return continueAwaited;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        try {
            return readBody(dst);
        } catch (IOException e) {
            // What nobody wants may be broken: the answer is under way, and the connection ends with it.
            if (discarding) {
                return -1;
            }
            throw e;
        }
    }

    private int readBody(ByteBuffer dst) throws IOException {
        IOException before = failure;
        if (before != null) {
            throw fail(before);
        }
        while (!ended) {
            if (!dst.hasRemaining()) {
                return 0;
            }
            int start = dst.position();
            int count = fill(dst);
            if (count == 0) {
                askForBody();
                return 0;
            }
            continueAwaited = false;
            int decoded = count < 0 ? atEnd() : take(dst, start, count);
            if (decoded > 0) {
                return decoded;
            }
        }
        return -1;
    }

    private void askForBody() throws IOException {
        if (continueAwaited) {
            continueAwaited = false;
            if (!exchange.isResponseStarted()) {
                connection.sendContinue();
            }
        }
    }

    private int fill(ByteBuffer dst) throws IOException {
        int limit = dst.limit();
        if (chunks == null && remaining < dst.remaining()) {
            dst.limit(dst.position() + (int) remaining);
        }
        try {
            int kept = connection.takeInput(dst);
            if (kept > 0) {
                return kept;
            }
            int read = next.read(dst);
            connection.watch().received(read);
            return read;
        } catch (IOException e) {
            throw fail(e);
        } finally {
            dst.limit(limit);
        }
    }

    private int take(ByteBuffer dst, int start, int count) throws IOException {
        ChunkDecoder decoder = chunks;
        int bytes = count;
        if (decoder == null) {
            remaining -= count;
        } else {
            bytes = decoded(decoder, dst, start, count);
        }
        length += bytes;
        if (maxLength > 0 && length > maxLength && !discarding) {
            throw fail(new RequestTooBigException("a body above " + maxLength + " bytes"));
        }
        if (decoder == null ? remaining == 0 : decoder.isDone()) {
            end();
        }
        return bytes;
    }

    private int decoded(ChunkDecoder decoder, ByteBuffer dst, int start, int count) throws IOException {
        try {
            int end = decoder.decode(dst, start, start + count);
            if (decoder.left() > 0) {
                connection.keepInput(dst, start + count - decoder.left(), decoder.left());
            }
            dst.position(end);
            HeaderMap trailers = decoder.isDone() ? decoder.trailers() : null;
            if (trailers != null) {
                exchange.putAttachment(HttpAttachments.REQUEST_TRAILERS, trailers);
            }
            return end - start;
        } catch (Refused e) {
            dst.position(start);
            throw fail(e);
        }
    }

    private int atEnd() throws IOException {
        throw fail(new Refused(new Refusal(400, "", List.of()), "the connection ended within the body"));
    }

    private void end() {
        ended = true;
        connection.peerNotAwaited();
        if (!held) {
            Connectors.terminateRequest(exchange);
        }
    }

    @Override
    public void holdEnd() {
        held = true;
    }

    @Override
    public void releaseEnd() {
        if (held) {
            held = false;
            if (ended) {
                Connectors.terminateRequest(exchange);
            }
        }
    }

    private IOException fail(IOException why) {
        failure = why;
        exchange.setPersistent(false);
        if (!ended) {
            end();
        }
        return why;
    }

    /** The exchange ends: a body that nobody reads is drained, unless the connection ends with it, or nobody has sent it. */
    void exchangeEnds() {
        discarding = true;
        if (ended) {
            return;
        }
        if (continueAwaited) {
            exchange.setPersistent(false);
        }
        if (!exchange.isPersistent() || failure != null) {
            end();
        }
    }

    @Override
    public long read(ByteBuffer[] dsts, int offs, int len) throws IOException {
        for (int i = offs; i < offs + len; i++) {
            if (dsts[i].hasRemaining()) {
                return read(dsts[i]);
            }
        }
        return ended ? -1 : 0;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target) throws IOException {
        return IoUtils.transfer(new ConduitReadableByteChannel(this), count, throughBuffer, target);
    }

    // --- waiting

    @Override
    public void setReadReadyHandler(ReadReadyHandler reader) {
        handler = reader;
    }

    /** The socket has bytes. */
    void readReady() {
        ReadReadyHandler reader = handler;
        if (!resumed || reader == null) {
            next.suspendReads();
            return;
        }
        connection.waitForPeer();
        reader.readReady();
    }

    boolean isWaiting() {
        return resumed && !ended;
    }

    /** The client has sent nothing for too long: the reader finds out when it reads. */
    void timedOut() {
        failure = new Refused(new Refusal(408, "", List.of()), "the client has sent nothing of the body for too long");
        wakeupReads();
    }

    @Override
    public void resumeReads() {
        if (resumed) {
            return;
        }
        resumed = true;
        if (connection.hasInput() || ended || failure != null) {
            wakeupReads();
        } else {
            connection.waitForPeer();
            connection.bodyAwaited();
            next.resumeReads();
        }
    }

    @Override
    public void suspendReads() {
        if (resumed) {
            resumed = false;
            connection.peerNotAwaited();
        }
    }

    @Override
    public void wakeupReads() {
        resumed = true;
        if (!wakeup) {
            wakeup = true;
            getReadThread().execute(this::woken);
        }
    }

    /** Once a wake-up: a task that queues itself would keep the I/O thread from its sockets. */
    private void woken() {
        wakeup = false;
        ReadReadyHandler reader = handler;
        if (resumed && reader != null) {
            reader.readReady();
        }
        if (resumed && !ended && failure == null) {
            if (connection.hasInput()) {
                wakeupReads();
            } else {
                connection.waitForPeer();
                connection.bodyAwaited();
                next.resumeReads();
            }
        }
    }

    @Override
    public boolean isReadResumed() {
        return resumed;
    }

    @Override
    public void terminateReads() {
        if (!ended) {
            exchange.setPersistent(false);
            end();
        }
    }

    @Override
    public boolean isReadShutdown() {
        return ended || failure != null;
    }

    @Override
    public void awaitReadable() throws IOException {
        awaitReadable(connection.options().timeoutNanos(), TimeUnit.NANOSECONDS);
    }

    /** A wait of the whole Timeout ends the body. */
    @Override
    public void awaitReadable(long time, TimeUnit unit) throws IOException {
        if (ended || failure != null || connection.hasInput()) {
            return;
        }
        connection.bodyAwaited();
        long most =
                Math.min(connection.options().timeoutNanos(), connection.watch().leftNanos());
        long wait = Math.min(most, unit.toNanos(time));
        long start = System.nanoTime();
        next.awaitReadable(wait, TimeUnit.NANOSECONDS);
        if (wait == most && System.nanoTime() - start >= most) {
            failure = new Refused(
                    new Refusal(408, "", List.of()), "the client has sent nothing of the body for too long");
        }
    }
}
