package dev.sluice.modules.proxy;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.Channels;
import org.xnio.channels.StreamSourceChannel;

/**
 * The whole body of a request that did not say how long it is: scripts must know before they begin (ap_proxy_spool_input). Read
 * on a worker thread; beyond a few kB it lies in a file that nobody else sees.
 *
 * @param bytes all of them
 * @param channel where they came from
 */
record SpooledBody(ByteBuffer bytes, StreamSourceChannel channel) {
    /** Bytes that are kept in memory (MAX_MEM_SPOOL, mod_proxy.h). */
    private static final int IN_MEMORY = 16_384;

    /** Null where there is none. Blocks. */
    static @Nullable SpooledBody read(HttpServerExchange exchange) throws IOException {
        if (HttpContinue.requiresContinueResponse(exchange)) {
            HttpContinue.sendContinueResponseBlocking(exchange);
        }
        StreamSourceChannel channel = exchange.getRequestChannel();
        if (channel == null) {
            return null;
        }
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        try (PooledByteBuffer pooled =
                exchange.getConnection().getByteBufferPool().allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            while (memory.size() < IN_MEMORY) {
                buffer.clear();
                int count = Channels.readBlocking(channel, buffer);
                if (count < 0) {
                    return new SpooledBody(ByteBuffer.wrap(memory.toByteArray()), channel);
                }
                buffer.flip();
                byte[] read = new byte[buffer.remaining()];
                buffer.get(read);
                memory.writeBytes(read);
            }
            return new SpooledBody(inFile(memory.toByteArray(), channel, buffer), channel);
        }
    }

    private static ByteBuffer inFile(byte[] first, StreamSourceChannel channel, ByteBuffer buffer) throws IOException {
        Path path = Files.createTempFile("sluice", ".body");
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            file.write(ByteBuffer.wrap(first));
            buffer.clear();
            while (Channels.readBlocking(channel, buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
                buffer.clear();
            }
            if (file.size() > Integer.MAX_VALUE) {
                throw new IOException("body of a request: " + file.size() + " bytes (expected: less than 2 GB)");
            }
            return file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
        }
    }
}
