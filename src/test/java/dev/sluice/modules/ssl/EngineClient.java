package dev.sluice.modules.ssl;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** Drives a client's engine over a blocking socket until its handshake ends. */
final class EngineClient {
    private EngineClient() {}

    /** What the engine says at the end: NOT_HANDSHAKING where all went well, NEED_UNWRAP where the peer or the engine gave up. */
    static HandshakeStatus shake(SSLEngine engine, Socket socket) throws IOException {
        int size = engine.getSession().getPacketBufferSize();
        ByteBuffer in = ByteBuffer.allocate(4 * size).flip();
        ByteBuffer none = ByteBuffer.allocate(0);
        ByteBuffer plain = ByteBuffer.allocate(4 * size);
        engine.beginHandshake();
        try {
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.NOT_HANDSHAKING) {
                switch (status) {
                    case NEED_TASK -> engine.getDelegatedTask().run();
                    case NEED_WRAP -> {
                        ByteBuffer out = ByteBuffer.allocate(size);
                        engine.wrap(none, out);
                        socket.getOutputStream().write(out.array(), 0, out.position());
                    }
                    default -> unwrap(engine, socket, in, plain);
                }
                status = engine.getHandshakeStatus();
            }
            return engine.isInboundDone() ? HandshakeStatus.NEED_UNWRAP : status;
        } catch (IOException e) {
            return HandshakeStatus.NEED_UNWRAP;
        }
    }

    private static void unwrap(SSLEngine engine, Socket socket, ByteBuffer in, ByteBuffer plain) throws IOException {
        if (engine.unwrap(in, plain).getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            byte[] more = new byte[in.capacity() - in.remaining()];
            int count = socket.getInputStream().read(more);
            in.compact().put(more, 0, Math.max(count, 0)).flip();
            if (count < 0) {
                throw new IOException("the server hung up");
            }
        }
    }
}
