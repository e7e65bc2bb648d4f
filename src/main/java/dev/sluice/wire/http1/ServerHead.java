package dev.sluice.wire.http1;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.ImmediatePooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head of a response into a buffer, in httpd's order as far as a HeaderMap has one: Date and Server first, what
 * is about the body last. Names and values are checked before: what a client would read as two fields, or as two
 * responses, is not written.
 */
final class ServerHead {
    private static final HttpString[] FIRST = {Headers.DATE, Headers.SERVER};
    private static final HttpString[] LAST = {
        Headers.CONTENT_LENGTH, Headers.KEEP_ALIVE, Headers.CONNECTION, Headers.TRANSFER_ENCODING, Headers.CONTENT_TYPE
    };

    /** A field's colon, space and line end. */
    private static final int FRAME = 4;

    private ServerHead() {}

    /**
     * Appends status line, fields and the empty line to {@code into}, which is ready to be written to, or to a larger buffer
     * that replaces it.
     *
     * @throws IOException where a name is no token or a value holds a control character; {@code into} is as it was
     */
    static PooledByteBuffer append(
            PooledByteBuffer into, ByteBufferPool pool, byte[] statusLine, HeaderMap headers, @Nullable HeaderMap more)
            throws IOException {
        int size = statusLine.length + 2 + checked(headers) + (more == null ? 0 : checked(more));
        PooledByteBuffer pooled = into;
        if (into.getBuffer().remaining() < size) {
            pooled = larger(into, size, pool);
        }
        ByteBuffer buffer = pooled.getBuffer();
        buffer.put(statusLine);
        fields(buffer, headers);
        if (more != null) {
            fields(buffer, more);
        }
        buffer.put((byte) '\r').put((byte) '\n');
        return pooled;
    }

    /** A buffer with room for {@code size} bytes behind those that {@code full} holds. */
    private static PooledByteBuffer larger(PooledByteBuffer full, int size, ByteBufferPool pool) {
        ByteBuffer held = full.getBuffer().flip();
        ByteBuffer room = ByteBuffer.allocateDirect(held.remaining() + size + pool.getBufferSize());
        room.put(held);
        full.close();
        return new ImmediatePooledByteBuffer(room);
    }

    /** Fields of a trailer, without the empty line. */
    static void trailers(ByteBuffer into, HeaderMap trailers) {
        fields(into, trailers);
    }

    /** The bytes that the fields take. */
    static int checked(HeaderMap headers) throws IOException {
        int size = 0;
        for (long at = headers.fastIterateNonEmpty(); at != -1L; at = headers.fiNextNonEmpty(at)) {
            HeaderValues values = headers.fiCurrent(at);
            HttpString name = values.getHeaderName();
            for (int i = 0; i < name.length(); i++) {
                if (!Octets.isToken(name.byteAt(i))) {
                    throw new IOException("header name '" + name + "' is no token");
                }
            }
            for (int i = 0; i < values.size(); i++) {
                String value = values.get(i);
                if (!isValue(value)) {
                    throw new IOException("value of header '" + name + "' contains control characters");
                }
                size += name.length() + value.length() + FRAME;
            }
        }
        return size;
    }

    /** A wider character loses its upper half when it is written, and is judged by what is left. */
    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            int octet = value.charAt(i) & 0xFF;
            if ((octet < ' ' && octet != '\t') || octet == 127) {
                return false;
            }
        }
        return true;
    }

    private static void fields(ByteBuffer buffer, HeaderMap headers) {
        for (HttpString name : FIRST) {
            field(buffer, headers.get(name));
        }
        for (long at = headers.fastIterateNonEmpty(); at != -1L; at = headers.fiNextNonEmpty(at)) {
            HeaderValues values = headers.fiCurrent(at);
            if (!isPlaced(values.getHeaderName())) {
                field(buffer, values);
            }
        }
        for (HttpString name : LAST) {
            field(buffer, headers.get(name));
        }
    }

    private static boolean isPlaced(HttpString name) {
        for (HttpString first : FIRST) {
            if (first.equals(name)) {
                return true;
            }
        }
        for (HttpString last : LAST) {
            if (last.equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static void field(ByteBuffer buffer, @Nullable HeaderValues values) {
        if (values == null) {
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            values.getHeaderName().appendTo(buffer);
            buffer.put((byte) ':').put((byte) ' ');
            String value = values.get(i);
            for (int c = 0; c < value.length(); c++) {
                buffer.put((byte) value.charAt(c));
            }
            buffer.put((byte) '\r').put((byte) '\n');
        }
    }
}
