package dev.sluice.modules.proxy;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/**
 * The body of a request on its way in. What has come already is read before a connection is asked for: a body that is
 * all there is sent with its length, in one write with the head, and can be sent once more (ap_proxy_http_prefetch).
 */
final class RequestEntity {
    private final HttpServerExchange exchange;
    private final boolean expectsContinue;
    private final @Nullable String announced;
    private @Nullable StreamSourceChannel channel;
    private @Nullable PooledByteBuffer first;
    private @Nullable ByteBuffer whole;
    private boolean waits;
    private boolean complete;

    RequestEntity(HttpServerExchange exchange) {
        this.exchange = exchange;
        HeaderMap headers = exchange.getRequestHeaders();
        // Transfer-Encoding wins (AH01094).
        this.announced = headers.contains(Headers.TRANSFER_ENCODING) ? null : plain(headers.getFirst(Headers.CONTENT_LENGTH));
        this.complete = exchange.isRequestComplete();
        this.expectsContinue = !complete && HttpContinue.requiresContinueResponse(exchange);
    }

    /** Without zeros in front, which somebody might take for an octal number. */
    private static @Nullable String plain(@Nullable String length) {
        int zeros = 0;
        while (length != null && zeros < length.length() - 1 && length.charAt(zeros) == '0') {
            zeros++;
        }
        return length == null || zeros == 0 ? length : length.substring(zeros);
    }

    /** The body was read already: {@code read} is all of it. */
    void whole(ByteBuffer read, @Nullable StreamSourceChannel from) {
        whole = read;
        channel = from;
        complete = true;
    }

    /** What comes of reading ahead. */
    interface Prefetch {
        /** The head can be written now. */
        void ready();

        void failed(IOException e);

        /** Nothing has come yet, though it must. */
        void waitsForClient();
    }

    /** Whether there is a body, or may be one. */
    boolean isPresent() {
        return channel != null;
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    /** Whether the whole body is in {@link #first}, or there is none. */
    boolean isComplete() {
        return complete;
    }

    /** What has been read ahead; to be read through a duplicate, for it may be sent twice. */
    @Nullable
    ByteBuffer first() {
        if (whole != null) {
            return whole.duplicate();
        }
        return first == null ? null : first.getBuffer().duplicate();
    }

    @Nullable
    StreamSourceChannel channel() {
        return channel;
    }

    /**
     * Reads ahead: a body of unknown length until it ends or fills a buffer, another as far as it has come.
     *
     * @param asFarAsItHasCome whether nothing is waited for: the backend is asked first whether it is there ({@code ping})
     */
    void prefetch(boolean asFarAsItHasCome, Prefetch listener) {
        waits = !asFarAsItHasCome;
        if (complete) {
            listener.ready();
            return;
        }
        StreamSourceChannel source = exchange.getRequestChannel();
        if (source == null) {
            complete = true;
            listener.ready();
            return;
        }
        channel = source;
        if (expectsContinue) {
            listener.ready();
            return;
        }
        first = exchange.getConnection().getByteBufferPool().allocate();
        read(source, first.getBuffer(), listener);
    }

    private void read(StreamSourceChannel source, ByteBuffer buffer, Prefetch listener) {
        try {
            int count = 1;
            while (count > 0 && buffer.hasRemaining()) {
                count = source.read(buffer);
            }
            complete = count < 0;
            if (count == 0 && announced == null && waits) {
                source.getReadSetter().set(ready -> read(source, buffer, listener));
                source.resumeReads();
                listener.waitsForClient();
                return;
            }
        } catch (IOException e) {
            free();
            listener.failed(e);
            return;
        }
        source.suspendReads();
        buffer.flip();
        listener.ready();
    }

    /** Writes how long the body is: its length where it is known, else that it is chunked. */
    void frame(HeaderMap headers) {
        if (announced != null) {
            headers.put(Headers.CONTENT_LENGTH, announced);
        } else if (channel != null) {
            PooledByteBuffer read = first;
            if (complete && read != null) {
                headers.put(
                        Headers.CONTENT_LENGTH, String.valueOf(read.getBuffer().remaining()));
            } else {
                headers.put(Headers.TRANSFER_ENCODING, "chunked");
            }
        }
    }

    void free() {
        PooledByteBuffer read = first;
        first = null;
        if (read != null) {
            read.close();
        }
    }
}
