package dev.sluice.wire.http1;

import io.undertow.client.ClientRequest;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.ImmediatePooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the head of a request (RFC 9112, 3) into one buffer. Everything is checked here, whatever was checked before:
 * a CR LF that gets this far is a second request at the backend. Lives on one I/O thread.
 */
final class RequestHead {
    private static final int FIRST_SIZE = 4096;

    private byte[] octets = new byte[FIRST_SIZE];
    private int length;

    /**
     * The head of {@code request} with its empty line, ready to be written.
     *
     * @throws RequestException when method, target, a name or a value contains what it must not; nothing is written then
     */
    PooledByteBuffer write(ClientRequest request, ByteBufferPool pool) throws RequestException {
        length = 0;
        requestLine(request);
        HeaderMap headers = request.getRequestHeaders();
        // Host first, as RFC 9110, 7.2 asks; a HeaderMap has no order of its own.
        HeaderValues host = headers.get(Headers.HOST);
        if (host != null) {
            field(host);
        }
        for (long cookie = headers.fastIterateNonEmpty(); cookie != -1L; cookie = headers.fiNextNonEmpty(cookie)) {
            HeaderValues values = headers.fiCurrent(cookie);
            if (values != host) {
                field(values);
            }
        }
        ensure(2);
        lineEnd();
        PooledByteBuffer head = pooled(pool);
        if (octets.length > 16 * FIRST_SIZE) {
            octets = new byte[FIRST_SIZE];
        }
        return head;
    }

    private void requestLine(ClientRequest request) throws RequestException {
        name(request.getMethod(), "method");
        ensure(1);
        octets[length++] = ' ';
        int start = length;
        append(request.getPath());
        if (!Octets.isTarget(octets, start, length)) {
            throw new RequestException("request target contains control characters or spaces");
        }
        ensure(1);
        octets[length++] = ' ';
        start = length;
        append(request.getProtocol().toString());
        if (!Octets.isTarget(octets, start, length)) {
            throw new RequestException("protocol contains control characters or spaces");
        }
        ensure(2);
        lineEnd();
    }

    private void field(HeaderValues values) throws RequestException {
        for (int i = 0; i < values.size(); i++) {
            name(values.getHeaderName(), "header name");
            ensure(2);
            octets[length++] = ':';
            octets[length++] = ' ';
            int start = length;
            append(values.get(i));
            if (!Octets.isValue(octets, start, length)) {
                throw new RequestException(
                        "value of header '" + values.getHeaderName() + "' contains control characters");
            }
            ensure(2);
            lineEnd();
        }
    }

    private void name(HttpString name, String what) throws RequestException {
        int size = name.length();
        ensure(size);
        name.copyTo(octets, length);
        if (!Octets.isToken(octets, length, length + size)) {
            throw new RequestException(what + " is not a token");
        }
        length += size;
    }

    /** Latin-1, one byte a character: a wider character loses its upper half here and is checked after that. */
    @SuppressWarnings("deprecation")
    private void append(String text) {
        int size = text.length();
        ensure(size);
        text.getBytes(0, size, octets, length);
        length += size;
    }

    private void lineEnd() {
        octets[length++] = '\r';
        octets[length++] = '\n';
    }

    private void ensure(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + more));
        }
    }

    private PooledByteBuffer pooled(ByteBufferPool pool) {
        PooledByteBuffer pooled = pool.allocate();
        ByteBuffer buffer = pooled.getBuffer();
        if (buffer.remaining() >= length) {
            buffer.put(octets, 0, length).flip();
            return pooled;
        }
        pooled.close();
        return new ImmediatePooledByteBuffer(ByteBuffer.wrap(Arrays.copyOf(octets, length)));
    }
}
