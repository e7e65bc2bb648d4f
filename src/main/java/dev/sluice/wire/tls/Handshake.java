package dev.sluice.wire.tls;

import dev.sluice.wire.Deadlines;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.PushBackStreamSourceConduit;
import org.xnio.ssl.SslConnection;

/** One connection on its way through {@link TlsFront}. Everything happens on its I/O thread. */
final class Handshake extends Deadlines.Wait {
    /** Most ClientHellos fit; one with post-quantum key shares grows it once. */
    private static final int USUAL = 1024;

    private static final int RECORD_HEADER = 5;
    /** Records with a fatal alert (RFC 8446 section 6). */
    private static final byte[] UNEXPECTED_MESSAGE = {21, 3, 3, 0, 2, 2, 10};

    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};
    private static final byte[] NO_APPLICATION_PROTOCOL = {21, 3, 3, 0, 2, 2, 120};

    private final TlsFront front;
    private final StreamConnection raw;
    private final Deadlines deadlines;
    private ByteBuffer heard = ByteBuffer.allocate(0);
    private int wanted = RECORD_HEADER;
    private @Nullable TlsHost host;
    private @Nullable String serverName;
    private boolean finished;
    private boolean ended;

    Handshake(TlsFront front, StreamConnection raw, Deadlines deadlines) {
        this.front = front;
        this.raw = raw;
        this.deadlines = deadlines;
    }

    void start() {
        deadlines.add(this);
        raw.setCloseListener(closed -> end());
        raw.getSourceChannel().setReadListener(this::readHello);
        raw.getSourceChannel().wakeupReads();
    }

    @Override
    protected void timedOut() {
        end();
        front.log.timedOut(host, raw.getPeerAddress());
        IoUtils.safeClose(raw);
    }

    private void readHello(ConduitStreamSourceChannel source) {
        try {
            int count = readMore(source);
            while (count > 0) {
                if (decide()) {
                    return;
                }
                count = readMore(source);
            }
            if (count < 0) {
                close();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private int readMore(ConduitStreamSourceChannel source) throws IOException {
        if (!heard.hasRemaining()) {
            int size = heard.capacity() == 0 ? USUAL : ClientHello.LONGEST;
            if (heard.capacity() == size) {
                throw new ProtocolException("no ClientHello: it is longer than " + size + " bytes");
            }
            heard = ByteBuffer.allocate(size).put(heard.flip());
        }
        return source.read(heard);
    }

    /** True where nothing more needs to be read here. */
    private boolean decide() throws ProtocolException {
        if (heard.position() < wanted) {
            return false;
        }
        ByteBuffer so = heard.duplicate().flip();
        if (so.get(0) != 22 && speaksHttp(so)) {
            answerPlainHttp();
            return true;
        }
        ClientHello hello = read(so);
        if (hello == null) {
            wanted = ClientHello.wanted(so);
            return false;
        }
        serverName = hello.serverName();
        TlsHost chosen = front.hosts.choose(hello, raw.getLocalAddress());
        List<String> offered = hello.applicationProtocols();
        if (chosen == null) {
            refuse(UNRECOGNIZED_NAME);
        } else if (!offered.isEmpty() && chosen.terms().choose(offered) == null) {
            // Here, since the engine's own alert would be lost with the connection.
            host = chosen;
            front.log.failed(chosen, raw.getPeerAddress(), new ProtocolException("no protocol of " + offered));
            refuse(NO_APPLICATION_PROTOCOL);
        } else {
            shake(chosen);
        }
        return true;
    }

    /** What looks like TLS and is not gets an alert, the rest nothing: so does OpenSSL. */
    private @Nullable ClientHello read(ByteBuffer bytes) throws ProtocolException {
        try {
            return ClientHello.read(bytes);
        } catch (ProtocolException e) {
            if (bytes.get(0) >= 20 && bytes.get(0) <= 23 && bytes.get(1) == 3) {
                alert(UNEXPECTED_MESSAGE);
            }
            throw e;
        }
    }

    /** As OpenSSL tells it (ssl3_get_record): by these four methods alone, in the first five bytes. */
    private static boolean speaksHttp(ByteBuffer bytes) {
        String start = StandardCharsets.ISO_8859_1
                .decode(bytes.slice(0, RECORD_HEADER))
                .toString();
        return start.startsWith("GET ") || start.startsWith("PUT ") || start.equals("POST ") || start.equals("HEAD ");
    }

    private void answerPlainHttp() {
        end();
        front.log.spokePlainHttp(raw.getPeerAddress());
        pushBack();
        front.plainHttp.handleEvent(raw);
    }

    private void refuse(byte[] record) {
        alert(record);
        close();
    }

    /** In the clear, as nothing is agreed on yet. It fits a socket that nothing was written to. */
    private void alert(byte[] record) {
        try {
            raw.getSinkChannel().write(ByteBuffer.wrap(record));
            raw.getSinkChannel().flush();
        } catch (IOException e) {
            front.log.failed(null, raw.getPeerAddress(), e);
        }
    }

    private void shake(TlsHost chosen) {
        host = chosen;
        pushBack();
        SslConnection ssl = front.wrap(raw, chosen);
        // The conduit keeps what went wrong to itself, unless a read of ours met it.
        ssl.setCloseListener(closed -> fail(new ClosedChannelException()));
        // Called from within the engine's loop: what the codec does first must not happen there.
        ssl.getHandshakeSetter().set(done -> {
            finished = true;
            raw.getIoThread().execute(() -> open(ssl, chosen, null));
        });
        ssl.getSourceChannel().setReadListener(source -> readFirst(ssl, chosen, source));
        ssl.getSourceChannel().wakeupReads();
    }

    private void pushBack() {
        ConduitStreamSourceChannel source = raw.getSourceChannel();
        source.suspendReads();
        source.setReadListener(null);
        PushBackStreamSourceConduit again = new PushBackStreamSourceConduit(source.getConduit());
        again.pushBack(Buffers.pooledWrapper(heard.flip()));
        source.setConduit(again);
        heard = ByteBuffer.allocate(0);
    }

    /** Reading drives the handshake; bytes come out of it only when that is over. */
    private void readFirst(SslConnection ssl, TlsHost chosen, ConduitStreamSourceChannel source) {
        PooledByteBuffer buffer = front.pool.allocate();
        boolean handedOver = false;
        try {
            int count = source.read(buffer.getBuffer());
            if (count > 0) {
                buffer.getBuffer().flip();
                handedOver = open(ssl, chosen, buffer);
            } else if (count < 0) {
                close();
            } else if (finished) {
                open(ssl, chosen, null);
            }
        } catch (IOException e) {
            fail(e);
        } finally {
            if (!handedOver) {
                buffer.close();
            }
        }
    }

    /** False where the connection has ended or is the codec's already. */
    private boolean open(SslConnection ssl, TlsHost chosen, @Nullable PooledByteBuffer first) {
        if (ended) {
            return false;
        }
        end();
        ssl.getSourceChannel().suspendReads();
        ssl.getSourceChannel().setReadListener(null);
        ssl.getHandshakeSetter().set(null);
        SSLEngine engine = UndertowXnioSsl.getSslEngine(ssl);
        chosen.markOn(engine.getSession(), serverName);
        chosen.listener(engine.getApplicationProtocol()).handleEvent(ssl, first);
        return true;
    }

    private void fail(Throwable why) {
        if (!ended) {
            front.log.failed(host, raw.getPeerAddress(), why);
        }
        close();
    }

    private void close() {
        end();
        IoUtils.safeClose(raw);
    }

    private void end() {
        if (!ended) {
            ended = true;
            stopWaiting();
            front.ended();
        }
    }
}
